/** The start of a worker thread. */
import { setFlagsFromString } from 'node:v8';
import { MANY_CLASSES } from '../v8-options.js';
import { loadWithCode } from './compiled-code.js';

setFlagsFromString(MANY_CLASSES);
loadWithCode('evaluation.js', import.meta.url);
