/** Makes programs from source text, and evaluates them. */
import { type BatchAnswer, evaluateBatch, type TaskGrids } from '../../src/engine/batch.js';
import type { Budget } from '../../src/engine/node.js';
import { loadSource } from '../../src/lang/load.js';

export const AMPLE: Budget = { cost: 10_000_000, cells: 1_000_000 };

/** The encoded program that returns the expression `text`, over S, I and C. */
export function returning(text: string): Uint8Array {
  return defining(`return ${text}`);
}

/** The encoded program with these lines. */
export function defining(...lines: readonly string[]): Uint8Array {
  const source = ['def solve(S, I, C):', ...lines.map((line) => `    ${line}`), ''].join('\n');
  const { functions, diagnostics } = loadSource(Buffer.from(source), 'test');
  if (diagnostics.some(({ severity }) => severity !== 'note')) throw new Error(JSON.stringify(diagnostics));
  return functions[0].program;
}

/** All programs on all samples of the task. */
export function evaluateAll(
  grids: TaskGrids,
  programs: readonly Uint8Array[],
  budget: Budget = AMPLE,
  starting: (cell: number) => void = () => {},
): BatchAnswer {
  const cells = grids.inputs.flatMap((_, sample) => programs.map((_, program) => ({ sample, program })));
  return evaluateBatch(
    grids,
    {
      programs,
      cellPrograms: Int32Array.from(cells, ({ program }) => program),
      cellSamples: Int32Array.from(cells, ({ sample }) => sample),
      budget,
    },
    starting,
  );
}
