/**
 * Chooses which task is built next: the longest first, several at once, and last those that another process is
 * building.
 */
import type { Claim } from '../inputs/claim.js';
import type { TaskState } from '../record/task-state.js';
import type { Leases } from './leases.js';
import { progressWeights, recordedMicros } from './progress-weights.js';
import { Interrupted, type Run } from './run-phases.js';

export interface TaskLanesOptions {
  readonly run: Run;
  readonly leases: Leases;
  /** Worker threads. */
  readonly jobs: number;
  /** Number of cells of a task, as far as it is known before the task is built. */
  cellsOf(id: string): number;
  /** Recorded states by task. */
  readonly states: ReadonlyMap<string, TaskState>;
  /**
   * Builds a task; `claim` is called before the first step that must run, `evaluated` when nothing is left to do but to
   * place its files.
   */
  build(id: string, claim: Claim, evaluated: () => void): Promise<void>;
  /** Called when no task can begin now. */
  idle(): void;
}

/** A job for another machine contains requests of several tasks, and the next job should be ready when it is done. */
const LANES_PER_SLOT = 16;

/** Every task under way takes memory. */
const MOST_LANES = 256;

export class TaskLanes {
  /** Tasks that no lane has started. */
  private waiting: string[] = [];
  /** Number of requests that workers on other machines answer at once. */
  private elsewhere = 0;
  /** Opens the lanes that are missing. */
  private open: () => void = () => {};

  constructor(private readonly given: TaskLanesOptions) {}

  /**
   * Several tasks are built at once, so that workers have work while the main thread looks up steps and publishes. A
   * task that another process is building waits aside while other tasks are built. Throws Interrupted if the build is
   * stopped.
   */
  async run(ids: readonly string[]): Promise<void> {
    const { run, states, jobs } = this.given;
    this.waiting = this.inOrder(ids);
    run.shared?.expectTasks(this.waiting);
    const weights = progressWeights(ids, states, (id) => this.given.cellsOf(id));
    const deferred: Promise<void>[] = [];
    const failures: unknown[] = [];
    const lane = async () => {
      for (let id = this.waiting.shift(); id !== undefined; id = this.waiting.shift()) {
        if (run.signal.aborted) throw new Interrupted();
        run.emit({ type: 'task-started', task: id, share: weights.get(id) ?? 0 });
        await this.untilDeferred(id, deferred);
      }
    };
    const lanes = new Set<Promise<void>>();
    const openTo = (most: number) => {
      while (lanes.size < Math.min(most, ids.length) && this.waiting.length > 0) {
        const opened = lane()
          .catch((error) => void failures.push(error))
          .finally(() => lanes.delete(opened));
        lanes.add(opened);
      }
    };
    this.open = () => openTo(this.most(jobs));
    // Some at a time, so that the first tasks are with a worker before the others are prepared.
    const openMore = (count: number) => {
      openTo(Math.min(count, this.most(jobs)));
      if (count < this.most(jobs) && this.waiting.length > 0) setImmediate(() => openMore(2 * count));
    };
    openMore(1);
    // Lanes may be opened while others end.
    while (lanes.size > 0) await Promise.all(lanes);
    this.open = () => {};
    this.given.idle();
    const settled = await Promise.allSettled(deferred);
    for (const one of settled) if (one.status === 'rejected') failures.push(one.reason);
    if (failures.length > 0) throw failures[0];
  }

  /** Workers on other machines answer this many requests at once. More tasks must be built at once to keep them busy. */
  widen(slots: number): void {
    this.elsewhere = slots;
    this.open();
  }

  private most(jobs: number): number {
    // Of each worker, one task is evaluated and several are there already or wait here; one more is looked up or published.
    const own = 16 * jobs + 1;
    return Math.max(own, Math.min(MOST_LANES, own + LANES_PER_SLOT * this.elsewhere));
  }

  /** Releases the lease of a finished task and takes that of the next one, in the open transaction. */
  passLease(id: string): void {
    this.given.leases.pass(leaseOf(id), this.waiting.length > 0 ? leaseOf(this.waiting[0]) : null);
  }

  /**
   * Builds a task. Resolves when it is built, when it waits for another process, or when only its files are to be
   * placed; in the latter cases it is added to `deferred`.
   */
  private async untilDeferred(id: string, deferred: Promise<void>[]): Promise<void> {
    const { run, leases } = this.given;
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        deferred.push(built);
        resolve();
      };
      const evaluated = () => {
        // Its files may wait for long, and the next tasks can be fetched.
        run.shared?.taskFinished(id);
        leave();
      };
      const defer = (process: number) => {
        run.emit({ type: 'deferred', task: id, process });
        leave();
      };
      const built = this.given
        .build(id, () => leases.hold(leaseOf(id), defer), evaluated)
        .finally(() => {
          run.shared?.taskFinished(id);
          leases.release(leaseOf(id));
        });
      built.then(() => run.emit({ type: 'task-ended', task: id })).then(resolve, reject);
    });
  }

  /** Tasks without a recorded time first, then the longest first, so that no worker finishes late. */
  private inOrder(ids: readonly string[]): string[] {
    const cost = (id: string) => recordedMicros(this.given.states.get(id)) || Number.POSITIVE_INFINITY;
    return [...ids].sort((a, b) => {
      const difference = cost(b) - cost(a);
      return difference > 0 ? 1 : difference < 0 ? -1 : 0;
    });
  }
}

/**
 * The name of a task's lease. Processes with other programs for the same task take turns; so do processes that
 * publish it.
 */
function leaseOf(task: string): string {
  return `task ${task}`;
}
