/** The messages between the pool and its workers: calls, results, and the beacon. */

/** A call as the worker receives it. */
export interface CallMessage<Request, Context> {
  request: Request;
  /** The shared memory of the worker's beacon, see `Beacon`. */
  beacon: SharedArrayBuffer;
  /** The context of the call; `data` is only sent the first time that this worker gets `key`. */
  context: { key: string; fresh: false } | { key: string; fresh: true; data: Context } | null;
  /** The key of a context that the worker must drop, to stay within its limit. */
  forget: string | null;
}

/** The result of a call as the worker sends it back. */
export interface CallOutcome<Answer> {
  answer: Answer;
  /** Elapsed milliseconds in the worker's function. */
  busyMs: number;
  /** CPU time of the worker's thread in milliseconds; null if the platform does not tell. */
  cpuMs: number | null;
}

const PROGRESS = 0;
const POSITION = 1;
/** The position of a call that has not reported one. */
export const NO_POSITION = -1;
const UNRECEIVED = -2;

/**
 * The beacon: two shared words with which a worker shows its progress and position. They can be read while the worker
 * is stuck in a loop, and after its death. The pool writes them only while the worker has no call.
 */
export class Beacon {
  private readonly words: Int32Array;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(8)) {
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

  /** Pool: clears the beacon before a new call is sent. */
  reset(): void {
    this.at(UNRECEIVED);
  }

  /** Worker: the call arrived. */
  received(): void {
    this.at(NO_POSITION);
  }

  /** Pool: whether the call arrived; a worker may die before. */
  get wasReceived(): boolean {
    return Atomics.load(this.words, POSITION) !== UNRECEIVED;
  }

  /** Pool: the last position that the worker reported, or `NO_POSITION`. */
  get position(): number {
    return Math.max(NO_POSITION, Atomics.load(this.words, POSITION));
  }

  /** Pool: a number that changes whenever the worker makes progress. */
  get progress(): number {
    return Atomics.load(this.words, PROGRESS);
  }
}
