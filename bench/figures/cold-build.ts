/** The cold build: nothing is known, everything is done. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { below, type Figure } from '../measure/figure.js';
import { type MeasuredBuild, measureBuild } from '../measure/process.js';
import { median } from '../measure/statistics.js';
import { type Bench, workspaceOf } from './bench.js';

/** A cold build takes long; the spread of a few is small beside what it is to show. */
const REPETITIONS = 3;

export const coldBuild: Bench = (options) => {
  const workspace = workspaceOf(options);
  const repetitions = Math.min(REPETITIONS, options.repetitions);
  const builds: MeasuredBuild[] = [];
  for (let k = 0; k < repetitions; k++) {
    for (const part of ['cache', 'out']) rmSync(join(workspace, part), { recursive: true, force: true });
    builds.push(measureBuild(workspace));
  }
  const middle = (read: (build: MeasuredBuild) => number) => median(builds.map(read));
  const { candidates, programs, cells } = builds[0].summary;
  const notes = {
    candidates,
    programs,
    cells,
    cpuSeconds: Math.round(middle(({ cpuMs }) => cpuMs) / 100) / 10,
    evaluationCpuSeconds: Math.round(middle(({ evaluationMs }) => evaluationMs) / 100) / 10,
  };
  const wall = middle(({ wallMs }) => wallMs) / 1000;
  const peak = middle(({ peakMegabytes }) => peakMegabytes);
  const rest = middle(({ cpuMs, evaluationMs }) => (100 * (cpuMs - evaluationMs)) / cpuMs);
  const figures: Figure[] = [
    { ...below('cold build', wall, 's', 15, repetitions), notes },
    below('cold build, peak memory', peak, 'MB', 600, repetitions),
    below('cold build, CPU that is not evaluation', rest, '%', 25, repetitions),
  ];
  return figures;
};
