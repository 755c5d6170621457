/**
 * Processes that share a store and an output folder: a watch, builds of all tasks and of some, and one that is
 * killed. Whatever they do at the same time, no step runs twice, nothing is lost, and the published files are those
 * of a single process.
 */
import type { FailPoint } from '../../../src/fail-points.js';
import type { Random } from '../../workspace/random.js';
import { same } from '../same.js';
import type { Trial } from '../trial.js';
import { HeardProcess } from './heard-process.js';

/** Number of programs in a task's file that only one version of it has. */
const FRESH = 8;

/** Number of these that take as long as some processes need to start. */
const SLOW = 2;

/** Points at which a process holds something that others wait for. */
const ENDS: readonly FailPoint[] = [
  'steps computed',
  'steps in transaction',
  'steps stored',
  'names stored',
  'temporary made',
  'link in place',
  'stale file removed',
  'task in transaction',
];

export class Crowd {
  rounds = 0;
  /** Number of processes that were started; the watch counts once. */
  started = 1;
  killed = 0;
  /** Number of cells that all processes ran. */
  cells = 0;
  /** Number of tasks that a process postponed because another was building them. */
  deferred = 0;
  private readonly watch: HeardProcess;

  /** `size`: number of simultaneous processes including the watch; at least 3. */
  constructor(
    private readonly trial: Trial,
    private readonly size: number,
    private readonly random: Random,
  ) {
    trial.writeVersion(0, FRESH, SLOW);
    this.watch = new HeardProcess(['watch', '--json', '-j', '2'], trial);
  }

  /** Throws if any invariant is violated. */
  async round(): Promise<void> {
    const { trial, watch } = this;
    if (this.rounds++ === 0) await watch.until('waiting', 1);
    const before = trial.stored().cells.size;
    const ranBefore = watch.cellsRun;
    const deferredBefore = watch.count('deferred');
    const changes = watch.count('changed') + 1;
    trial.writeVersion(this.rounds, FRESH, SLOW);
    const victim = this.begin(0);
    // Slightly earlier, so that it holds what the others need.
    await victim.until('loading', 1);
    const others = Array.from({ length: this.size - 2 }, (_, k) => this.begin(k + 1));
    const builds = [victim, ...others];
    // Others may have done all of its work.
    const victimEnd = await victim.ended;
    if (victimEnd === 'SIGKILL') this.killed++;
    else same(`end of ${victim.args.join(' ')}`, [victimEnd, victim.said], [0, '']);
    for (const build of others)
      same(`end of ${build.args.join(' ')}`, [await build.ended, build.said], [0, '']);
    await watch.untilIdleAfter(changes);
    same('what the watch said', watch.said, '');

    const stored = trial.stored();
    const ran = builds.reduce((sum, build) => sum + build.cellsRun, watch.cellsRun - ranBefore);
    // A killed process cannot report what it committed in its last moment.
    if (victimEnd === 'SIGKILL')
      same('more cells ran than were stored', ran > stored.cells.size - before, false);
    else same('cells that ran', ran, stored.cells.size - before);
    same('steps that were stored twice', stored.repeated, 0);
    const published = trial.filesIn('out');
    const clean = await trial.cleanState();
    same('published files', published, trial.filesIn('clean-out'));
    same('cells that nobody ran', (await trial.build()).cellsRun, 0);
    same('results', trial.state(), clean);
    same('problems of the store', trial.problems(), []);
    this.cells += stored.cells.size - before;
    this.deferred += builds.reduce((sum, build) => sum + build.count('deferred'), 0);
    this.deferred += watch.count('deferred') - deferredBefore;
  }

  async end(): Promise<void> {
    this.watch.interrupt();
    await this.watch.ended;
  }

  /** The first is to be killed, the second builds everything, the others build random selections. */
  private begin(k: number): HeardProcess {
    const { random, trial } = this;
    this.started++;
    const isPart = k > 1 && random.chance(0.6);
    const tasks = isPart ? trial.ids.filter(() => random.chance(0.5)).flatMap((id) => ['-i', id]) : [];
    const end = k > 0 ? null : { point: random.pick(ENDS), times: 1 + random.below(3) };
    return new HeardProcess(['build', '--json', '-j', '2', ...tasks], trial, end);
  }
}
