/** Compares the inputs of two keys of one kind: what `explain` shows as changed. */
import type { KeyInput } from '../../phases/key.js';

export interface ChangedInput {
  readonly name: string;
  /** Null if the input did not exist, or no longer exists. */
  readonly old: string | null;
  readonly new: string | null;
}

/** Pairs inputs by name. If several have the same name (one for each sample), the k-th is compared with the k-th. */
export function differences(old: readonly KeyInput[], now: readonly KeyInput[]): ChangedInput[] {
  const repeated = new Set([...repeatedNames(old), ...repeatedNames(now)]);
  const before = numbered(old, repeated);
  const after = numbered(now, repeated);
  const changed: ChangedInput[] = [];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const was = before.get(name) ?? null;
    const is = after.get(name) ?? null;
    if (was !== is) changed.push({ name, old: was, new: is });
  }
  return changed;
}

function repeatedNames(inputs: readonly KeyInput[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of inputs) (seen.has(name) ? repeated : seen).add(name);
  return repeated;
}

function numbered(inputs: readonly KeyInput[], repeated: ReadonlySet<string>): Map<string, string> {
  const values = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { name, value } of inputs) {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    values.set(repeated.has(name) ? `${name} ${count}` : name, value);
  }
  return values;
}
