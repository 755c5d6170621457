/** The cold build: nothing is stored, so everything runs. */
import { join } from 'node:path';
import { discard } from '../measure/discard.js';
import { below, type Figure } from '../measure/figure.js';
import { type MeasuredBuild, measureBuild } from '../measure/process.js';
import { median } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type Bench, type BenchOptions, workspaceOf } from './bench.js';

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

/** Several cold builds of one workspace. */
export interface ColdBuilds {
  readonly repetitions: number;
  /** The result of the first; the others differ only in times. */
  readonly summary: MeasuredBuild['summary'];
  /** Medians. */
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
  readonly cpuSeconds: number;
  /** The CPU time by its use. */
  readonly cpuParts: Readonly<Record<string, number>>;
}

export async function measureColdBuilds(options: BenchOptions): Promise<ColdBuilds> {
  const workspace = workspaceOf(options);
  const repetitions = coldRepetitions(options);
  const builds: MeasuredBuild[] = [];
  for (let k = 0; k < repetitions; k++) builds.push(await measureColdBuild(workspace));
  const middle = (read: (build: MeasuredBuild) => number) => median(builds.map(read));
  const seconds = (read: (build: MeasuredBuild) => number) => Math.round(middle(read) / 10) / 100;
  return {
    repetitions,
    summary: builds[0].summary,
    wallSeconds: middle(({ wallMs }) => wallMs) / 1000,
    peakMegabytes: middle(({ peakMegabytes }) => peakMegabytes),
    cpuSeconds: middle(({ cpuMs }) => cpuMs) / 1000,
    cpuParts: {
      evaluationCpuSeconds: seconds(({ evaluationMs }) => evaluationMs),
      mainCpuSeconds: seconds(({ mainMs }) => mainMs),
      workersCpuSeconds: seconds(({ cpuMs, mainMs, helpersMs }) => cpuMs - mainMs - helpersMs),
      helpersCpuSeconds: seconds(({ helpersMs }) => helpersMs),
      kernelCpuSeconds: seconds(({ kernelMs }) => kernelMs),
    },
  };
}

export const coldBuild: Bench = async (options) => {
  const { repetitions, summary, wallSeconds, cpuSeconds, cpuParts, peakMegabytes } =
    await measureColdBuilds(options);
  const { candidates, programs, cells } = summary;
  const target = TARGETS.coldBuild;
  const figures: Figure[] = [
    {
      ...below('cold build', wallSeconds, 's', target.seconds, repetitions),
      notes: { candidates, programs, cells },
    },
    { ...below('cold build, CPU time', cpuSeconds, 's', target.cpuSeconds, repetitions), notes: cpuParts },
    below('cold build, peak memory', peakMegabytes, 'MB', target.megabytes, repetitions),
  ];
  return figures;
};
