/** What a build changed in the results of tasks: verdicts, the best score, and each solver's own score. */

import { compareNames } from '../../workspace/paths.js';
import { oScoreOf, type TaskResult, type Verdict, verdictOf } from '../record/task-result.js';

/** What is compared of a task's result. Scores are o_scores: samples whose expected output was given. */
export interface Standing {
  readonly verdict: Verdict;
  /** Samples whose output is known. */
  readonly samples: number;
  /** Of the candidate that is ranked first; null without candidates. */
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

/** Null on one side: the task, or the solver, was not there before, or is not any more. */
export interface TaskChange {
  readonly task: string;
  readonly samples: number;
  readonly before: TaskScore | null;
  readonly after: TaskScore | null;
  /** Solvers that are new, gone, another program than before, or of another score; in the order of file and name. */
  readonly solvers: readonly SolverChange[];
}

export interface TaskScore {
  readonly verdict: Verdict;
  /** The best candidate's; 0 without candidates. */
  readonly score: number;
  readonly best: string | null;
}

export interface SolverChange {
  readonly file: string;
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Of the very same program that went by another name or stood in another file before: where. */
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
  const samples = result.samples.filter(({ expected }) => expected !== null).length;
  return { verdict: verdictOf(result), samples, best, solvers };
}

/** Null when nothing of it differs. */
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

/** Which tasks of the changes were solved, lost, or came nearer to it or farther from it. */
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

/** What happened to a task, in the order in which it is told: what got worse comes first. */
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
