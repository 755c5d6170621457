/**
 * Eight processes with disjoint work on one store, compared with one process that does all of the work on the same
 * cores.
 */
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { discard } from '../measure/discard.js';
import { atLeast } from '../measure/figure.js';
import { battbuild, type MeasuredBuild, measureBuild } from '../measure/process.js';
import { alternate, timed } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type SplitWorkspace, splitWorkspace } from '../workspace/split.js';
import { type Bench, workspaceOf } from './bench.js';
import { coldRepetitions } from './cold-build.js';

const PROCESSES = 8;

/**
 * Both sides may use all cores: the single process has a worker for each core; the eight have as many together, but
 * at least one each, and the system divides the cores among them. The start and warm-up of eight processes counts.
 */
export const processes: Bench = async (options) => {
  const split = splitWorkspace(workspaceOf(options), join(options.folder, 'processes'), PROCESSES);
  const repetitions = coldRepetitions(options);
  const cores = availableParallelism();
  const jobsOfEach = Math.max(1, Math.floor(cores / PROCESSES));
  let builds: MeasuredBuild[] = [];
  const one = async () => {
    forget(split.whole);
    return (await measureBuild(split.whole, '-j', String(cores))).wallMs;
  };
  const together = () => {
    for (const part of split.parts) forget(part);
    discard(split.sharedCache);
    return timed(async () => {
      builds = await Promise.all(split.parts.map((part) => measureBuild(part, '-j', String(jobsOfEach))));
    });
  };
  const [single, eight] = await alternate(repetitions, [one, together], 0);
  const candidates = builds.reduce((sum, { summary }) => sum + summary.candidates, 0);
  const diagnostics = builds.reduce((sum, { summary }) => sum + summary.diagnostics, 0);
  const { cellsLost, resultsDiffer } = await checkResults(split);
  const figure = atLeast(TARGETS.processes, {
    figure: 'eight processes on one store',
    measured: (1000 * candidates) / eight,
    unit: 'candidates/s',
    baseline: { name: 'one process, the same cores', value: (1000 * candidates) / single },
    repetitions,
  });
  const isSound = diagnostics === 0 && cellsLost === 0 && !resultsDiffer;
  return [
    {
      ...figure,
      target: `${figure.target}, no error, no lost result`,
      met: figure.met === true && isSound,
      notes: { diagnostics, cellsLost, results: resultsDiffer ? 'differ' : 'equal', workersEach: jobsOfEach },
    },
  ];
};

function forget(workspace: string): void {
  for (const part of ['cache', 'out']) discard(join(workspace, part));
}

/**
 * Compares the records of the eight with those of the one: a build of everything with their store must find every
 * cell there, and have the same results. Equal outcomes also show that no cell was lost to a signal.
 */
async function checkResults({ whole, sharedCache }: SplitWorkspace) {
  const ofOne = resultsOf(whole);
  const { summary } = await measureBuild(whole, '--cache', sharedCache);
  return { cellsLost: summary.cellsRun, resultsDiffer: resultsOf(whole, '--cache', sharedCache) !== ofOne };
}

function resultsOf(workspace: string, ...options: readonly string[]): string {
  const args = [battbuild(), 'results', '--format', 'jsonl', ...options];
  return execFileSync(process.execPath, args, { cwd: workspace, encoding: 'utf8', maxBuffer: 2 ** 30 });
}
