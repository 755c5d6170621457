/** Our programs in the dialect: each is recognised as such, and solves the public task in its name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Grid } from '../../src/dsl/value/value.js';
import { evaluateBatch, readOutcomes } from '../../src/engine/batch.js';
import { digestOutput, encodeOutput } from '../../src/engine/output.js';
import { loadSource } from '../../src/lang/load.js';
import { dialectOf, factsOf } from '../../src/lang/program/facts.js';
import { decodeProgram } from '../../src/lang/program/program.js';
import { SHARED } from '../dsl/shared-vectors.js';

const FOLDER = fileURLToPath(new URL('../../examples/arc/tokpidjin/', import.meta.url));
const TASKS = join(SHARED, 'arc', 'training');
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.py'));

interface Sample {
  readonly input: readonly (readonly number[])[];
  readonly output: readonly (readonly number[])[];
}

function gridOf(rows: Sample['input']): Grid {
  return new Grid(rows.length, rows[0].length, Int8Array.from(rows.flat()));
}

describe('our programs in the dialect', () => {
  it('are at least twenty', () => {
    expect(names.length).toBeGreaterThanOrEqual(20);
  });

  it.each(names)('%s is read in it', (name) => {
    const { functions, diagnostics } = loadSource(readFileSync(join(FOLDER, name)), name);
    expect(diagnostics).toEqual([]);
    expect(dialectOf(factsOf(decodeProgram(functions[functions.length - 1].program)))).toBe('tokpidjin');
  });

  it.for(names)('%s solves its task', (name, context) => {
    const file = join(TASKS, name.replace('.py', '.json'));
    if (!existsSync(file)) context.skip(`no tasks in ${TASKS}`);
    const { train, test } = JSON.parse(readFileSync(file, 'utf8')) as { train: Sample[]; test: Sample[] };
    const samples = [...train, ...test];
    const program = loadSource(readFileSync(join(FOLDER, name)), name).functions.at(-1)
      ?.program as Uint8Array;
    const batch = {
      programs: [program],
      cellPrograms: new Int32Array(samples.length),
      cellSamples: Int32Array.from(samples.keys()),
      budget: { cost: 20_000_000, cells: 4_000_000 },
    };
    const grids = { inputs: samples.map(({ input }) => gridOf(input)), demonstrations: [] };
    const outcomes = readOutcomes(evaluateBatch(grids, batch, () => {}));
    const expected = samples.map(({ output }) =>
      digestOutput(encodeOutput(gridOf(output))?.bytes as Uint8Array),
    );
    expect(outcomes.map(({ output }) => output)).toEqual(expected);
  });
});
