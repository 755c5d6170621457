/** Makes a task's stop rule from the results of the last build. */
import type { BodyHash } from '../../lang/program/program.js';
import type { StopRule, TaskSubject } from '../../phases/subject/task-subject.js';
import { type Parents, parentName } from '../inputs/parents.js';
import type { Stopping } from '../options.js';
import { demoRanking } from '../record/demo-ranking.js';
import type { TaskResult } from '../record/task-result.js';

/**
 * Null if all cells must run. The order of samples and programs depends only on the last result, not on the store's
 * contents, so that an interrupted build and its continuation run the same cells. It also depends only on
 * demonstrations, so that known outputs of tests do not influence it.
 */
export function stopRuleOf(
  { earlyStop, untilSolved }: Stopping,
  subject: TaskSubject,
  lastResult: () => TaskResult | null,
  parents: Parents,
): StopRule | null {
  if (!earlyStop && !untilSolved) return null;
  const last = lastResult();
  const ranks = untilSolved && last !== null ? ranksOf(subject, last, parents) : null;
  return {
    earlyStop,
    untilSolved,
    power: subject.samples.map((_, sample) => (last === null ? 0 : powerOf(subject, sample, last))),
    rankOf: (body) => ranks?.get(body) ?? Number.POSITIVE_INFINITY,
  };
}

/** 0 for a sample that the last build did not have. */
function powerOf({ digests, expected }: TaskSubject, sample: number, last: TaskResult): number {
  const before = last.samples.findIndex((one) => {
    return one.kind === 'demo' && one.input === digests.inputs[sample] && one.expected === expected[sample];
  });
  if (before < 0) return 0;
  const judged = last.programs.filter(({ matches }) => matches[before] !== null);
  const failed = judged.filter(({ matches }) => matches[before] === false);
  return judged.length === 0 ? 0 : failed.length / judged.length;
}

/** Ranks in the last result; a program that was not in it comes right after its parent. */
function ranksOf({ candidates }: TaskSubject, last: TaskResult, parents: Parents): Map<BodyHash, number> {
  const ranks = new Map<string, number>();
  demoRanking(last).forEach(({ body }, rank) => {
    ranks.set(body, rank);
    ranks.set(parentName(body), rank);
  });
  const found = new Map<BodyHash, number>();
  for (const candidate of candidates) {
    const { body } = candidate;
    let rank = ranks.get(body);
    if (rank === undefined) {
      const parent = parents.of(candidate);
      const parentRank = parent === null ? undefined : ranks.get(parent);
      rank = parentRank === undefined ? undefined : parentRank + 0.5;
    }
    // If several candidates are one program, the one with the best parent counts.
    if (rank !== undefined) found.set(body, Math.min(rank, found.get(body) ?? rank));
  }
  return found;
}
