/** The start of a worker thread. */
import { setFlagsFromString } from 'node:v8';
import { loadWithCode } from './compiled-code.js';
import { MANY_CLASSES } from './many-classes.js';

setFlagsFromString(MANY_CLASSES);
loadWithCode('evaluation.js', import.meta.url);
