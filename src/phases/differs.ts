/** Phase 6, differs: the s_score of each differ, summed over the candidates of the task. */

import { stopwatch } from '../stopwatch.js';
import type { DirectPhase } from './phase.js';
import type { ScoreContext } from './score.js';
import type { TaskSubject } from './subject/task-subject.js';

export const differs: DirectPhase<TaskSubject, ScoreContext> = {
  kind: 'direct',
  name: 'differs',
  exclusive: false,
  async apply(subject, context) {
    const startedAt = stopwatch.now();
    const { differs } = context.differs;
    const sums = new Array<number>(differs.length).fill(0);
    for (const program of subject.programs) {
      program.score?.differs.forEach(({ dScore }, differ) => {
        sums[differ] += dScore;
      });
    }
    subject.sScores = sums;
    const cpuMs = stopwatch.now() - startedAt;
    const recorded = subject.recorded?.() ?? null;
    const hits = sums.filter((sum, k) => recorded?.sScoreOf(differs[k]) === sum).length;
    return { hits, misses: sums.length - hits, cpuMs };
  },
};
