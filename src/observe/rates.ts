/** Rates, each computed in one place; docs/numbers.md defines them. */
import type { PhaseCounts } from '../store/tables/run-store.js';

/** Share of the steps that were hits, from 0 to 1; null if there was no step. */
export function hitRate({ hits, misses }: Pick<PhaseCounts, 'hits' | 'misses'>): number | null {
  return hits + misses === 0 ? null : hits / (hits + misses);
}

/** Cells a second, of the milliseconds during which cells ran; null if none ran. */
export function cellsPerSecond(cellsRun: number, runningMs: number): number | null {
  return cellsRun === 0 || runningMs <= 0 ? null : (1000 * cellsRun) / runningMs;
}
