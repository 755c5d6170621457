/** Numbers, times and sizes as people read them: the same in a terminal and in the report. */
export { count, duration, percent, plural, size } from '../../text/amounts.js';
