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
    power: powersOf(subject, last),
    rankOf: (body) => ranks?.get(body) ?? Number.POSITIVE_INFINITY,
  };
}

/** By sample; 0 for a sample that was not a demonstration in the last build. */
function powersOf({ samples, digests, expected }: TaskSubject, last: TaskResult | null): number[] {
  const places = new Map<string, number>();
  let at = 0;
  for (const { kind, input, expected: output } of last?.samples ?? []) {
    const pair = `${input}${output}`;
    if (kind === 'demo' && !places.has(pair)) places.set(pair, at);
    at++;
  }
  return samples.map((_, k) => {
    const before = places.get(`${digests.inputs[k]}${expected[k]}`);
    return last === null || before === undefined ? 0 : powerOf(before, last);
  });
}

function powerOf(sample: number, { programs }: TaskResult): number {
  let judged = 0;
  let failed = 0;
  for (const { matches } of programs) {
    const match = matches.at(sample) ?? null;
    if (match !== null) judged++;
    if (match === false) failed++;
  }
  return judged === 0 ? 0 : failed / judged;
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
