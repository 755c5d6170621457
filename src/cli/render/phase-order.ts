/** The order in which phases are shown: the same in a terminal and in the report. */
export { inPhaseOrder } from '../../text/phase-order.js';
