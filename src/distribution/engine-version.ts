/** Which workers may answer whom: those whose code computes outcomes as the code here does. */
import { sha256Hex } from '../encoding/digest.js';
import { fingerprints } from '../phases/fingerprints.js';
import { PROTOCOL } from './batch-codec.js';

/** 16 hexadecimal digits; equal for installations that come to equal outcomes and understand each other. */
export function engineVersion(): string {
  const { primitives, phases } = fingerprints;
  return sha256Hex(JSON.stringify([PROTOCOL, primitives, phases['validate'], phases['score']])).slice(0, 16);
}
