/** Which samples of a task are shown where it has thousands. */

/** Samples of a task that are drawn. */
export const MOST_SHOWN = 48;

/** Indices of the samples that are shown, ascending: where not all have room, those first that are known to be wrong. */
export function shownSamples(matches: readonly (boolean | null)[]): number[] {
  const all = matches.map((_, k) => k);
  if (all.length <= MOST_SHOWN) return all;
  const isWrong = (k: number) => Number(matches[k] === false);
  return all
    .sort((a, b) => isWrong(b) - isWrong(a) || a - b)
    .slice(0, MOST_SHOWN)
    .sort((a, b) => a - b);
}
