/** The cold build: nothing is stored, so everything runs. */
import { join } from 'node:path';
import { discard } from '../measure/discard.js';
import { below, type Figure } from '../measure/figure.js';
import { type MeasuredBuild, measureBuild } from '../measure/process.js';
import { median } from '../measure/statistics.js';
import { type Bench, workspaceOf } from './bench.js';

/** A cold build takes long, and a few repetitions vary little. */
const REPETITIONS = 3;

/** Removes everything that battbuild stored for a workspace, and builds it. */
export function measureColdBuild(workspace: string, ...options: readonly string[]): Promise<MeasuredBuild> {
  for (const part of ['cache', 'out']) discard(join(workspace, part));
  return measureBuild(workspace, ...options);
}

/** How often figures of cold builds are measured. */
export function coldRepetitions({ repetitions }: { readonly repetitions: number }): number {
  return Math.min(REPETITIONS, repetitions);
}

export const coldBuild: Bench = async (options) => {
  const workspace = workspaceOf(options);
  const repetitions = coldRepetitions(options);
  const builds: MeasuredBuild[] = [];
  for (let k = 0; k < repetitions; k++) builds.push(await measureColdBuild(workspace));
  const middle = (read: (build: MeasuredBuild) => number) => median(builds.map(read));
  const seconds = (read: (build: MeasuredBuild) => number) => Math.round(middle(read) / 10) / 100;
  const { candidates, programs, cells } = builds[0].summary;
  const wall = middle(({ wallMs }) => wallMs) / 1000;
  const peak = middle(({ peakMegabytes }) => peakMegabytes);
  const rest = middle(({ cpuMs, evaluationMs }) => (100 * (cpuMs - evaluationMs)) / cpuMs);
  const cpu = {
    cpuSeconds: seconds(({ cpuMs }) => cpuMs),
    evaluationCpuSeconds: seconds(({ evaluationMs }) => evaluationMs),
    mainCpuSeconds: seconds(({ mainMs }) => mainMs),
    workersCpuSeconds: seconds(({ cpuMs, mainMs, helpersMs }) => cpuMs - mainMs - helpersMs),
    helpersCpuSeconds: seconds(({ helpersMs }) => helpersMs),
    kernelCpuSeconds: seconds(({ kernelMs }) => kernelMs),
  };
  const figures: Figure[] = [
    { ...below('cold build', wall, 's', 15, repetitions), notes: { candidates, programs, cells } },
    below('cold build, peak memory', peak, 'MB', 600, repetitions),
    { ...below('cold build, CPU that is not evaluation', rest, '%', 25, repetitions), notes: cpu },
  ];
  return figures;
};
