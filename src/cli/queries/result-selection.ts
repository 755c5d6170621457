/** Which results `results` lists, and in which order. */
import type { LastBuild } from '../../build/last-build.js';
import {
  knownCount,
  oScoreOf,
  type ProgramResult,
  type TaskResult,
  verdictOf,
} from '../../build/record/task-result.js';
import { STATUSES } from '../../engine/outcome.js';
import { compareMisses, type NearMiss, nearMissOf } from '../../report/task/near-miss.js';
import type { TaskSamples } from '../../report/task/task-samples.js';
import type { RESULT_ORDERS } from '../options/option-words.js';

export type ResultOrder = (typeof RESULT_ORDERS)[number];

export interface ResultSelection {
  readonly unsolved: boolean;
  /** Only programs that gave no grid on some sample. */
  readonly errors: boolean;
  /** At most this many programs a task, best first; null for all. */
  readonly top: number | null;
  readonly order: ResultOrder;
}

/** A task with the part of its results that is listed. */
export interface ListedResult {
  readonly result: TaskResult;
  readonly shows: (program: ProgramResult) => boolean;
  /** Null if it is not asked for, or if there is none. */
  readonly near: NearMiss | null;
  readonly order: ResultOrder;
}

/** The listed tasks. Only one task is in memory at a time. */
export function* listedResults(
  recorded: LastBuild,
  { unsolved, errors, top, order }: ResultSelection,
  samples: () => TaskSamples,
): Generator<ListedResult> {
  const grids = order === 'near' ? samples() : null;
  const isWanted = (result: TaskResult) =>
    (!unsolved || verdictOf(result) !== 'solved') && (!errors || result.programs.some(hasError));
  const sorted: { readonly id: string; readonly near: NearMiss | null; readonly key: number }[] = [];
  for (const result of recorded.tasks()) {
    if (!isWanted(result)) continue;
    const near = grids === null ? null : nearMissOf(result, recorded, grids);
    sorted.push({ id: result.task, near, key: sortKey(result, order) });
  }
  // Sorting is stable: tasks of equal rank stay in the order of their ids.
  sorted.sort((a, b) => compareNear(a.near, b.near) || a.key - b.key);
  for (const { id, near } of sorted) {
    const result = recorded.task(id);
    if (result === null) continue;
    const listed = result.programs.filter((program) => !errors || hasError(program));
    const best = listed.sort(orderOfPrograms(order)).slice(0, top ?? listed.length);
    const shown = new Set(best);
    yield { result, near, order, shows: (program) => shown.has(program) };
  }
}

/** The order of a task's programs: by rank; or, for golf, by matches and then by the size of the source. */
export function orderOfPrograms(order: ResultOrder): (a: ProgramResult, b: ProgramResult) => number {
  return order === 'bytes' ? bySize : (a, b) => a.rank - b.rank;
}

function bySize(a: ProgramResult, b: ProgramResult): number {
  const size = ({ facts }: ProgramResult) => facts.source?.bytes ?? Number.MAX_SAFE_INTEGER;
  return oScoreOf(b) - oScoreOf(a) || size(a) - size(b) || a.rank - b.rank;
}

export function hasError({ statuses }: ProgramResult): boolean {
  return STATUSES.some((status, k) => status !== 'ok' && status !== 'skipped' && statuses[k] > 0);
}

function compareNear(a: NearMiss | null, b: NearMiss | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareMisses(a, b);
}

/** The sort key of a task; lower keys come first. */
function sortKey({ programs, candidates, runs }: TaskResult, order: ResultOrder): number {
  switch (order) {
    case 'task':
    case 'near':
      return 0;
    case 'score':
      return -Math.max(0, ...programs.map(oScoreOf)) / Math.max(1, knownCount({ runs }));
    case 'cost':
      return -Math.max(0, ...programs.map(({ cost }) => cost));
    case 'candidates':
      return -candidates.length;
    case 'bytes':
      return -(programs.toSorted(bySize)[0]?.facts.source?.bytes ?? 0);
  }
}
