/** Measures the input of the simulation: the cost of a job, and builds with several worker processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { encodeTaskGrids } from '../../src/engine/batch.js';
import { packRequest, type WorkerAnswer, type WorkerRequest } from '../../src/workers/protocol.js';
import type { EvaluationWork } from '../evaluation/workload.js';
import { measureColdBuild } from '../figures/cold-build.js';
import { battbuild } from '../measure/process.js';
import { median } from '../measure/statistics.js';
import { PROJECT } from '../paths.js';
import type { RedisProcess } from '../reliability/queue/redis-process.js';

const compiled = (module: string) => import(pathToFileURL(join(PROJECT, 'dist', module)).href);

/** A process of `battbuild worker` with one thread. */
export class WorkerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly version: string,
  ) {}

  static async start(url: string): Promise<WorkerProcess> {
    const child = spawn(process.execPath, [battbuild(), 'worker', '--queue', url, '-j', '1', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let version = '';
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      const event = JSON.parse(line) as { type: string; version?: string };
      version ||= event.version ?? '';
      if (event.type === 'connected') break;
    }
    child.stdout?.resume();
    return new WorkerProcess(child, version);
  }

  /** CPU time so far, milliseconds. */
  get cpuMs(): number {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    // User and system time, in ticks of 10 ms.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  async end(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }
}

export interface JobCost {
  /** Median time in milliseconds from a request to its answer, without evaluation. */
  readonly latencyMs: number;
  /** CPU time of the requesting thread for each request. */
  readonly cpuMs: number;
  /** CPU time of the answering process besides evaluation; null if it is the same process. */
  readonly workerCpuMs: number | null;
}

/** The same requests, one after another: to a worker thread, and each as a job of its own by the queue. */
export async function jobCosts(
  work: readonly EvaluationWork[],
  server: RedisProcess,
): Promise<{ readonly local: JobCost; readonly job: JobCost; readonly kilobytes: number }> {
  const [{ Pool }, { RemotePool }, { JobQueue }, { workerCodec }] = (await Promise.all(
    [
      'workers/pool.js',
      'distribution/remote-pool.js',
      'distribution/redis/job-queue.js',
      'distribution/messages/codec.js',
    ].map(compiled),
  )) as [
    typeof import('../../src/workers/pool.js'),
    typeof import('../../src/distribution/remote-pool.js'),
    typeof import('../../src/distribution/redis/job-queue.js'),
    typeof import('../../src/distribution/messages/codec.js'),
  ];
  const workerUrl = pathToFileURL(join(PROJECT, 'dist/bundle/worker-main.js'));
  const pool = new Pool<WorkerRequest, WorkerAnswer, Uint8Array>({ size: 1, workerUrl, stallSeconds: 60 });
  const worker = await WorkerProcess.start(server.url);
  const { version } = worker;
  const coordinator = `bench-${process.pid}`;
  let slots = 0;
  const remote = new RemotePool({
    codec: workerCodec,
    version,
    coordinator,
    place: server.url,
    open: (events) => new JobQueue({ url: server.url, version, coordinator, patienceMs: 5000 }, events),
    listener: {
      changed: (state) => {
        slots = state.slots;
      },
      trouble: () => {},
    },
    patienceMs: 5000,
    verify: 0,
  });
  while (slots === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const contexts = work.map(({ task, grids }) => ({ key: task, data: encodeTaskGrids(grids) }));
  const ask = async (isJob: boolean): Promise<JobCost> => {
    const latencies: number[] = [];
    let busyMs = 0;
    const workerBefore = worker.cpuMs;
    const before = process.threadCpuUsage();
    for (const [k, { batch }] of work.entries()) {
      const request = packRequest(batch);
      const askedAt = performance.now();
      const reply = isJob
        ? await remote.run(request, contexts[k], 1000)
        : await pool.run(request, {
            context: contexts[k],
            transfer: [request.programs.buffer as ArrayBuffer],
          });
      if (reply.kind === 'lost') throw new Error(reply.detail);
      latencies.push(performance.now() - askedAt - reply.busyMs);
      busyMs += reply.cpuMs ?? reply.busyMs;
    }
    const { user, system } = process.threadCpuUsage(before);
    return {
      latencyMs: median(latencies),
      cpuMs: (user + system) / 1000 / work.length,
      workerCpuMs: isJob ? Math.max(0, worker.cpuMs - workerBefore - busyMs) / work.length : null,
    };
  };
  try {
    // In the first round code is compiled, and grids are sent.
    await ask(false);
    await ask(true);
    const local = await ask(false);
    const job = await ask(true);
    const bytes = work.map(({ batch }) => workerCodec.encodeRequest(packRequest(batch)).length);
    return { local, job, kilobytes: median(bytes) / 1000 };
  } finally {
    remote.kill();
    await remote.close();
    await pool.close();
    await worker.end();
  }
}

/** Spins for a second and prints the CPU time that it got, milliseconds. */
const SPIN =
  'const end = Date.now() + 1000; while (Date.now() < end); const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);';

/** The number of cores that are available now: other work may use the machine. */
export async function coresNow(count: number): Promise<number> {
  const spins = Array.from({ length: count }, async () => {
    const child = spawn(process.execPath, ['-e', SPIN], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    for await (const chunk of child.stdout as NodeJS.ReadableStream) printed += chunk;
    return Number(printed) / 1000;
  });
  return (await Promise.all(spins)).reduce((sum, share) => sum + share, 0);
}

export interface SharedBuild {
  readonly workers: number;
  readonly wallMs: number;
  readonly cells: number;
  readonly cellsElsewhere: number;
  /** CPU time of the build, of its main thread, and of the workers. */
  readonly cpuMs: number;
  readonly mainMs: number;
  readonly helpersMs: number;
  readonly workersCpuMs: number;
  /** CPU time of evaluation, on all machines. */
  readonly evaluationMs: number;
}

/** A cold build with one worker thread and this many worker processes. */
export async function sharedBuild(
  workspace: string,
  workers: number,
  server: RedisProcess,
): Promise<SharedBuild> {
  const started = await Promise.all(Array.from({ length: workers }, () => WorkerProcess.start(server.url)));
  // Until the code of the workers is compiled.
  const before = started.map(({ cpuMs }) => cpuMs);
  try {
    const queue = workers === 0 ? [] : ['--queue', server.url];
    const built = await measureColdBuild(workspace, '-j', '1', ...queue);
    const { wallMs, cpuMs, mainMs, helpersMs, evaluationMs, summary } = built;
    const workersCpuMs = started.reduce((sum, worker, k) => sum + worker.cpuMs - before[k], 0);
    const cellsElsewhere = summary.queue?.cells ?? 0;
    return {
      workers,
      wallMs,
      cells: summary.cellsRun,
      cellsElsewhere,
      cpuMs,
      mainMs,
      helpersMs,
      workersCpuMs,
      evaluationMs,
    };
  } finally {
    await Promise.all(started.map((worker) => worker.end()));
  }
}
