/** Which samples of a task a page shows if there are thousands. */

/** At most this many samples of a task are drawn. */
export const MOST_SHOWN = 48;

/**
 * Indices of the samples that are shown, ascending. If not all fit, those that are known to be wrong have priority.
 */
export function shownSamples(matches: readonly (boolean | null)[]): number[] {
  const all = matches.map((_, k) => k);
  if (all.length <= MOST_SHOWN) return all;
  const isWrong = (k: number) => Number(matches[k] === false);
  return all
    .sort((a, b) => isWrong(b) - isWrong(a) || a - b)
    .slice(0, MOST_SHOWN)
    .sort((a, b) => a - b);
}
