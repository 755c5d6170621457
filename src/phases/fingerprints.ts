/** The fingerprints of the code that computes outputs, written by the last step of compiling (src/fingerprint). */
import { readFileSync } from 'node:fs';
import type { Fingerprints } from '../fingerprint/fingerprints.js';

// Beside the compiled program, whether this module runs compiled or from its source.
const file = new URL('../../dist/fingerprints.json', import.meta.url);

export const fingerprints: Fingerprints = JSON.parse(readFileSync(file, 'utf8')) as Fingerprints;

/** A primitive's fingerprint. Every primitive has one: a name without is a bug in how the program was compiled. */
export function fingerprintOf(primitive: string): string {
  const fingerprint = fingerprints.primitives[primitive];
  if (fingerprint === undefined)
    throw new Error(`no fingerprint of the primitive ${primitive}: compile again`);
  return fingerprint;
}
