/** The share of each task in the work of a build, for progress and the estimate of the remaining time. */
import type { TaskState } from '../record/task-state.js';

/**
 * The shares of the tasks, from 0 to 1, with the sum 1. Half of the weight is the time that its steps took last time,
 * half is its number of cells (one program on one sample), because about half of the work is outside steps: keys,
 * messages, transactions. If a task's steps never ran, a cell is taken to need the time that the cells of other tasks
 * took.
 */
export function progressWeights(
  ids: readonly string[],
  states: ReadonlyMap<string, TaskState>,
  cellsOf: (id: string) => number,
): Map<string, number> {
  const cells = ids.map((id) => Math.max(1, states.get(id)?.cells ?? cellsOf(id)));
  const recorded = ids.map((id) => recordedMicros(states.get(id)));
  const isRecorded = (k: number) => recorded[k] > 0;
  const recordedCells = sum(cells.filter((_, k) => isRecorded(k)));
  const perCell = recordedCells === 0 ? 1 : sum(recorded) / recordedCells;
  const micros = cells.map((count, k) => (isRecorded(k) ? recorded[k] : count * perCell));
  const allCells = sum(cells);
  const allMicros = sum(micros);
  return new Map(ids.map((id, k) => [id, (cells[k] / allCells + micros[k] / allMicros) / 2]));
}

/** The time that all phases of a task took when they ran; 0 if they never did. */
export function recordedMicros(state: TaskState | undefined): number {
  return sum([...(state?.work.values() ?? [])].map(({ micros }) => micros));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
