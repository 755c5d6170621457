/**
 * Simulates a recorded build on another number of cores, with another number of workers. Whatever is busy shares the cores
 * equally: the main thread, the workers, and V8's helpers of each of them.
 */

export interface RecordedBuild {
  /** By task, in order: what evaluating it took, and what the main thread took for it; CPU milliseconds, of warm code. */
  readonly tasks: readonly { readonly evaluateMs: number; readonly mainMs: number }[];
  /** What a worker takes more, all in all, because its code is not optimized at first. */
  readonly warmUpMs: number;
  /** What V8's helpers take for the main thread, and for each worker. */
  readonly mainHelpersMs: number;
  readonly workerHelpersMs: number;
}

/** Something that does one thing after another. */
interface Actor {
  left: number;
  done: () => void;
}

/** A machine, and how a build uses it. */
export interface Use {
  readonly cores: number;
  readonly workers: number;
  /** Number of workers that are there at first; others are started when tasks wait long. */
  readonly atFirst: number;
  /** Whether the main thread evaluates, too, while much work waits and it has nothing else to do. */
  readonly mainHelps: boolean;
}

/** Tasks under way, of which one is not at a worker: see build/run/task-lanes.ts. */
function lanesOf(workers: number): number {
  return 16 * workers + 1;
}

/** So long a task waits before a worker is started for it, and so long that takes: see workers/pool.ts. */
const PATIENCE_MS = 1000;
const START_MS = 70;

/** So much work must wait before the main thread helps: see workers/pool.ts. */
const HELP_MS = 2000;

/** So long the main thread evaluates before it looks for other work: see workers/slots/main-thread.ts. */
const SLICE_MS = 15;

const nothing = () => {};

/** Milliseconds from the first to the last. */
export function wallOnCores(build: RecordedBuild, use: Use): number {
  return new OnCores(build, use).run();
}

/** Evaluation of a task by the main thread. */
interface OwnWork {
  leftMs: number;
  readonly mainMs: number;
}

class OnCores {
  private now = 0;
  private readonly busy = new Set<Actor>();
  /** What the main thread has to do, the first first: parts of tasks. */
  private readonly toDo: { readonly ms: number; readonly then: () => void }[] = [];
  private mainIsBusy = false;
  private own: OwnWork | null = null;
  private hasHelped = false;
  /** What the main thread has left of its warm-up. */
  private ownDebtMs: number;
  private readonly waiting: { readonly task: number; readonly since: number }[] = [];
  /** Workers that are there, and whether one is being started. */
  private live: number;
  private isStarting = false;
  /** What idle workers have left of their warm-up. */
  private readonly idle: number[];
  private next = 0;
  private left: number;

  constructor(
    private readonly build: RecordedBuild,
    private readonly use: Use,
  ) {
    this.left = build.tasks.length;
    this.live = use.atFirst;
    this.idle = new Array<number>(this.live).fill(build.warmUpMs);
    this.ownDebtMs = build.warmUpMs;
  }

  run(): number {
    const { mainHelpersMs, workerHelpersMs, tasks } = this.build;
    const { workers } = this.use;
    this.start(mainHelpersMs, nothing);
    for (let k = 0; k < this.live; k++) this.start(workerHelpersMs, nothing);
    for (let lane = 0; lane < Math.min(lanesOf(workers), tasks.length); lane++) this.begin();
    // What helpers still have to do when the last task is done, nobody waits for.
    while (this.left > 0) this.step();
    return this.now;
  }

  private step(): void {
    let first: Actor | null = null;
    for (const actor of this.busy) if (first === null || actor.left < first.left) first = actor;
    if (first === null) throw new Error('nothing is busy, and tasks are left');
    const rate = Math.min(1, this.use.cores / this.busy.size);
    const { left } = first;
    this.now += left / rate;
    for (const actor of this.busy) actor.left -= left;
    this.busy.delete(first);
    first.done();
    this.grow();
  }

  private grow(): void {
    const since = this.waiting.at(0)?.since ?? this.now;
    if (this.isStarting || this.live === this.use.workers || this.now - since < PATIENCE_MS) return;
    this.isStarting = true;
    this.start(START_MS, () => {
      this.isStarting = false;
      this.live++;
      this.idle.push(this.build.warmUpMs);
      this.start(this.build.workerHelpersMs, nothing);
      this.evaluate();
    });
  }

  private start(ms: number, done: () => void): void {
    this.busy.add({ left: ms, done });
  }

  /** A task goes through the main thread, a worker, and the main thread again. */
  private begin(): void {
    const task = this.next++;
    if (task >= this.build.tasks.length) return;
    const half = this.build.tasks[task].mainMs / 2;
    this.onMain(half, () => {
      this.waiting.push({ task, since: this.now });
      this.evaluate();
    });
  }

  private onMain(ms: number, then: () => void): void {
    this.toDo.push({ ms, then });
    this.nextOnMain();
  }

  private nextOnMain(): void {
    if (this.mainIsBusy) return;
    const next = this.toDo.shift() ?? this.slice();
    if (next === null) return;
    this.mainIsBusy = true;
    this.start(next.ms, () => {
      this.mainIsBusy = false;
      next.then();
      this.nextOnMain();
    });
  }

  /** What the main thread evaluates now: of a task that no worker is at. */
  private slice(): { readonly ms: number; readonly then: () => void } | null {
    if (!this.use.mainHelps) return null;
    if (this.own === null && this.waitingMs() < HELP_MS) return null;
    this.own ??= this.takeOwn();
    const { own } = this;
    if (own === null) return null;
    const ms = Math.min(SLICE_MS, own.leftMs);
    const then = () => {
      own.leftMs -= ms;
      if (own.leftMs > 0) return;
      this.own = null;
      this.evaluated(own.mainMs);
    };
    return { ms, then };
  }

  private waitingMs(): number {
    return this.waiting.reduce((sum, { task }) => sum + this.build.tasks[task].evaluateMs, 0);
  }

  private takeOwn(): OwnWork | null {
    const next = this.waiting.shift();
    if (next === undefined) return null;
    if (!this.hasHelped) this.start(this.build.workerHelpersMs, nothing);
    this.hasHelped = true;
    const { evaluateMs, mainMs } = this.build.tasks[next.task];
    const warmingMs = Math.min(this.ownDebtMs, evaluateMs);
    this.ownDebtMs -= warmingMs;
    return { leftMs: evaluateMs + warmingMs, mainMs };
  }

  private evaluated(mainMs: number): void {
    this.onMain(mainMs / 2, () => {
      this.left--;
      this.begin();
    });
  }

  private evaluate(): void {
    while (this.idle.length > 0) {
      const next = this.waiting.shift();
      if (next === undefined) break;
      const debtMs = this.idle.shift() as number;
      const { evaluateMs, mainMs } = this.build.tasks[next.task];
      // Cold code takes twice as long, until it is warm.
      const warmingMs = Math.min(debtMs, evaluateMs);
      this.start(evaluateMs + warmingMs, () => {
        this.idle.push(debtMs - warmingMs);
        this.evaluated(mainMs);
        this.evaluate();
      });
    }
    this.nextOnMain();
  }
}
