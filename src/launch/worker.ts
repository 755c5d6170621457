/** The start of a worker thread. */
import { loadWithCode } from './compiled-code.js';

loadWithCode('evaluation.js', import.meta.url);
