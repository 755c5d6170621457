/** How the work of a build is shared out among its tasks: what progress and the time left are reckoned by. */
import type { TaskState } from '../record/task-state.js';

/**
 * The share of each task, 0 to 1, all together 1: half of it by what its steps took last time, half by its cells (one
 * program on one sample), since about half of the work is not in steps: keys, messages, transactions. Steps of a task
 * that never ran take, a cell, what those of the others took.
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

/** What all phases of a task took when they ran; 0 for a task that never did. */
export function recordedMicros(state: TaskState | undefined): number {
  return sum([...(state?.work.values() ?? [])].map(({ micros }) => micros));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
