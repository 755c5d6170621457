#!/usr/bin/env node
/**
 * The start of the program. A Node that is new enough goes on to the program; an older one looks for a newer one.
 * All that `main.js` has, and `older-node.ts`, run on any Node: they use nothing newer than ES2019, and import only on
 * demand.
 */
import { loadWithCode } from './compiled-code.js';

/** The same version as `engines` in package.json. */
const NEEDED = '22.12';

const [major, minor] = process.versions.node.split('.').map(Number);
const [neededMajor, neededMinor] = NEEDED.split('.').map(Number);

if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) {
  loadWithCode('program.js', import.meta.url);
} else void import('./older-node.js').then(({ runOnLaterNode }) => runOnLaterNode(NEEDED));
