/** "Did you mean ...?": finds the known word that is closest to an unknown one. */

/** Longer words are not compared: the cost of the distance is the product of the lengths. */
const LONGEST = 64;

/**
 * The candidate closest to `word` (the first of equally close ones), or null if none is close enough. At most a third
 * of the letters may differ (none in a word of one letter). A swap of neighbours counts as one difference, letter
 * case as none.
 */
export function closest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  const folded = word.toLowerCase();
  let best: string | null = null;
  let limit = Math.floor((word.length + 1) / 3);
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(folded, candidate.toLowerCase());
    if (distance > limit) continue;
    best = candidate;
    if (distance === 0) break;
    limit = distance - 1;
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment distance). */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, beforePrevious[j - 2] + 1);
      current.push(least);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length];
}
