/** Makes text from inputs safe to print: the same in a terminal and in the report. */
export { printable } from '../../text/printable.js';
