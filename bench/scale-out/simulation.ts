/**
 * Simulates a build that is shared through a queue: a coordinator, which does everything except evaluation on one
 * thread, and any number of remote workers. It is a simulation of discrete events, in which all busy threads share
 * the cores.
 */
import type { Random } from '../workspace/random.js';

export interface Scenario {
  readonly cells: number;
  /** CPU time of evaluation for each cell. */
  readonly evaluateMs: number;
  /** CPU time of the coordinator's main thread for each cell: keys, store, scores, published files. */
  readonly coordinateMs: number;
  /** CPU time of the coordinator's own workers for each cell, besides evaluation: writing files. */
  readonly publishMs: number;
  /**
   * CPU time of the coordinator, and of a worker, for each job, besides evaluation: messages, bytes, the queue.
   */
  readonly jobMs: number;
  readonly workerJobMs: number;
  /** Additional time of a new worker for its first job, because its code is not optimized yet. */
  readonly warmUpMs: number;
  /** Round trip to Redis, from either side, in milliseconds. */
  readonly roundTripMs: number;
  /** Evaluation time of a job, in milliseconds. */
  readonly jobSizeMs: number;
  /** Number of remote workers; each answers one request at a time. */
  readonly workers: number;
  /** Number of worker threads on the coordinator's machine. */
  readonly own: number;
  /** Share of jobs that take `slowness` times as long, and of jobs whose worker dies. */
  readonly slow: number;
  readonly slowness: number;
  readonly dead: number;
  /** Number of cores for everything; Infinity if everything has a core of its own. */
  readonly cores: number;
  /** Number of coordinators; their tasks are disjoint. */
  readonly coordinators?: number;
}

export interface Simulated {
  readonly wallMs: number;
  /** The evaluation that all workers could have done in that time, and the share of it that they did. */
  readonly efficiency: number;
  /** Share of the time in which the coordinator's thread was busy. */
  readonly coordinatorBusy: number;
  /** Evaluation that was done twice, as a share. */
  readonly wasted: number;
}

/**
 * Time until another worker gets the job of a dead worker: its lock must expire, and somebody must notice it.
 */
const RECOVERY_MS = 6000;
/** If nothing waits, a job also runs locally after this time. */
const BACKUP_MS = 1000;
/** Number of jobs that are sent in advance for each worker. */
const AHEAD = 2;

interface Job {
  readonly ms: number;
  readonly cells: number;
  sentAt: number;
  answered: boolean;
  backedUp: boolean;
}

/** A resource that does one thing after another. */
interface Actor {
  left: number;
  done: (() => void) | null;
  isWarm?: true;
}

/** A queue of things that happen at a time. */
class Agenda {
  private readonly heap: { at: number; run: () => void }[] = [];

  get next(): number {
    return this.heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, run: () => void): void {
    const { heap } = this;
    let k = heap.push({ at, run }) - 1;
    while (k > 0) {
      const above = (k - 1) >> 1;
      if (heap[above].at <= heap[k].at) break;
      [heap[above], heap[k]] = [heap[k], heap[above]];
      k = above;
    }
  }

  take(): () => void {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop() as { at: number; run: () => void };
    if (heap.length > 0) {
      heap[0] = last;
      for (let k = 0; ; ) {
        let least = k;
        for (const below of [2 * k + 1, 2 * k + 2]) {
          if (below < heap.length && heap[below].at < heap[least].at) least = below;
        }
        if (least === k) break;
        [heap[least], heap[k]] = [heap[k], heap[least]];
        k = least;
      }
    }
    return first.run;
  }
}

/** Simulates one coordinator's share. */
export function simulate(given: Scenario, random: Random): Simulated {
  const { coordinators = 1 } = given;
  const s = { ...given, cells: given.cells / coordinators, workers: given.workers / coordinators };
  return new Simulation(s, random).run();
}

class Simulation {
  private now = 0;
  private readonly agenda = new Agenda();
  private readonly busy = new Set<Actor>();
  private readonly waiting: Job[] = [];
  /** The jobs in Redis. */
  private readonly queued: Job[] = [];
  private readonly out = new Set<Job>();
  private readonly idle: Actor[] = [];
  private readonly ownIdle: Actor[] = [];
  private readonly coordinator: Actor = { left: 0, done: null };
  private readonly toDo: { ms: number; then: () => void }[] = [];
  /** Work that only local workers do. */
  private readonly toPublish: number[] = [];
  private coordinated = 0;
  private evaluated = 0;
  private useful = 0;
  private left: number;

  constructor(
    private readonly s: Scenario,
    private readonly random: Random,
  ) {
    const cellsPerJob = Math.max(1, Math.round(s.jobSizeMs / s.evaluateMs));
    const jobs = Math.max(1, Math.ceil(s.cells / cellsPerJob));
    const cells = s.cells / jobs;
    for (let k = 0; k < jobs; k++) {
      // Within a factor of two around the mean, because tasks differ.
      const ms = cells * s.evaluateMs * (0.5 + this.random.next());
      this.waiting.push({ ms, cells, sentAt: 0, answered: false, backedUp: false });
    }
    this.left = jobs;
    for (let k = 0; k < Math.floor(s.workers); k++) this.idle.push({ left: 0, done: null });
    for (let k = 0; k < s.own; k++) this.ownIdle.push({ left: 0, done: null });
  }

