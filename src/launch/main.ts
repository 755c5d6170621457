#!/usr/bin/env node
/**
 * The way in. A Node that battbuild runs on goes on to the program; an older one looks for a later one. This file and
 * `older-node.ts` have to run on any Node: nothing newer than ES2019 in them, and no import that is not on demand.
 */

/** As `engines` in package.json says it. */
const NEEDED = '22.12';

const [major, minor] = process.versions.node.split('.').map(Number);
const [neededMajor, neededMinor] = NEEDED.split('.').map(Number);

if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) void import('../cli/main.js');
else void import('./older-node.js').then(({ runOnLaterNode }) => runOnLaterNode(NEEDED));
