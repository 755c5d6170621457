/**
 * Measures the cost of sharing a build through a queue, and simulates it for more machines: `node
 * dist-bench/bench/scale-out/main.js [--tasks N] [--candidates N]`. Needs an installed redis-server. Prints one JSON
 * line for each.
 */
import { cpus, tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { tasksOfWorkspace, workOf } from '../evaluation/workload.js';
import { workspaceOf } from '../figures/bench.js';
import { RedisProcess } from '../reliability/queue/redis-process.js';
import { STANDARD } from '../workspace/generate.js';
import { Random } from '../workspace/random.js';
import { coresNow, jobCosts, type SharedBuild, sharedBuild } from './measure.js';
import { type Scenario, simulate } from './simulation.js';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '100' },
    candidates: { type: 'string', default: String(STANDARD.candidates) },
  },
});
const size = { ...STANDARD, tasks: Number(values.tasks), candidates: Number(values.candidates) };
const workspace = workspaceOf({ folder: tmpdir(), repetitions: 1, size, reference: null });
const server = await RedisProcess.start();
/** CPU time of each worker besides cells; every build had new workers. */
function warmUpIn(builds: readonly SharedBuild[], alone: SharedBuild): number {
  const evaluateMs = alone.evaluationMs / alone.cells;
  const shared = builds.filter(({ workers }) => workers > 0);
  const spentMs = shared.reduce((sum, one) => sum + one.workersCpuMs - one.cellsElsewhere * evaluateMs, 0);
  return spentMs / shared.reduce((sum, { workers }) => sum + workers, 0);
}

const random = () => new Random('scale-out');
const print = (fields: object) => console.log(JSON.stringify(fields));
const round = (value: number, digits = 2) => Number(value.toFixed(digits));

try {
  const work = workOf(tasksOfWorkspace(workspace, size.tasks));
  const costs = await jobCosts(work, server);
  const { local, job } = costs;
  print({
    figure: 'a request, to a thread and as a job of its own',
    requests: work.length,
    kilobytes: round(costs.kilobytes, 1),
    threadMs: round(local.latencyMs),
    jobMs: round(job.latencyMs),
    threadCpuMs: round(local.cpuMs),
    jobCpuMs: round(job.cpuMs),
    workerCpuMs: round(job.workerCpuMs ?? 0),
  });

  const builds = [];
  let before = await coresNow(cpus().length);
  for (const workers of [0, 1, 2, 4]) {
    const built = await sharedBuild(workspace, workers, server);
    const after = await coresNow(cpus().length);
    const cores = (before + after) / 2;
    before = after;
    builds.push({ ...built, cores });
    print({
      figure: 'build with so many worker processes',
      workers,
      wallSeconds: round(built.wallMs / 1000),
      cells: built.cells,
      cellsElsewhere: built.cellsElsewhere,
      cellsPerSecond: Math.round((1000 * built.cells) / built.wallMs),
      mainCpuSeconds: round(built.mainMs / 1000),
      buildCpuSeconds: round(built.cpuMs / 1000),
      workersCpuSeconds: round(built.workersCpuMs / 1000),
      cores: round(cores),
    });
  }

  const [alone] = builds;
  const measured: Scenario = {
    cells: alone.cells,
    evaluateMs: alone.evaluationMs / alone.cells,
    coordinateMs: alone.mainMs / alone.cells,
    publishMs: Math.max(0, alone.cpuMs - alone.evaluationMs - alone.mainMs - alone.helpersMs) / alone.cells,
    jobMs: job.cpuMs - local.cpuMs,
    workerJobMs: job.workerCpuMs ?? 0,
    warmUpMs: warmUpIn(builds, alone),
    roundTripMs: job.latencyMs,
    jobSizeMs: 500,
    workers: 0,
    own: 1,
    slow: 0,
    slowness: 1,
    dead: 0,
    cores: cpus().length,
  };
  print({ figure: 'what the simulation is fed with', ...measured });
  // On few cores, the threads that optimize code slow down all others.
  const helped = alone.cpuMs / (alone.cpuMs - alone.helpersMs);
  const crowded = {
    ...measured,
    evaluateMs: measured.evaluateMs * helped,
    coordinateMs: measured.coordinateMs * helped,
  };
  for (const built of builds) {
    const simulated = simulate({ ...crowded, workers: built.workers, cores: built.cores }, random());
    print({
      figure: 'simulation beside what was measured',
      workers: built.workers,
      measuredSeconds: round(built.wallMs / 1000),
      simulatedSeconds: round(simulated.wallMs / 1000),
      ratio: round(simulated.wallMs / built.wallMs),
    });
  }

  // Ten million candidates, as many cells each as here; every worker with a core of its own. Of programs as cheap as these,
  // and of such that take a tenth of the default budget.
  const cells = (10_000_000 * alone.cells) / (size.tasks * size.candidates);
  const cluster: Scenario = {
    ...measured,
    ...{ cells, cores: Number.POSITIVE_INFINITY, own: 2, slow: 0.01, slowness: 5, dead: 0.0005 },
  };
  for (const evaluateMs of [measured.evaluateMs, 1, 10]) {
    for (const roundTripMs of [0.2, 5, 50]) {
      for (const workers of [1, 4, 16, 64, 256, 1000]) {
        for (const coordinators of workers >= 64 ? [1, 16] : [1]) {
          // As the pool does: at least a hundred times the latency, at most a second.
          const jobSizeMs = Math.min(1000, Math.max(200, 100 * roundTripMs));
          const scenario = { ...cluster, evaluateMs, workers, roundTripMs, jobSizeMs, coordinators };
          const { wallMs, efficiency, coordinatorBusy, wasted } = simulate(scenario, random());
          print({
            figure: 'simulation of 10 million candidates',
            ...{ evaluateMs: round(evaluateMs, 3), roundTripMs, workers, coordinators },
            ...{ hours: round(wallMs / 3_600_000), efficiency: round(efficiency) },
            ...{ coordinatorBusy: round(coordinatorBusy), wasted: round(wasted, 3) },
          });
        }
      }
    }
  }
} finally {
  await server.end();
}
