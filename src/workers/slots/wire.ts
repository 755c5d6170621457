/** The messages between the pool and its workers: calls, results, and the beacon. */

/** A call as the worker receives it. */
export interface CallMessage<Request, Context> {
  request: Request;
  /** The shared memory of the worker's beacon, see `Beacon`. */
  beacon: SharedArrayBuffer;
  /** The number of this call, of all that this worker gets. */
  call: number;
  /** The context of the call; `data` is only sent the first time that this worker gets `key`. */
  context: { key: string; fresh: false } | { key: string; fresh: true; data: Context } | null;
  /** The key of a context that the worker must drop, to stay within its limit. */
  forget: string | null;
}

/** The result of a call as the worker sends it back; null if the call was withdrawn. */
export type CallOutcome<Answer> = AnsweredCall<Answer> | null;

export interface AnsweredCall<Answer> {
  answer: Answer;
  /** When the worker began, on the stopwatch. */
  startedAt: number;
  /** Elapsed milliseconds in the worker's function. */
  busyMs: number;
  /** CPU time of the worker's thread in milliseconds; null if the platform does not tell. */
  cpuMs: number | null;
}

const PROGRESS = 0;
const POSITION = 1;
/** By call, in a ring: what became of it. */
const MARKS = 2;

/** The position of a call that has not reported one. */
export const NO_POSITION = -1;

enum Mark {
  /** On its way to the worker, or waiting there for the call before it. */
  Sent,
  Begun,
  /** Taken back before the worker began with it: the worker passes over it. */
  Withdrawn,
}

/** Calls that a worker may have at once, among them those that were withdrawn, and those whose answers are on their way. */
export const MOST_CALLS = 64;

/**
 * The beacon: shared words with which a worker shows its progress and position, and with which both agree who has a call
 * that was sent ahead. They can be read while the worker is stuck in a loop, and after its death.
 */
export class Beacon {
  private readonly words: Int32Array;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(4 * (MARKS + MOST_CALLS))) {
    this.words = new Int32Array(memory);
  }

  /**
   * Worker: reports that work on `position` begins or continues (0 to 2^31 - 1; the caller defines its meaning). It
   * costs about ten nanoseconds, so call it often: a silent worker is killed.
   */
  at(position: number): void {
    this.words[PROGRESS]++;
    // The atomic store also makes the plain store before it visible.
    Atomics.store(this.words, POSITION, position);
  }

  /** Pool: the call with this number, counted from 0, is about to be sent. */
  send(call: number): void {
    Atomics.store(this.words, markOf(call), Mark.Sent);
  }

  /** Worker: begins the call; false if it was withdrawn. */
  begin(call: number): boolean {
    // First, so that a call that was begun never seems to be where the one before it was.
    this.at(NO_POSITION);
    return Atomics.compareExchange(this.words, markOf(call), Mark.Sent, Mark.Begun) === Mark.Sent;
  }

  /** Pool: takes the call back; false if the worker has begun it. */
  withdraw(call: number): boolean {
    return Atomics.compareExchange(this.words, markOf(call), Mark.Sent, Mark.Withdrawn) === Mark.Sent;
  }

  /** Pool: whether the worker has begun the call. */
  hasBegun(call: number): boolean {
    return Atomics.load(this.words, markOf(call)) === Mark.Begun;
  }

  /** Pool: the last position that the worker reported, or `NO_POSITION`. */
  get position(): number {
    return Atomics.load(this.words, POSITION);
  }

  /** Pool: a number that changes whenever the worker makes progress. */
  get progress(): number {
    return Atomics.load(this.words, PROGRESS);
  }
}

function markOf(call: number): number {
  return MARKS + (call % MOST_CALLS);
}
