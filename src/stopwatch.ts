/**
 * The clock for durations. It is that of `performance.now()`, which Node loads 2 ms of modules for when it is first used,
 * and which counts from another moment in each thread.
 */
export const stopwatch = {
  /** Milliseconds since a moment that is the same for all threads; never goes back. */
  now(): number {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  },
};
