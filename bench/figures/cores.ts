/**
 * How many workers are best on how many cores: builds with one and with two workers here, and what would come of them
 * elsewhere, simulated.
 */
import { type RecordedBuild, wallOnCores } from '../evaluation/on-cores.js';
import { type Figure, seen } from '../measure/figure.js';
import type { MeasuredBuild } from '../measure/process.js';
import { type Bench, workspaceOf } from './bench.js';
import { measureColdBuild } from './cold-build.js';

const CORES = [1, 2, 4, 16];

/** What `jobs` is by default, and how many of these workers start at once. */
function defaultJobs(cores: number): { readonly workers: number; readonly atFirst: number } {
  const workers = Math.max(1, cores - 1);
  return { workers, atFirst: Math.ceil(workers / 2) };
}

export const cores: Bench = async (options) => {
  const workspace = workspaceOf(options);
  const one = await measureColdBuild(workspace, '-j', '1');
  const two = await measureColdBuild(workspace, '-j', '2');
  const build = recorded(one, two);
  return CORES.map((count): Figure => {
    const numbers = Array.from({ length: 2 * count }, (_, k) => k + 1);
    const walls = new Map(
      numbers.map((workers) => [
        workers,
        wallOnCores(build, { cores: count, workers, atFirst: workers, mainHelps: false }),
      ]),
    );
    const wall = (jobs: number) => walls.get(jobs) as number;
    const best = numbers.reduce((found, jobs) => (wall(jobs) < wall(found) ? jobs : found), 1);
    const jobs = defaultJobs(count);
    // A core is left to it.
    const mainHelps = jobs.workers < count;
    const measured = wallOnCores(build, { cores: count, ...jobs, mainHelps });
    return {
      ...seen({
        figure: `cold build on ${count} cores with ${jobs.atFirst} to ${jobs.workers} workers${mainHelps ? ' and the main thread' : ''}, the default; simulated`,
        measured: measured / 1000,
        unit: 's',
        baseline: { name: `${best} workers alone, the best`, value: wall(best) / 1000 },
        repetitions: 1,
      }),
      notes: Object.fromEntries(
        [...walls].map(([number, ms]) => [`with ${number}`, Math.round(ms / 10) / 100]),
      ),
    };
  });
};

/** What two workers take more than one is what a worker takes to warm up. */
function recorded(one: MeasuredBuild, two: MeasuredBuild): RecordedBuild {
  const cells = new Map<string, number>();
  const evaluated = new Map<string, number>();
  for (const event of one.events) {
    if (event.type !== 'worked' || event.what !== 'cells') continue;
    cells.set(event.subject, (cells.get(event.subject) ?? 0) + event.units);
    const ms = event.endMs - event.startMs;
    evaluated.set(event.subject, (evaluated.get(event.subject) ?? 0) + ms);
  }
  const sum = [...evaluated.values()].reduce((total, ms) => total + ms, 0);
  const warmUpMs = Math.max(0, two.evaluationMs - one.evaluationMs);
  const workerHelpersMs = Math.max(0, two.helpersMs - one.helpersMs);
  const perCell = one.mainMs / one.summary.cells;
  // Elapsed time tells how the tasks differ; a thread's CPU time is only right in sum.
  const perMs = (one.evaluationMs - warmUpMs) / sum;
  const tasks = [...evaluated].map(([task, ms]) => {
    return { evaluateMs: ms * perMs, mainMs: (cells.get(task) ?? 0) * perCell };
  });
  return { tasks, warmUpMs, mainHelpersMs: one.helpersMs - workerHelpersMs, workerHelpersMs };
}
