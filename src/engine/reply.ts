/** The result of a request to a worker or an interpreter. Times are in milliseconds. */
export type Reply<Answer> =
  | {
      readonly kind: 'answer';
      readonly answer: Answer;
      /** Elapsed time in the worker's function. */
      readonly busyMs: number;
      /**
       * CPU time of the worker, including messages; null if the platform does not tell (all but Linux). The time of a
       * thread is counted in ticks of up to 4 ms. A missing part is counted with the worker's next answer, so only
       * sums are exact.
       */
      readonly cpuMs: number | null;
      /** When the worker began with the request, on the pool's clock. */
      readonly takenAt: number;
      /** Elapsed time until the worker had ended with it; it has one request at a time. */
      readonly wallMs: number;
      /** Index of the slot, from 0; for a remote worker, of its own slot; -1 if the pool's own thread answered. */
      readonly slot: number;
      /** When the pool's own thread was at it; absent for workers. */
      readonly slices?: readonly Slice[];
      /** The remote worker that answered; absent for the pool's own workers. */
      readonly worker?: string;
    }
  | Lost;

/**
 * A request without an answer, because its worker was killed or died; the caller may isolate the cause and repeat. A
 * request that had not reached its worker yet is given to the next one instead, unless buffers were transferred with
 * it.
 */
export interface Lost {
  readonly kind: 'lost';
  /** `timeout`: no progress for too long; `crashed`: the worker ended; `aborted`: the pool was killed. */
  readonly reason: 'timeout' | 'crashed' | 'aborted';
  readonly detail: string;
  /** The last position that the worker reported during this request; -1 if none. */
  readonly at: number;
}

/** Some units of a request, done one after another. Times are on the pool's clock. */
export interface Slice {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly units: number;
}
