/** Medians of repeated, alternating measurements. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Returns what it measured: milliseconds mostly. */
export type Measurement = () => number | Promise<number>;

/**
 * Runs all measurements in turn, `repetitions` times (A B A B ...), so that what else the machine does meets them alike;
 * one round before is not counted. Returns the median of each.
 */
export async function alternate(
  repetitions: number,
  measurements: readonly Measurement[],
): Promise<number[]> {
  for (const measure of measurements) await measure();
  const values: number[][] = measurements.map(() => []);
  for (let round = 0; round < repetitions; round++) {
    for (const [k, measure] of measurements.entries()) values[k].push(await measure());
  }
  return values.map(median);
}

/** Milliseconds of wall time until `body` is done. */
export async function timed(body: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await body();
  return performance.now() - startedAt;
}
