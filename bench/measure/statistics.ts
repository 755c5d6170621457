/** Medians of repeated, alternating measurements. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Returns the measured value, usually in milliseconds. */
export type Measurement = () => number | Promise<number>;

/**
 * Runs all measurements alternately, `repetitions` times (A B A B ...), so that other work of the machine affects
 * them equally. `uncounted` rounds are run before. Returns the median of each.
 */
export async function alternate(
  repetitions: number,
  measurements: readonly Measurement[],
  uncounted = 1,
): Promise<number[]> {
  const values: number[][] = measurements.map(() => []);
  for (let round = -uncounted; round < repetitions; round++) {
    for (const [k, measure] of measurements.entries()) {
      const value = await measure();
      if (round >= 0) values[k].push(value);
    }
  }
  return values.map(median);
}

/** Wall time of `body` in milliseconds. */
export async function timed(body: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await body();
  return performance.now() - startedAt;
}
