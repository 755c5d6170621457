/** Compares the recorded results of two runs. */
import type { StandingStore } from '../../store/tables/standing-store.js';
import { compareStandings, type Standing, type TaskChange } from './standing.js';
import { decodeStanding } from './standing-codec.js';

/** The standing of each task. */
export type Standings = ReadonlyMap<string, Standing>;

/** The standings of a selection's tasks after a run. */
export function standingsAfter(store: StandingStore, selection: number, run: number): Standings {
  const standings = new Map<string, Standing>();
  for (const [task, bytes] of store.after(selection, run)) {
    const standing = decodeStanding(bytes);
    if (standing !== null) standings.set(task, standing);
  }
  return standings;
}

/** The differences, sorted by task id. */
export function compareAll(before: Standings, after: Standings): TaskChange[] {
  const tasks = [...new Set([...before.keys(), ...after.keys()])].sort();
  return tasks.flatMap((task) => {
    const change = compareStandings(task, before.get(task) ?? null, after.get(task) ?? null);
    return change === null ? [] : [change];
  });
}

export interface LastChange {
  /** The run that changed a result, and the run before it that did; null if there was none before. */
  readonly run: number;
  readonly before: number | null;
  /** Empty if there was none before. */
  readonly changes: readonly TaskChange[];
}

/** The changes of the last run that changed a result; null if no such run is known. */
export function lastChange(store: StandingStore, selection: number): LastChange | null {
  const [run, before = null] = store.runs(selection);
  if (run === undefined) return null;
  if (before === null) return { run, before, changes: [] };
  const changes = compareAll(
    standingsAfter(store, selection, run - 1),
    standingsAfter(store, selection, run),
  );
  return { run, before, changes };
}
