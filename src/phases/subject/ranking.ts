/** Orders a task's programs by score, and groups them by behaviour. */
import type { TaskProgram, TaskSubject } from './task-subject.js';

/** Best first: o_score, then the sum of d_scores, then cost ascending, then body hash. */
export function rankPrograms(subject: TaskSubject): TaskProgram[] {
  // Computed once for each program, not for each comparison.
  const ranked = subject.programs.map((program) => {
    const { body, oScore, dScore, worstCost } = program;
    return { program, merit: { body, oScore, dScore, worstCost } };
  });
  return ranked.sort((a, b) => compareRank(a.merit, b.merit)).map(({ program }) => program);
}

type Merit = Pick<TaskProgram, 'body' | 'oScore' | 'dScore' | 'worstCost'>;

export function compareRank(a: Merit, b: Merit): number {
  const difference = b.oScore - a.oScore || b.dScore - a.dScore || a.worstCost - b.worstCost;
  return difference || (a.body < b.body ? -1 : a.body > b.body ? 1 : 0);
}

/**
 * Behaviour classes: programs with equal outputs on every sample (observational equivalence). For a cell without an
 * output, its status counts. Classes are numbered from 1 in the order of their best-ranked programs.
 */
export function behavioursOf(ranked: readonly TaskProgram[]): Map<TaskProgram, number> {
  const classes = new Map<string, number>();
  const behaviours = new Map<TaskProgram, number>();
  for (const program of ranked) {
    const signature = program.outcomes.map((outcome) => outcome.output || outcome.status).join('\n');
    let number = classes.get(signature);
    if (number === undefined) {
      number = classes.size + 1;
      classes.set(signature, number);
    }
    behaviours.set(program, number);
  }
  return behaviours;
}

/**
 * `t_log` of the published layout: 40 for no cost, one less for every doubling of the worst cell's cost, at least 0.
 */
export function tLog(worstCost: number): number {
  return Math.max(0, 40 - Math.ceil(Math.log2(worstCost + 1)));
}
