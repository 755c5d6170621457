/** The most and the least frequent value in a list. */
import { DistinctValues } from './distinct.js';
import { compare } from './order.js';
import type { Value } from './value.js';

/** The value that occurs most often; the canonically least of several; undefined if there are no values. */
export function mostFrequent(values: readonly Value[]): Value | undefined {
  return extremeByCount(values, (count, best) => count > best);
}

/** The value that occurs least often; the canonically least of several; undefined if there are no values. */
export function leastFrequent(values: readonly Value[]): Value | undefined {
  return extremeByCount(values, (count, best) => count < best);
}

function extremeByCount(
  values: readonly Value[],
  beats: (count: number, best: number) => boolean,
): Value | undefined {
  const { distinct, counts } = occurrences(values);
  let best = 0;
  for (let k = 1; k < counts.length; k++) {
    const tied = counts[k] === counts[best];
    if (tied ? compare(distinct[k], distinct[best]) < 0 : beats(counts[k], counts[best])) best = k;
  }
  return distinct[best];
}

/** The distinct values in order of arrival, and how often each occurs. */
export function occurrences(values: readonly Value[]) {
  const table = new DistinctValues(values.length);
  const counts: number[] = [];
  for (const value of values) {
    const at = table.add(value);
    if (at === counts.length) counts.push(1);
    else counts[at]++;
  }
  return { distinct: table.values, counts };
}