  run(): Simulated {
    this.dispatch();
    while (this.left > 0 || this.toDo.length > 0 || this.coordinator.done !== null) this.step();
    const wallMs = this.now;
    const capacity = Math.min(this.s.cores, Math.floor(this.s.workers) + this.s.own) * wallMs;
    return {
      wallMs,
      efficiency: this.useful / capacity,
      coordinatorBusy: this.coordinated / wallMs,
      wasted: (this.evaluated - this.useful) / this.useful,
    };
  }

  /** Advances to the next end or arrival. */
  private step(): void {
    const rate = Math.min(1, this.s.cores / Math.max(1, this.busy.size));
    let first: Actor | null = null;
    for (const actor of this.busy) if (first === null || actor.left < first.left) first = actor;
    const endsAt = first === null ? Number.POSITIVE_INFINITY : this.now + first.left / rate;
    const at = Math.min(endsAt, this.agenda.next);
    const passed = (at - this.now) * rate;
    for (const actor of this.busy) actor.left -= passed;
    if (this.busy.has(this.coordinator)) this.coordinated += at - this.now;
    this.now = at;
    if (first !== null && endsAt <= this.agenda.next) {
      this.busy.delete(first);
      const { done } = first;
      first.done = null;
      done?.();
    } else this.agenda.take()();
  }

  private start(actor: Actor, ms: number, done: () => void): void {
    actor.left = ms;
    actor.done = done;
    this.busy.add(actor);
  }

  /** The coordinator's thread does one thing after another. */
  private coordinate(ms: number, then: () => void): void {
    this.toDo.push({ ms, then });
    if (this.coordinator.done === null) this.nextToDo();
  }

  private nextToDo(): void {
    const next = this.toDo.shift();
    if (next === undefined) return;
    this.start(this.coordinator, next.ms, () => {
      next.then();
      this.nextToDo();
    });
  }

  /** Gives jobs to local workers, then sends as many as remote workers take. */
  private dispatch(): void {
    while (this.ownIdle.length > 0 && this.toPublish.length > 0) {
      const actor = this.ownIdle.pop() as Actor;
      this.start(actor, this.toPublish.shift() as number, () => {
        this.ownIdle.push(actor);
        this.left--;
        this.dispatch();
      });
    }
    while (this.ownIdle.length > 0 && this.waiting.length > 0) {
      this.runHere(this.ownIdle.pop() as Actor, this.waiting.pop() as Job);
    }
    const most = AHEAD * Math.floor(this.s.workers);
    while (this.out.size < most && this.waiting.length > 0) this.send(this.waiting.pop() as Job);
    if (this.waiting.length > 0) return;
    for (const job of this.out) {
      if (this.ownIdle.length === 0) return;
      if (job.backedUp) continue;
      job.backedUp = true;
      const since = this.now - job.sentAt;
      this.agenda.add(this.now + Math.max(0, BACKUP_MS - since), () => {
        const actor = job.answered ? undefined : this.ownIdle.pop();
        if (actor !== undefined) this.runHere(actor, job);
      });
    }
  }

  private runHere(actor: Actor, job: Job): void {
    this.start(actor, job.ms, () => {
      this.ownIdle.push(actor);
      this.evaluated += job.ms;
      this.answer(job, 0);
      this.dispatch();
    });
  }

  private send(job: Job): void {
    job.sentAt = this.now;
    this.out.add(job);
    this.coordinate(this.s.jobMs / 2, () => {
      this.agenda.add(this.now + this.s.roundTripMs / 2, () => {
        this.queued.push(job);
        this.serve();
      });
    });
  }

  /** Workers take jobs from Redis. */
  private serve(): void {
    while (this.idle.length > 0 && this.queued.length > 0) {
      const actor = this.idle.pop() as Actor;
      const job = this.queued.shift() as Job;
      const slow = this.random.next() < this.s.slow ? this.s.slowness : 1;
      if (this.random.next() < this.s.dead) {
        // Its worker is replaced, and another has the job after a time.
        this.agenda.add(this.now + RECOVERY_MS, () => {
          this.idle.push(actor);
          this.queued.unshift(job);
          this.serve();
        });
        continue;
      }
      const warmUpMs = actor.isWarm ? 0 : this.s.warmUpMs;
      actor.isWarm = true;
      this.start(actor, job.ms * slow + this.s.workerJobMs + warmUpMs, () => {
        // The next job is fetched while this one runs, so only the latency of the answer remains.
        this.idle.push(actor);
        this.evaluated += job.ms;
        this.agenda.add(this.now + this.s.roundTripMs / 2, () => {
          this.out.delete(job);
          this.answer(job, this.s.jobMs / 2);
          this.dispatch();
        });
        this.serve();
      });
    }
  }

  private answer(job: Job, ms: number): void {
    if (job.answered) return;
    job.answered = true;
    this.out.delete(job);
    this.useful += job.ms;
    this.coordinate(ms + job.cells * this.s.coordinateMs, () => {
      this.toPublish.push(job.cells * this.s.publishMs);
      this.dispatch();
    });
  }
}
