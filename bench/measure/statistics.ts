/** Medians of repeated, alternating measurements. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs all measurements in turn, `repetitions` times (A B A B ...), so that what else the machine does meets them alike;
 * one round before is not counted. Returns the median of each.
 */
export function alternate(repetitions: number, measurements: readonly (() => number)[]): number[] {
  for (const measure of measurements) measure();
  const values: number[][] = measurements.map(() => []);
  for (let round = 0; round < repetitions; round++) {
    measurements.forEach((measure, k) => void values[k].push(measure()));
  }
  return values.map(median);
}
