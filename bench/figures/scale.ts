/** A large workspace: 1,000 tasks with 300 candidates each, unless told otherwise. */
import { PassThrough } from 'node:stream';
import type { OutputStream } from '../../src/cli/context.js';
import { LiveLine } from '../../src/cli/render/live-line.js';
import { Style } from '../../src/cli/render/style.js';
import type { BuildEvent } from '../../src/observe/event.js';
import { duration } from '../../src/text/amounts.js';
import { type Figure, seen } from '../measure/figure.js';
import { type Bench, workspaceOf } from './bench.js';
import { measureColdBuild } from './cold-build.js';
import { perCandidate } from './memory.js';

/** Once: it takes minutes. */
const REPETITIONS = 1;

export const scale: Bench = async (options) => {
  const { tasks } = options.size;
  const { summary, wallMs, cpuMs, peakMegabytes, events } = await measureColdBuild(workspaceOf(options));
  const { candidates, programs, cells } = summary;
  const time: Figure = {
    ...seen({
      figure: `cold build, ${tasks} tasks`,
      measured: wallMs / 1000,
      unit: 's',
      baseline: null,
      repetitions: REPETITIONS,
    }),
    notes: { candidates, programs, cells, cpuSeconds: Math.round(cpuMs / 1000) },
  };
  const memory = perCandidate({ tasks, candidates, megabytes: peakMegabytes }, REPETITIONS);
  return [time, memory, progressOf(events, tasks)];
};

/**
 * What a terminal would have shown: the events again, through the live line, with their own times for a clock. (Whoever
 * reads along while a build runs takes part of a core from it.)
 */
function progressOf(events: readonly BuildEvent[], tasks: number): Figure {
  const shown: { readonly atMs: number; readonly left: string }[] = [];
  let nowMs = 0;
  const write = (text: string) => {
    const left = /about (.+) left/.exec(text)?.[1];
    if (left !== undefined) shown.push({ atMs: nowMs, left });
    return true;
  };
  const terminal: OutputStream = Object.assign(new PassThrough(), { isTTY: true, columns: 200, write });
  const line = new LiveLine(terminal, new Style(1), () => nowMs);
  for (const event of events) {
    if ('endMs' in event) nowMs = Math.max(nowMs, event.endMs);
    line.read(event);
  }
  line.end();
  const atHalf = shown.find(({ atMs }) => atMs >= nowMs / 2);
  const notes = {
    firstAfter: shown.length === 0 ? 'never' : duration(shown[0].atMs),
    atHalf: atHalf?.left ?? 'none',
    leftAtHalf: duration(nowMs - (atHalf?.atMs ?? nowMs / 2)),
  };
  return {
    figure: `estimates of the time left, ${tasks} tasks`,
    measured: shown.length,
    unit: 'lines',
    baseline: null,
    target: 'at least 1 line',
    met: shown.length > 0,
    repetitions: REPETITIONS,
    notes,
  };
}
