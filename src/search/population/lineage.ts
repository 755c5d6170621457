/** The lineage of a generated solver, as a comment above its `def`. */
import { MUTATIONS, type MutationName } from '../mutation/mutate.js';

export interface Lineage {
  /** First eight hexadecimal digits of the parent's body hash. */
  readonly parent: string;
  /** The mutations of the parent, in order; at least one. */
  readonly changes: readonly Change[];
  readonly seed: number;
  readonly round: number;
}

export interface Change {
  readonly mutation: MutationName;
  /** For a crossover, the same digits of the program that the part came from; else null. */
  readonly donor: string | null;
}

/** `# parent 1a2b3c4d constant+crossover:5e6f7a8b seed 1 round 0`, without a line end. */
export function lineageComment({ parent, changes, seed, round }: Lineage): string {
  return `# parent ${parent} ${changesText(changes)} seed ${seed} round ${round}`;
}

/** `constant+crossover:5e6f7a8b` */
export function changesText(changes: readonly Change[]): string {
  return changes.map(({ mutation, donor }) => (donor === null ? mutation : `${mutation}:${donor}`)).join('+');
}

const COMMENT = /^# parent ([0-9a-f]{8}) (\S+) seed (\d{1,15}) round (\d{1,15})$/;
const CHANGE = /^([a-z]+)(?::([0-9a-f]{8}))?$/;

/** The lineage in a line; null for any other line. */
export function parseLineage(line: string): Lineage | null {
  const found = COMMENT.exec(line.trimEnd());
  if (found === null) return null;
  const changes = found[2].split('+').map(parseChange);
  if (!changes.every((change) => change !== null)) return null;
  return { parent: found[1], changes, seed: Number(found[3]), round: Number(found[4]) };
}

function parseChange(text: string): Change | null {
  const [, name, donor] = CHANGE.exec(text) ?? [];
  const mutation = MUTATIONS.find((one) => one === name);
  if (mutation === undefined || (donor !== undefined) !== (mutation === 'crossover')) return null;
  return { mutation, donor: donor ?? null };
}

/** The lineages in a solver file, by the line (from 1) of the `def` below each. */
export function lineagesOf(source: string): Map<number, Lineage> {
  const lineages = new Map<number, Lineage>();
  source.split('\n').forEach((line, k) => {
    const lineage = parseLineage(line);
    if (lineage !== null) lineages.set(k + 2, lineage);
  });
  return lineages;
}
