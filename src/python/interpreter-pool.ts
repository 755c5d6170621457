/** A pool of interpreters. A request waits for a free interpreter; one that hangs or dies loses only its own request. */
import type { BatchAnswer, TaskGrids } from '../engine/batch.js';
import type { Lost, Reply } from '../engine/reply.js';
import { stopwatch } from '../stopwatch.js';
import { readWheels, type Wheel, type Wheels } from '../workspace/discovery/wheels.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';
import { InterpreterProcess } from './interpreter-process.js';
import { Kind, WireWriter } from './interpreter-wire.js';
import { CellEnds, cellsRequest, orderOf, type PythonBatch } from './python-cells.js';
import { type LoadedPython, loadedFrom, loadRequest, unloaded } from './python-file.js';

export interface InterpretersOptions {
  /** Maximum number of interpreters. */
  readonly jobs: number;
  /** An interpreter that finishes no cell for this many seconds is replaced. */
  readonly wallSeconds: number;
  /** The packages that programs may import besides the standard modules; absent if there are none. */
  readonly wheels?: Wheels;
}

/** A request to an interpreter; settled exactly once. */
interface Job {
  readonly kind: number;
  body(): Uint8Array;
  /** Handles a message; returns true if it was the last one. Throws if it is invalid. */
  take(message: Uint8Array, taken: Taken): boolean;
  lost(lost: Lost): void;
  /** When the request began to wait, on the stopwatch. */
  readonly since: number;
}

interface Taken {
  readonly at: number;
  readonly slot: number;
}

/** A start takes half a second; after this time it counts as failed. */
const START_MS = 120_000;

/** If a request waits longer than a start takes, another interpreter is started. */
const PATIENCE_MS = 600;

/** Maximum number of failed starts in a row. */
const START_ATTEMPTS = 2;

export class InterpreterPool {
  private readonly slots: Slot[] = [];
  private readonly waiting: Job[] = [];
  private failures = 0;
  private lastFailure = '';
  private isKilled = false;

  constructor(private readonly options: InterpretersOptions) {}

  /** Loads a file. The result also tells if no interpreter survives the file, or if none can be started (see `isLasting`). */
  load(source: Uint8Array, entry: string): Promise<LoadedPython> {
    return new Promise((resolve) => {
      this.enqueue({
        kind: Kind.load,
        since: stopwatch.now(),
        body: () => loadRequest(source, entry),
        take: (message, { at }) => {
          resolve({ ...loadedFrom(message, source), tookMs: stopwatch.now() - at });
          return true;
        },
        lost: (lost) => resolve({ ...unloaded(lost), tookMs: 0 }),
      });
    });
  }

  /** Runs cells. If the request is lost, `at` of the reply is the index of the cell at which it was lost. */
  run(grids: TaskGrids, batch: PythonBatch): Promise<Reply<BatchAnswer>> {
    return new Promise((resolve) => {
      const order = orderOf(batch);
      const ends = new CellEnds(order, batch.events);
      this.enqueue({
        kind: Kind.cells,
        since: stopwatch.now(),
        body: () => cellsRequest(grids, batch, order),
        take: (message, { at, slot }) => {
          if (!ends.isComplete) {
            ends.take(message);
            return false;
          }
          // After the last cell: CPU time in microseconds.
          const cpuMs = Buffer.from(message).readUInt32LE(0) / 1000;
          const wallMs = stopwatch.now() - at;
          const answer = ends.answer();
          resolve({ kind: 'answer', answer, busyMs: wallMs, cpuMs, takenAt: at, wallMs, slot });
          return true;
        },
        lost: (lost) => resolve({ ...lost, at: lost.reason === 'aborted' ? -1 : (order[ends.ended] ?? -1) }),
      });
    });
  }

  kill(): void {
    this.isKilled = true;
    for (const slot of this.slots) slot.kill();
    for (const job of this.waiting.splice(0)) job.lost(ABORTED);
  }

  /** Ends the interpreters; resolves when their processes have ended. */
  async close(): Promise<void> {
    this.kill();
    await Promise.all(this.slots.map(({ gone }) => gone));
  }

  private enqueue(job: Job): void {
    if (this.isKilled) {
      job.lost(ABORTED);
      return;
    }
    this.waiting.push(job);
    this.dispatch();
  }

