/** Peak memory of cold builds of growing workspaces: a quarter of the tasks, half of them, all. */
import { atMost, type Figure, seen } from '../measure/figure.js';
import { median } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type Bench, type BenchOptions, workspaceOf } from './bench.js';
import { coldRepetitions, measureColdBuild } from './cold-build.js';

const STANDARD_MEGABYTES = TARGETS.coldBuild.megabytes;
const STANDARD_CANDIDATES = 59_600;

/** Kilobytes per candidate. */
const LIMIT = (1000 * STANDARD_MEGABYTES) / STANDARD_CANDIDATES;

export interface Peak {
  readonly tasks: number;
  readonly candidates: number;
  readonly megabytes: number;
}

export const memory: Bench = async (options) => {
  const { tasks } = options.size;
  const sizes = [tasks / 4, tasks / 2, tasks].map((size) => Math.max(1, Math.round(size)));
  const peaks: Peak[] = [];
  for (const size of sizes) peaks.push(await peakOf(options, size));
  const repetitions = coldRepetitions(options);
  return [...peaks.map((peak) => perCandidate(peak, repetitions)), growth(peaks, repetitions)];
};

async function peakOf(options: BenchOptions, tasks: number): Promise<Peak> {
  const workspace = workspaceOf({ ...options, size: { ...options.size, tasks } });
  const peaks: number[] = [];
  let candidates = 0;
  for (let k = 0; k < coldRepetitions(options); k++) {
    const { summary, peakMegabytes } = await measureColdBuild(workspace);
    candidates = summary.candidates;
    peaks.push(peakMegabytes);
  }
  return { tasks, candidates, megabytes: median(peaks) };
}

/**
 * The target is for workspaces of at least the standard size: in small ones the memory of an idle process dominates.
 */
export function perCandidate({ tasks, candidates, megabytes }: Peak, repetitions: number): Figure {
  const baseline = { name: `${STANDARD_MEGABYTES} MB for ${STANDARD_CANDIDATES} candidates`, value: LIMIT };
  const figure = `memory per candidate, ${tasks} tasks`;
  const measured = (1000 * megabytes) / candidates;
  const compared =
    candidates < STANDARD_CANDIDATES
      ? seen({ figure, measured, unit: 'kB', baseline, repetitions })
      : atMost(figure, measured, baseline, 1, repetitions, 'kB');
  return { ...compared, notes: { candidates, peakMegabytes: Math.round(megabytes) } };
}

/** The memory of an idle process hides how memory grows, so the growth of each step is reported too. */
function growth(peaks: readonly Peak[], repetitions: number): Figure {
  const [small, middle, large] = peaks;
  const baseline = { name: 'growth of the workspace', value: large.candidates / small.candidates };
  const grown = large.megabytes / small.megabytes;
  const added = (from: Peak, to: Peak) =>
    Math.round((10_000 * (to.megabytes - from.megabytes)) / (to.candidates - from.candidates)) / 10;
  return {
    ...atMost('growth of peak memory', grown, baseline, 1, repetitions, 'times'),
    notes: { firstStepKbPerCandidate: added(small, middle), secondStepKbPerCandidate: added(middle, large) },
  };
}
