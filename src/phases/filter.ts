/**
 * Phase 2, filter: the distinct programs of the candidates. Not stored, because it is cheaper to redo than to look
 * up.
 */

import { stopwatch } from '../stopwatch.js';
import type { DirectPhase } from './phase.js';
import { TaskProgram, type TaskSubject } from './subject/task-subject.js';

export const filter: DirectPhase<TaskSubject, unknown> = {
  kind: 'direct',
  name: 'filter',
  exclusive: false,
  async apply(subject) {
    const startedAt = stopwatch.now();
    const byBody = new Map<string, TaskProgram>();
    subject.candidates.forEach((candidate, index) => {
      const known = byBody.get(candidate.body);
      if (known === undefined)
        byBody.set(candidate.body, new TaskProgram(candidate.body, candidate.program, [index]));
      else known.candidates.push(index);
    });
    subject.programs = [...byBody.values()];
    const cpuMs = stopwatch.now() - startedAt;
    const recorded = subject.recorded?.() ?? null;
    const hits = subject.candidates.filter((candidate) => recorded?.isCandidate(candidate)).length;
    return { hits, misses: subject.candidates.length - hits, cpuMs };
  },
};
