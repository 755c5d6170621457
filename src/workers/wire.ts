/** What crosses between the pool and its workers: the message of a call, its outcome, and the beacon. */

/** One call, as it reaches the worker. */
export interface CallMessage<Request, Context> {
  request: Request;
  /** The shared memory of the worker's beacon, see `Beacon`. */
  beacon: SharedArrayBuffer;
  /** The context of the call; `data` comes along only the first time that this worker meets `key`. */
  context: { key: string; fresh: false } | { key: string; fresh: true; data: Context } | null;
  /** The key of a context that the worker shall drop to keep within its bound. */
  forget: string | null;
}

/** What a call came to, as the worker sends it back. */
export interface CallOutcome<Answer> {
  answer: Answer;
  /** Milliseconds on the clock that the worker's function took. */
  busyMs: number;
  /** Milliseconds of the worker thread's own CPU time, null where the platform does not tell. */
  cpuMs: number | null;
}

const PROGRESS = 0;
const POSITION = 1;
/** The position of a call that has not said where it is. */
export const NO_POSITION = -1;
const UNRECEIVED = -2;

/**
 * Two shared words by which a worker shows that it lives, and where it is: they can be read while the worker is stuck
 * in a loop, and after it died. The pool writes them only while the worker has no call.
 */
export class Beacon {
  private readonly words: Int32Array;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.words = new Int32Array(memory);
  }

  /**
   * Worker: says that work on `position` (0 to 2^31 - 1, the caller gives it a meaning) begins or goes on. Costs about
   * ten nanoseconds, so call it often: silence is what a worker is killed for.
   */
  at(position: number): void {
    this.words[PROGRESS]++;
    // The atomic store also makes the plain one before it visible.
    Atomics.store(this.words, POSITION, position);
  }

  /** Pool: forgets the last call, before a new one is sent. */
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

  /** Pool: where the worker said it is, or `NO_POSITION`. */
  get position(): number {
    return Math.max(NO_POSITION, Atomics.load(this.words, POSITION));
  }

  /** Pool: a number that differs from the one of the last look when the worker has got further. */
  get progress(): number {
    return Atomics.load(this.words, PROGRESS);
  }
}
