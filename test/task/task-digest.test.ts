import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Grid } from '../../src/dsl/value/value.js';
import { type Sample, samplesOf, type Task, type TaskId } from '../../src/task/task.js';
import { digestGrid, digestTask, HIDDEN } from '../../src/task/task-digest.js';

function grid(rows: number[][]): Grid {
  return new Grid(rows.length, rows[0].length, Int8Array.from(rows.flat()));
}

function task(train: Sample[], test: Sample[], id = 't'): Task {
  return { id: id as TaskId, files: [`${id}.json`], train, test, further: [] };
}

const ONE: Sample = { input: grid([[1]]), output: grid([[2]]) };
const TWO: Sample = { input: grid([[3, 4]]), output: grid([[5]]) };
const HIDDEN_TWO: Sample = { input: TWO.input, output: null };

describe('the digest of a grid', () => {
  it('is equal exactly for equal grids', () => {
    const rows = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
      .chain(([height, width]) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: width, maxLength: width }), {
          minLength: height,
          maxLength: height,
        }),
      );
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        expect(digestGrid(grid(a)) === digestGrid(grid(b))).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('tells shapes apart that hold the same cells', () => {
    const row = grid([[1, 1, 1, 1, 1, 1]]);
    const block = new Grid(2, 3, row.cells);
    expect(digestGrid(row)).not.toBe(digestGrid(block));
  });

  it('is 32 characters of one byte each, and never that of a hidden output', () => {
    expect(HIDDEN).toHaveLength(32);
    expect(digestGrid(ONE.input)).toHaveLength(32);
    expect([...digestGrid(ONE.input)].every((character) => character.charCodeAt(0) < 256)).toBe(true);
    expect(digestGrid(ONE.input)).not.toBe(HIDDEN);
  });
});

describe('the digests of a task', () => {
  it('follow the order of the samples: demo, then test, each counted from 0', () => {
    const mixed = task([ONE, TWO], [HIDDEN_TWO]);
    expect(samplesOf(mixed).map(({ kind, index }) => [kind, index])).toEqual([
      ['demo', 0],
      ['demo', 1],
      ['test', 0],
    ]);
    const digests = digestTask(mixed);
    expect(digests.inputs).toEqual([ONE, TWO, TWO].map((sample) => digestGrid(sample.input)));
    expect(digests.outputs).toEqual([digestGrid(ONE.output as Grid), digestGrid(TWO.output as Grid), HIDDEN]);
  });

  it('do not depend on the id or the file', () => {
    expect(digestTask(task([ONE], [TWO], 'a'))).toEqual(digestTask(task([ONE], [TWO], 'b')));
  });

  it('change the demo digest with a demo output, not with anything of a test sample', () => {
    const digests = digestTask(task([ONE], [TWO]));
    const { demo } = digests;
    expect(digestTask(task([ONE], [ONE, HIDDEN_TWO])).demo).toBe(demo);
    expect(digestTask(task([{ ...ONE, output: TWO.output }], [TWO])).demo).not.toBe(demo);
    expect(digestTask(task([{ ...ONE, input: TWO.input }], [TWO])).demo).not.toBe(demo);
    expect(digestTask(task([ONE, ONE], [TWO])).demo).not.toBe(demo);
  });

  it('change the digest of all samples when a sample moves from demo to test', () => {
    expect(digestTask(task([ONE, TWO], [TWO])).samples).not.toBe(digestTask(task([ONE], [TWO, TWO])).samples);
    expect(digestTask(task([ONE], [TWO])).samples).not.toBe(digestTask(task([ONE], [HIDDEN_TWO])).samples);
  });
});
