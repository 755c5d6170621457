/**
 * Kills workers, Redis and builds that share a queue, and cuts the network between them and Redis, at random moments, and
 * checks what remains: the next build must have the results of a clean build on this machine alone, and everything in
 * Redis must expire.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Random } from '../../workspace/random.js';
import { same } from '../same.js';
import type { Trial } from '../trial.js';
import type { Namespace } from './namespace.js';
import type { RedisProcess } from './redis-process.js';

export type Victim = 'worker' | 'redis' | 'build' | 'network';

/**
 * Number of programs for each task, and of expensive steps in each program, so that a cell takes some milliseconds.
 */
const PROGRAMS = 8;
const STEPS = 24;

/** Number of workers at a time. */
const WORKERS = 2;

/** Number of kills in one build. */
const KILLS_A_BUILD = 8;

/** Maximum milliseconds between two kills. */
const LONGEST_MS = 1500;

/** Milliseconds between signs of life of workers and builds. */
const BEAT_MS = 1000;

/** Maximum milliseconds until a killed server is started again; a build waits for 5 s. */
const LONGEST_GONE_MS = 2000;

/** Maximum milliseconds of a cut; some builds stop using the queue meanwhile. */
const LONGEST_CUT_MS = 8000;

/** Maximum milliseconds until all processes whose network was cut are connected again. */
const LONGEST_SILENCE_MS = 30_000;

export class QueueCampaign {
  readonly kills: Readonly<Record<string, number>>;
  /** Number of finished builds, of kills meanwhile, and of cells that workers of the queue answered. */
  builds = 0;
  cellsElsewhere = 0;
  private readonly victims: readonly Victim[];
  private readonly counts: Record<string, number> = {};
  private version = 0;
  private workers: ChildProcess[] = [];

  constructor(
    private readonly trial: Trial,
    private readonly server: RedisProcess,
    private readonly random: Random,
    /** The network of the server; null if it has none of its own. */
    private readonly namespace: Namespace | null,
  ) {
    this.victims = ['worker', 'redis', 'build', ...(namespace === null ? [] : ['network' as const])];
    this.kills = this.counts;
    for (const victim of this.victims) this.counts[victim] = 0;
  }

  get count(): number {
    return this.victims.reduce((sum, victim) => sum + this.counts[victim], 0);
  }

  /** A build, and kills while it runs; then it ends, and everything is compared. */
  async round(): Promise<void> {
    this.writeVersion(this.version++);
    while (this.workers.length < WORKERS) this.startWorker();
    let build = this.startBuild();
    for (let k = 0; k < KILLS_A_BUILD; k++) {
      await this.pass(this.random.next() * LONGEST_MS);
      // If the build has ended, another one is started for the kill.
      if (build.child.exitCode !== null) build = this.startAgain();
      const victim = this.victims[this.count % this.victims.length];
      this.counts[victim]++;
      if (victim === 'worker') await this.killWorker();
      else if (victim === 'redis') await this.killServer();
      else if (victim === 'network') await this.cut();
      else {
        build.child.kill('SIGKILL');
        await build.ended;
        build = this.startBuild();
      }
    }
    await this.ends(build);
    await this.ends(this.startBuild());
    same('results', this.trial.state(), await this.trial.cleanState());
    same('what verify finds', this.trial.problems(), []);
    same('what stays in Redis for ever', await this.lasting(), []);
  }

  async end(): Promise<void> {
    for (const worker of this.workers) worker.kill('SIGKILL');
    await this.server.end();
    this.namespace?.remove();
  }

  /**
   * Keys without an expiry. BullMQ creates some; they get their expiry with the next sign of life of a user of the
   * queue. A worker whose network was cut gives one when the system has sent again what was lost.
   */
  private async lasting(): Promise<string[]> {
    let left = await this.server.lasting();
    for (let waited = 0; left.length > 0 && waited < LONGEST_SILENCE_MS; waited += BEAT_MS) {
      await this.pass(BEAT_MS);
      const now = new Set(await this.server.lasting());
      left = left.filter((key) => now.has(key));
    }
    return left;
  }

  private startAgain() {
    this.writeVersion(this.version++);
    return this.startBuild();
  }

  /** Writes all solver files: no other version has the same programs. */
  private writeVersion(version: number): void {
    for (const id of this.trial.ids) {
      const texts = Array.from({ length: PROGRAMS }, (_, k) =>
        [
          `def solve_${id}_${k}(I):`,
          `    x0 = replace(upscale(I, 30), ${k}, ${version})`,
          ...Array.from(
            { length: STEPS },
            (_, n) => `    x${n + 1} = fill(hmirror(x${n}), ${n % 10}, merge(objects(x${n}, T, F, F)))`,
          ),
          `    return x${STEPS}`,
          '',
        ].join('\n'),
      );
      this.trial.write(`solvers/${id}.py`, texts.join('\n'));
    }
  }

  private startBuild() {
    const child = this.trial.start(['build', '--queue', this.server.url, '-j', '1', '--json']);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
    return { child, ended };
  }

  private async ends({ ended }: ReturnType<QueueCampaign['startBuild']>): Promise<void> {
    const { code, stdout, stderr } = await ended;
    if (code !== 0) throw new Error(`a build ended with ${code}: ${stderr || stdout.slice(-2000)}`);
    const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { queue?: { cells: number } };
    this.builds++;
    this.cellsElsewhere += summary.queue?.cells ?? 0;
  }

  private startWorker(): void {
    const worker = this.trial.start(['worker', '--queue', this.server.url, '-j', '1', '--quiet']);
    worker.stdout.resume();
    worker.stderr.resume();
    this.workers.push(worker);
  }

  private async killWorker(): Promise<void> {
    const [worker] = this.workers.splice(this.random.below(this.workers.length), 1);
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
    this.startWorker();
  }

  private async killServer(): Promise<void> {
    await this.server.kill();
    await this.pass(this.random.next() * LONGEST_GONE_MS);
    await this.server.up();
  }

  private async cut(): Promise<void> {
    this.namespace?.cut();
    await this.pass(this.random.next() * LONGEST_CUT_MS);
    this.namespace?.mend();
  }

  private pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}
