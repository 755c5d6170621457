/** The progress of a build, computed from its events, for the live line and for logs. */
import type { BuildEvent } from './event.js';
import { cellsPerSecond } from './rates.js';

export interface Progress {
  /** The latest activity (tasks run through their phases side by side), or that the build only waits. */
  readonly phase: string;
  /** Loaded files of solvers and differs, until the tasks are known; null before and after. */
  readonly files: { readonly done: number; readonly toDo: number } | null;
  /** Null until the dirty tasks are known. */
  readonly tasks: { readonly done: number; readonly toDo: number; readonly all: number } | null;
  /** Number of files that remain to be written after the last result; null before. */
  readonly placing: number | null;
  /** Steps found in the store. */
  readonly hits: number;
  /** Cells a second, of the time in which cells ran; null if none ran. */
  readonly cellsPerSecond: number | null;
  /** Number of busy workers, and of all workers. */
  readonly busy: number;
  readonly jobs: number;
  /** Unanswered requests to workers on other machines; null if there are no such workers. */
  readonly elsewhere: { readonly out: number; readonly slots: number; readonly machines: number } | null;
  /** Milliseconds since the build began. */
  readonly elapsedMs: number;
  /**
   * Estimated milliseconds until the end, at the rate of the last third of the time; null while no estimate is
   * possible.
   */
  readonly leftMs: number | null;
}

/** A rate needs at least this share of the work, from 0 to 1, and this many milliseconds. */
const LEAST_SHARE = 0.02;
const LEAST_MS = 2000;

/** The share of a task's work that is done when its cells are done; scoring and publishing are the rest. */
const CELLS_PART = 0.5;

/** Milliseconds between two recorded points of progress. */
const POINT_MS = 200;

interface RunningTask {
  readonly share: number;
  cells: number;
  done: number;
}

/** Reads the events of one build. */
export class ProgressReader {
  private readonly startedAt: number;
  private plannedAt: number | null = null;
  private phase = 'scan';
  private jobs = 0;
  private busy = 0;
  private elsewhere: Progress['elsewhere'] = null;
  private files: { done: number; readonly toDo: number } | null = null;
  private tasks: { done: number; readonly toDo: number; readonly all: number } | null = null;
  private placing: number | null = null;
  private hits = 0;
  private cells = 0;
  /** The tasks whose cells are running, the time since when some are, and the time for which some did before. */
  private readonly atCells = new Set<string>();
  private cellsSince = 0;
  private pastCellsMs = 0;
  /** Sum of the shares of the tasks that ended. */
  private share = 0;
  private readonly running = new Map<string, RunningTask>();
  /** By task: the process that works on it. */
  private readonly deferred = new Map<string, number>();
  /** Recorded progress by time; `before` is the last point before the last third of the time. */
  private readonly points: { readonly at: number; readonly share: number }[] = [];
  private before = 0;

  /** `now` gives milliseconds since any fixed moment and never goes back. */
  constructor(private readonly now: () => number) {
    this.startedAt = now();
  }

  read(event: BuildEvent): void {
    switch (event.type) {
      case 'started':
        this.jobs = event.jobs;
        break;
      case 'loading':
        this.files = { done: 0, toDo: event.files };
        break;
      case 'planned':
        this.files = null;
        this.tasks = { done: 0, toDo: event.dirtyTasks, all: event.tasks };
        this.plannedAt = this.now();
        this.points.push({ at: this.plannedAt, share: 0 });
        break;
      case 'looked-up':
        this.lookedUp(event);
        break;
      case 'ran':
        this.ran(event);
        break;
      case 'phase-ended':
        this.endCells(event);
        break;
      case 'worked':
        if (event.what === 'files') this.phase = 'publish';
        break;
      case 'placing':
        this.placing = event.files;
        this.phase = 'publish';
        break;
      case 'busy':
        this.busy = event.workers;
        break;
      case 'elsewhere': {
        const { out, slots, machines } = event;
        this.elsewhere = slots === 0 ? null : { out, slots, machines: machines.length };
        break;
      }
      case 'deferred':
        this.deferred.set(event.task, event.process);
        break;
      case 'task-started':
        this.running.set(event.task, { share: event.share, cells: 0, done: 0 });
        break;
      case 'task-ended':
        this.share += this.running.get(event.task)?.share ?? 0;
        this.running.delete(event.task);
        this.deferred.delete(event.task);
        if (this.tasks !== null) this.tasks.done++;
        break;
      default:
    }
  }

