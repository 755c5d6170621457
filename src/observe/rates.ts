/** Rates, each computed in one place: docs/numbers.md says what they mean. */
import type { PhaseCounts } from '../store/tables/run-store.js';

/** Share of the steps that were hits, 0 to 1; null where there was no step. */
export function hitRate({ hits, misses }: Pick<PhaseCounts, 'hits' | 'misses'>): number | null {
  return hits + misses === 0 ? null : hits / (hits + misses);
}

/** Cells that ran a second of the time, in milliseconds, during which cells ran; null where none did. */
export function cellsPerSecond(cellsRun: number, runningMs: number): number | null {
  return cellsRun === 0 || runningMs <= 0 ? null : (1000 * cellsRun) / runningMs;
}
