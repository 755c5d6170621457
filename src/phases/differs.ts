/** Phase 6, differs: the s_score of every differ, summed over the candidates of the task. */
import type { DirectPhase } from './phase.js';
import type { ScoreContext } from './score.js';
import type { TaskSubject } from './subject/task-subject.js';

export const differs: DirectPhase<TaskSubject, ScoreContext> = {
  kind: 'direct',
  name: 'differs',
  exclusive: false,
  async apply(subject, context) {
    const startedAt = performance.now();
    const count = context.differs.differs.length;
    const sums = new Array<number>(count).fill(0);
    for (const program of subject.programs) {
      program.score?.differs.forEach(({ dScore }, differ) => {
        sums[differ] += dScore;
      });
    }
    subject.sScores = sums;
    return { hits: 0, misses: count, cpuMs: performance.now() - startedAt };
  },
};