  private lookedUp({ phase, subject, hits, misses }: Extract<BuildEvent, { type: 'looked-up' }>): void {
    this.phase = phase;
    this.hits += hits;
    this.deferred.delete(subject);
    const task = this.running.get(subject);
    if (task !== undefined && phase === 'validate') {
      task.cells = hits + misses;
      task.done = hits;
      if (misses > 0) this.beginCells(subject);
    } else if (task === undefined && this.files !== null) this.files.done++;
  }

  private ran({ phase, subject, steps }: Extract<BuildEvent, { type: 'ran' }>): void {
    this.phase = phase;
    if (phase !== 'validate') return;
    this.cells += steps;
    const task = this.running.get(subject);
    if (task !== undefined) task.done += steps;
  }

  /** Cells of the task begin to run. */
  private beginCells(task: string): void {
    if (this.atCells.size === 0) this.cellsSince = this.now();
    this.atCells.add(task);
  }

  private endCells({ phase, subject }: Extract<BuildEvent, { type: 'phase-ended' }>): void {
    if (phase !== 'validate' || !this.atCells.delete(subject)) return;
    if (this.atCells.size === 0) this.pastCellsMs += this.now() - this.cellsSince;
  }

  /** Milliseconds during which cells ran. */
  private cellsMs(now: number): number {
    return this.pastCellsMs + (this.atCells.size > 0 ? now - this.cellsSince : 0);
  }

  progress(): Progress {
    const now = this.now();
    const { files, tasks, placing, hits, cells, busy, jobs, elsewhere, plannedAt } = this;
    const waitsFor = this.waitsFor();
    const phase = waitsFor === null ? this.phase : `waiting for process ${waitsFor}`;
    const share = this.shareDone();
    const elapsedMs = now - this.startedAt;
    const runningMs = plannedAt === null ? 0 : now - plannedAt;
    const isTelling = runningMs >= LEAST_MS && share >= LEAST_SHARE;
    const leftMs = isTelling && waitsFor === null ? this.leftMs(now, share) : null;
    const rate = cellsPerSecond(cells, this.cellsMs(now));
    const counts = { phase, files, tasks, placing, hits, cellsPerSecond: rate, busy, jobs, elsewhere };
    return { ...counts, elapsedMs, leftMs };
  }

  /**
   * The process that all remaining tasks wait for, or one of these processes; null while there is something to do.
   */
  private waitsFor(): number | null {
    const { deferred, running } = this;
    if (deferred.size === 0 || deferred.size < running.size) return null;
    const [process] = deferred.values();
    return process;
  }

  private shareDone(): number {
    let share = this.share;
    for (const { share: whole, cells, done } of this.running.values()) {
      // Rounds may add cells that were not announced.
      if (cells > 0) share += whole * CELLS_PART * Math.min(1, done / cells);
    }
    return Math.min(1, share);
  }

  /** The rate is not constant: caches and compilers are cold at first, and the machine has other work. */
  private leftMs(now: number, share: number): number | null {
    const { points } = this;
    if (now - points[points.length - 1].at >= POINT_MS) points.push({ at: now, share });
    const since = (points[0].at + 2 * now) / 3;
    while (this.before + 1 < points.length && points[this.before + 1].at <= since) this.before++;
    const { at, share: before } = points[this.before];
    return share > before ? ((1 - share) * (now - at)) / (share - before) : null;
  }
}