  private dispatch(): void {
    if (this.isKilled) return;
    for (const slot of this.slots) {
      if (slot.state !== 'idle') continue;
      const job = this.waiting.shift();
      if (job === undefined) return;
      slot.give(job);
    }
    const [first] = this.waiting;
    if (first === undefined) return;
    const alive = this.slots.filter(({ state }) => state !== 'ended');
    if (alive.length === 0) this.start();
    else if (alive.length < this.options.jobs && alive.every(({ state }) => state === 'busy')) {
      const left = first.since + PATIENCE_MS - stopwatch.now();
      if (left <= 0) this.start();
      else setTimeout(() => this.dispatch(), left).unref();
    }
  }

  private start(): void {
    if (this.failures >= START_ATTEMPTS) {
      const detail = `no interpreter can be started: ${this.lastFailure}`;
      for (const job of this.waiting.splice(0)) job.lost({ kind: 'lost', reason: 'crashed', detail, at: -1 });
      return;
    }
    const { wheels, wallSeconds } = this.options;
    const offered = wheels === undefined ? [] : readWheels(wheels, nodeFileSystem);
    if (offered === null) {
      this.failures++;
      this.lastFailure = 'packages changed while it was being built';
      this.start();
      return;
    }
    this.slots.push(
      new Slot(this.slots.length, wallSeconds * 1000, offered, {
        changed: () => this.dispatch(),
        started: () => {
          this.failures = 0;
        },
        failed: (detail) => {
          this.failures++;
          this.lastFailure = detail;
        },
      }),
    );
  }
}

/** Encodes what an interpreter gets before it starts: names and contents of packages. */
function startRequest(wheels: readonly Wheel[]): Buffer {
  const writer = new WireWriter().number(wheels.length);
  for (const { name, content } of wheels) writer.text(name).bytes(content);
  return writer.finish();
}

interface SlotEvents {
  changed(): void;
  started(): void;
  failed(detail: string): void;
}

/** A slot of the pool: one interpreter, from its start to its end. */
class Slot {
  state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting';
  private job: Job | null = null;
  private timer: NodeJS.Timeout | null = null;
  private takenAt = 0;
  private readonly process: InterpreterProcess;
  /** Why the interpreter is being killed. */
  private reason: Lost['reason'] | null = null;

  constructor(
    private readonly index: number,
    private readonly wallMs: number,
    wheels: readonly Wheel[],
    private readonly events: SlotEvents,
  ) {
    this.process = new InterpreterProcess({
      message: (bytes) => this.message(bytes),
      ended: (detail) => this.ended(detail),
    });
    this.process.ask(Kind.start, startRequest(wheels));
    this.expectWithin(START_MS);
  }

  get gone(): Promise<void> {
    return this.process.gone;
  }

  give(job: Job): void {
    this.state = 'busy';
    this.job = job;
    this.takenAt = stopwatch.now();
    this.process.needed = true;
    this.process.ask(job.kind, job.body());
    this.expectWithin(this.wallMs);
  }

  kill(reason: Lost['reason'] = 'aborted'): void {
    this.reason ??= reason;
    this.process.kill();
  }

  private message(bytes: Uint8Array): void {
    if (this.state === 'starting') {
      this.events.started();
      this.rest();
      return;
    }
    if (this.job === null || this.reason !== null) return;
    try {
      if (this.job.take(bytes, { at: this.takenAt, slot: this.index })) {
        this.job = null;
        this.rest();
      } else this.expectWithin(this.wallMs);
    } catch {
      this.kill('crashed');
    }
  }

  private rest(): void {
    this.state = 'idle';
    if (this.timer !== null) clearTimeout(this.timer);
    this.process.needed = false;
    this.events.changed();
  }

  private expectWithin(milliseconds: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.kill('timeout'), milliseconds);
  }

  private ended(detail: string): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.state === 'starting' && this.reason !== 'aborted') this.events.failed(detail);
    this.state = 'ended';
    const { job, reason } = this;
    this.job = null;
    const told = reason === 'timeout' ? `it ended no cell for ${this.wallMs / 1000} s` : detail;
    job?.lost({ kind: 'lost', reason: reason ?? 'crashed', detail: told, at: -1 });
    this.events.changed();
  }
}

const ABORTED: Lost = { kind: 'lost', reason: 'aborted', detail: 'the interpreters were ended', at: -1 };
