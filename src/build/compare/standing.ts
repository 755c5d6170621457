/** Compares results of tasks: verdicts, the best score, and the score of each solver. */

import { compareNames } from '../../workspace/paths.js';
import { knownCount, oScoreOf, type TaskResult, type Verdict, verdictOf } from '../record/task-result.js';

/**
 * The standing of a task: the part of its result that is compared. Scores are o_scores, the numbers of matched
 * samples.
 */
export interface Standing {
  readonly verdict: Verdict;
  /** Number of samples whose output is known. */
  readonly samples: number;
  /** Of the candidate with the best rank; null if there are no candidates. */
  readonly best: { readonly file: string; readonly name: string; readonly score: number } | null;
  /** By file and name. */
  readonly solvers: ReadonlyMap<string, SolverStanding>;
}

export interface SolverStanding {
  readonly file: string;
  readonly name: string;
  readonly score: number;
  readonly body: string;
}

/** Null on one side if the task or the solver does not exist in that run. */
export interface TaskChange {
  readonly task: string;
  readonly samples: number;
  readonly before: TaskScore | null;
  readonly after: TaskScore | null;
  /** Solvers that are new, removed, or have another program or score; sorted by file and name. */
  readonly solvers: readonly SolverChange[];
}

export interface TaskScore {
  readonly verdict: Verdict;
  /** The score of the best candidate; 0 if there are no candidates. */
  readonly score: number;
  readonly best: string | null;
}

export interface SolverChange {
  readonly file: string;
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
  /** The former name and file of the same program, if it was renamed or moved. */
  readonly was?: { readonly file: string; readonly name: string };
}

export function standingOf(result: TaskResult): Standing {
  const solvers = new Map<string, SolverStanding>();
  let best: Standing['best'] = null;
  for (const { file, name, program } of result.candidates) {
    const { body, rank } = result.programs[program];
    const score = oScoreOf(result.programs[program]);
    solvers.set(`${file}\n${name}`, { file, name, score, body });
    if (rank === 1) best ??= { file, name, score };
  }
  return { verdict: verdictOf(result), samples: knownCount(result), best, solvers };
}

/** Null if there is no difference. */
export function compareStandings(
  task: string,
  before: Standing | null,
  after: Standing | null,
): TaskChange | null {
  const solvers = compareSolvers(before?.solvers ?? new Map(), after?.solvers ?? new Map());
  const change = {
    task,
    samples: (after ?? before)?.samples ?? 0,
    before: before && scoreOf(before),
    after: after && scoreOf(after),
    solvers,
  };
  const same = JSON.stringify(change.before) === JSON.stringify(change.after);
  return same && solvers.length === 0 ? null : change;
}

function scoreOf({ verdict, best }: Standing): TaskScore {
  return { verdict, score: best?.score ?? 0, best: best?.name ?? null };
}

function compareSolvers(before: Standing['solvers'], after: Standing['solvers']): SolverChange[] {
  const changes: SolverChange[] = [];
  const gone = new Map([...before].filter(([key]) => !after.has(key)));
  for (const [key, { file, name, score, body }] of after) {
    const old = before.get(key);
    if (old?.body === body && old.score === score) continue;
    const renamed = old === undefined ? [...gone].find(([, one]) => one.body === body) : undefined;
    if (renamed === undefined) changes.push({ file, name, before: old?.score ?? null, after: score });
    else {
      const [oldKey, was] = renamed;
      gone.delete(oldKey);
      changes.push({
        file,
        name,
        before: was.score,
        after: score,
        was: { file: was.file, name: was.name },
      });
    }
  }
  for (const { file, name, score } of gone.values()) changes.push({ file, name, before: score, after: null });
  return changes.sort((a, b) => compareNames(a.file, b.file) || compareNames(a.name, b.name));
}

/** Groups the changes: solved, lost, better and worse tasks. */
export function sortChanges(changes: readonly TaskChange[]) {
  const solved: string[] = [];
  const lost: string[] = [];
  const up: string[] = [];
  const down: string[] = [];
  for (const { task, before, after } of changes) {
    const was = before?.verdict === 'solved';
    const is = after?.verdict === 'solved';
    const gain = (after?.score ?? 0) - (before?.score ?? 0);
    if (is !== was) (is ? solved : lost).push(task);
    else if (gain !== 0) (gain > 0 ? up : down).push(task);
  }
  return { solved, lost, up, down };
}

/** The kind of a task's change; the order is that of display, with the worst first. */
export const CHANGE_KINDS = ['lost', 'worse', 'gone', 'solved', 'better', 'new', 'changed'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export function changeKind({ before, after }: TaskChange): ChangeKind {
  const was = before?.verdict === 'solved';
  const is = after?.verdict === 'solved';
  if (was && !is) return 'lost';
  if (is && !was) return 'solved';
  if (after === null) return 'gone';
  if (before === null) return 'new';
  return after.score < before.score ? 'worse' : after.score > before.score ? 'better' : 'changed';
}
