/** The version of the engine: workers may only answer builds whose code computes the same outcomes. */
import { sha256Hex } from '../../encoding/digest.js';
import { fingerprints } from '../../phases/fingerprints.js';
import { PROTOCOL } from './batch-codec.js';

/** 16 hexadecimal digits; equal for installations with the same outcomes and the same protocol. */
export function engineVersion(): string {
  const { primitives, phases } = fingerprints;
  return sha256Hex(JSON.stringify([PROTOCOL, primitives, phases['validate'], phases['score']])).slice(0, 16);
}

/** The separate queue of workers that take programs in Python. */
export function pythonVersion(): string {
  return sha256Hex(`python ${engineVersion()}`).slice(0, 16);
}
