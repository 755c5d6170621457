/** The fingerprints of the code that computes outputs. The last step of compiling (src/fingerprint) writes them. */
import { readFileSync } from 'node:fs';
import type { Fingerprints } from '../fingerprint/fingerprints.js';

// Beside the compiled program, whether this module is compiled or run from its source.
const file = new URL('../../dist/fingerprints.json', import.meta.url);

export const fingerprints: Fingerprints = JSON.parse(readFileSync(file, 'utf8')) as Fingerprints;

/** A primitive's fingerprint. Every primitive has one; a missing one is a bug of the compilation. */
export function fingerprintOf(primitive: string): string {
  const fingerprint = fingerprints.primitives[primitive];
  if (fingerprint === undefined)
    throw new Error(`no fingerprint of the primitive ${primitive}: compile again`);
  return fingerprint;
}
