/** Differs: programs that measure how close one grid is to another. */
import { newSha256 } from '../../encoding/digest.js';
import type { ProgramFacts } from '../../lang/program/facts.js';
import type { BodyHash } from '../../lang/program/program.js';
import { fingerprintOf } from '../fingerprints.js';

export interface Differ {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly body: BodyHash;
  /** The canonical program, encoded. */
  readonly program: Uint8Array;
  /** The text as it is published. */
  readonly text: string;
  readonly facts: ProgramFacts;
}

/** Distinct differs in the order of their body hashes, independent of file names and positions. */
export class DifferSet {
  readonly differs: readonly Differ[];
  /** Equal exactly for equal sets while the code that they can reach is unchanged; empty for no differs. */
  readonly digest: string;
  readonly readsS: boolean;

  constructor(differs: readonly Differ[]) {
    const distinct = new Map<BodyHash, Differ>();
    for (const differ of differs) if (!distinct.has(differ.body)) distinct.set(differ.body, differ);
    this.differs = [...distinct.values()].sort((a, b) => (a.body < b.body ? -1 : 1));
    this.readsS = this.differs.some(({ facts }) => facts.readsS);
    this.digest = this.differs.length === 0 ? '' : digestOf(this.differs);
  }
}

export const NO_DIFFERS = new DifferSet([]);

function digestOf(differs: readonly Differ[]): string {
  const hash = newSha256();
  for (const { body, facts } of differs) {
    hash.update(`${body}\n`);
    for (const name of facts.primitives) hash.update(`${name} ${fingerprintOf(name)}\n`);
  }
  return hash.digest('hex');
}
