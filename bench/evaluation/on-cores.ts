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

/** Tasks under way, of which one is not at a worker: see build/run/task-lanes.ts. */
function lanesOf(workers: number): number {
  return 3 * workers + 1;
}

/** Milliseconds from the first to the last. */
export function wallOnCores(build: RecordedBuild, cores: number, workers: number): number {
  return new OnCores(build, cores, workers).run();
}

class OnCores {
  private now = 0;
  private readonly busy = new Set<Actor>();
  /** What the main thread has to do, the first first: parts of tasks. */
  private readonly toDo: { readonly ms: number; readonly then: () => void }[] = [];
  private mainIsBusy = false;
  private readonly waiting: number[] = [];
  /** What idle workers have left of their warm-up. */
  private readonly idle: number[];
  private next = 0;
  private left: number;

  constructor(
    private readonly build: RecordedBuild,
    private readonly cores: number,
    private readonly workers: number,
  ) {
    this.left = build.tasks.length;
    this.idle = new Array<number>(workers).fill(build.warmUpMs);
  }

  run(): number {
    const { mainHelpersMs, workerHelpersMs, tasks } = this.build;
    const nothing = () => {};
    this.start(mainHelpersMs, nothing);
    for (let worker = 0; worker < this.workers; worker++) this.start(workerHelpersMs, nothing);
    for (let lane = 0; lane < Math.min(lanesOf(this.workers), tasks.length); lane++) this.begin();
    // What helpers still have to do when the last task is done, nobody waits for.
    while (this.left > 0) this.step();
    return this.now;
  }

  private step(): void {
    let first: Actor | null = null;
    for (const actor of this.busy) if (first === null || actor.left < first.left) first = actor;
    if (first === null) throw new Error('nothing is busy, and tasks are left');
    const rate = Math.min(1, this.cores / this.busy.size);
    const { left } = first;
    this.now += left / rate;
    for (const actor of this.busy) actor.left -= left;
    this.busy.delete(first);
    first.done();
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
      this.waiting.push(task);
      this.evaluate();
    });
  }

  private onMain(ms: number, then: () => void): void {
    this.toDo.push({ ms, then });
    this.nextOnMain();
  }

  private nextOnMain(): void {
    const next = this.mainIsBusy ? undefined : this.toDo.shift();
    if (next === undefined) return;
    this.mainIsBusy = true;
    this.start(next.ms, () => {
      this.mainIsBusy = false;
      next.then();
      this.nextOnMain();
    });
  }

  private evaluate(): void {
    while (this.idle.length > 0 && this.waiting.length > 0) {
      const debtMs = this.idle.shift() as number;
      const { evaluateMs, mainMs } = this.build.tasks[this.waiting.shift() as number];
      // Cold code takes twice as long, until it is warm.
      const warmingMs = Math.min(debtMs, evaluateMs);
      this.start(evaluateMs + warmingMs, () => {
        this.idle.push(debtMs - warmingMs);
        this.onMain(mainMs / 2, () => {
          this.left--;
          this.begin();
        });
        this.evaluate();
      });
    }
  }
}
