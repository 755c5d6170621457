/** Which samples of a task a page shows if there are thousands, and a task's details with these samples only. */
import type { PackedGrid, TaskDetail } from './data.js';

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

/**
 * The details of a task for a page: with the samples that its best program gets wrong before others, and their grids.
 */
export function shownDetail(detail: TaskDetail): TaskDetail {
  const { samples, programs, outputs } = detail;
  if (samples.length <= MOST_SHOWN) return detail;
  const shown = shownSamples(samples.map((_, k) => programs[0]?.cells[k].match ?? null));
  const kept: (PackedGrid | null)[] = [];
  const indices = new Map<number, number>();
  const indexOf = (output: number): number => {
    const known = indices.get(output);
    if (known !== undefined) return known;
    indices.set(output, kept.length);
    return kept.push(outputs[output]) - 1;
  };
  return {
    ...detail,
    samples: shown.map((k) => samples[k]),
    moreSamples: samples.length - shown.length,
    programs: programs.map((program) => ({
      ...program,
      cells: shown.map((k) => {
        const cell = program.cells[k];
        return cell.output === null ? cell : { ...cell, output: indexOf(cell.output) };
      }),
    })),
    outputs: kept,
  };
}
