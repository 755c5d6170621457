/** A large workspace: by default 1,000 tasks with 300 candidates each. */
import type { BuildEvent } from '../../src/observe/event.js';
import { ProgressReader } from '../../src/observe/progress.js';
import { below, type Figure } from '../measure/figure.js';
import { TARGETS } from '../targets.js';
import { type Bench, workspaceOf } from './bench.js';
import { measureColdBuild } from './cold-build.js';
import { perCandidate } from './memory.js';

/** Only once, because it takes minutes. */
const REPETITIONS = 1;

export const scale: Bench = async (options) => {
  const { tasks } = options.size;
  const { summary, wallMs, cpuMs, peakMegabytes, events } = await measureColdBuild(workspaceOf(options));
  const { candidates, programs, cells } = summary;
  const time: Figure = {
    ...below(`cold build, ${tasks} tasks`, wallMs / 1000, 's', TARGETS.scale.seconds, REPETITIONS),
    notes: { candidates, programs, cells, cpuSeconds: Math.round(cpuMs / 1000) },
  };
  const memory = perCandidate({ tasks, candidates, megabytes: peakMegabytes }, REPETITIONS);
  return [time, memory, progressOf(events, tasks)];
};

/**
 * The progress that would have been shown: the recorded events are replayed with their own times. (Reading them
 * during the build would take part of a core.)
 */
export function progressOf(events: readonly BuildEvent[], tasks: number): Figure {
  const told: { readonly atMs: number; readonly leftMs: number }[] = [];
  let nowMs = 0;
  const reader = new ProgressReader(() => nowMs);
  for (const event of events) {
    if ('endMs' in event) nowMs = Math.max(nowMs, event.endMs);
    reader.read(event);
    const { leftMs } = reader.progress();
    if (leftMs !== null) told.push({ atMs: nowMs, leftMs });
  }
  const atHalf = told.find(({ atMs }) => atMs >= nowMs / 2);
  return {
    figure: `estimate of the time left at half time, ${tasks} tasks`,
    measured: (atHalf?.leftMs ?? 0) / 1000,
    unit: 's',
    baseline: { name: 'time left', value: (nowMs - (atHalf?.atMs ?? nowMs / 2)) / 1000 },
    target: 'an estimate',
    met: atHalf !== undefined,
    repetitions: REPETITIONS,
    notes: { firstAfterSeconds: told.length === 0 ? 'never' : Math.round(told[0].atMs / 100) / 10 },
  };
}
