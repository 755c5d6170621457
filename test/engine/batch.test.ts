/** Batches: cells in their order, as bytes; a bug of battbuild affects one cell only. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Primitive } from '../../src/dsl/primitive.js';
import { primitiveNamed } from '../../src/dsl/table.js';
import { Grid, type Value } from '../../src/dsl/value/value.js';
import {
  decodeTaskGrids,
  encodeTaskGrids,
  evaluateBatch,
  readOutcomes,
  readOutputs,
  type TaskGrids,
} from '../../src/engine/batch.js';
import { SampleEvaluation } from '../../src/engine/evaluate.js';
import { rowsOfOutput } from '../../src/engine/output.js';
import { AMPLE, evaluateAll, returning } from './programs.js';
import { taskGrids } from './random-grids.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const gridOf = (...rows: number[][]) => new Grid(rows.length, rows[0].length, Int8Array.from(rows.flat()));

const GRIDS: TaskGrids = { inputs: [gridOf([1, 2], [3, 4]), gridOf([5, 6])], demonstrations: [] };

describe('the grids of a task', () => {
  it('are decoded as they were encoded', () => {
    fc.assert(
      fc.property(taskGrids, (grids) => {
        expect(decodeTaskGrids(encodeTaskGrids(grids))).toEqual(grids);
      }),
    );
  });

  it('that are cut off are damage', () => {
    const bytes = encodeTaskGrids(GRIDS);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeTaskGrids(bytes.subarray(0, length))).toThrow(RangeError);
    }
  });
});

describe('a batch', () => {
  it('answers cell by cell, in the order of the request', () => {
    const answer = evaluateAll(GRIDS, [
      returning('vmirror(I)'),
      returning('first(I)'),
      returning('rot180(I)'),
    ]);
    const outputs = readOutputs(answer);
    const answers = readOutcomes(answer).map(({ status, output }) =>
      output === '' ? status : rowsOfOutput(outputs.get(output) as Uint8Array),
    );
    expect(answers).toEqual([
      [
        [2, 1],
        [4, 3],
      ],
      'not-a-grid',
      [
        [4, 3],
        [2, 1],
      ],
      [[6, 5]],
      'not-a-grid',
      [[6, 5]],
    ]);
  });

  it('holds each output once', () => {
    const answer = evaluateAll(GRIDS, [
      returning('I'),
      returning('rot180(rot180(I))'),
      returning('hmirror(I)'),
    ]);
    expect(readOutcomes(answer)).toHaveLength(6);
    const outputs = readOutputs(answer);
    expect(outputs.size).toBe(3);
    // A digest of 16 bytes, a length of one, and the output.
    const bytes = [...outputs.values()].reduce((sum, output) => sum + 17 + output.length, 0);
    expect(answer.outputs).toHaveLength(bytes);
  });

  it('has dropped all values of a sample when its last program has run', () => {
    const forget = vi.spyOn(SampleEvaluation.prototype, 'forget');
    evaluateAll(GRIDS, [returning('rot90(I)'), returning('hconcat(I, divide(ONE, ZERO))'), returning('I')]);
    const evaluations = new Set(forget.mock.contexts as SampleEvaluation[]);
    expect(evaluations.size).toBe(2);
    for (const evaluation of evaluations) {
      const values: readonly Value[] = evaluation['values'];
      expect(values.filter((value) => value !== null)).toEqual([]);
    }
  });

  it('says which cell it begins, before it does', () => {
    const begun: number[] = [];
    const rot90 = vi.spyOn(primitiveNamed('rot90') as Primitive, 'run');
    const callsBefore: number[] = [];
    evaluateAll(GRIDS, [returning('rot90(I)'), returning('rot90(hmirror(I))')], AMPLE, (cell) => {
      begun.push(cell);
      callsBefore.push(rot90.mock.calls.length);
    });
    expect(begun).toEqual([0, 1, 2, 3]);
    expect(callsBefore).toEqual([0, 1, 2, 3]);
  });

  it('refuses programs of a sample that are not in ascending order: their values could be gone', () => {
    const programs = [returning('I'), returning('hmirror(I)')];
    const run = (cellPrograms: number[], cellSamples: number[]) =>
      evaluateBatch(
        GRIDS,
        {
          programs,
          cellPrograms: Int32Array.from(cellPrograms),
          cellSamples: Int32Array.from(cellSamples),
          budget: AMPLE,
        },
        () => {},
      );
    expect(() => run([1, 0], [0, 0])).toThrow('ascending');
    expect(() => run([0, 0], [0, 0])).toThrow('ascending');
    expect(readOutcomes(run([0, 1, 0], [0, 0, 1]))).toHaveLength(3);
    expect(readOutcomes(run([1, 0], [0, 1]))).toHaveLength(2);
  });
});

describe('an exception that is not the language\u2019s own', () => {
  const programs = [
    returning('rot90(I)'),
    returning('hmirror(I)'),
    returning('vmirror(rot90(I))'),
    returning('vmirror(I)'),
  ];

  function breakOnce(times: number): void {
    const rot90 = vi.spyOn(primitiveNamed('rot90') as Primitive, 'run');
    for (let n = 0; n < times; n++) {
      rot90.mockImplementationOnce(() => {
        throw new TypeError('it broke');
      });
    }
  }

  it('costs the cells that come to it, and no others', () => {
    const right = readOutcomes(evaluateAll(GRIDS, programs));
    breakOnce(100);
    const outcomes = readOutcomes(evaluateAll(GRIDS, programs));
    const crashed = {
      status: 'crashed',
      cost: 0,
      side: 0,
      output: '',
      error: 'bug in battbuild: it broke',
      node: -1,
    };
    expect(outcomes).toEqual(right.map((outcome, k) => (k % 2 === 0 ? crashed : outcome)));
  });

  it('costs a later cell nothing when it does not happen again', () => {
    const right = readOutcomes(evaluateAll(GRIDS, programs));
    breakOnce(1);
    const outcomes = readOutcomes(evaluateAll(GRIDS, programs));
    expect(outcomes[0].status).toBe('crashed');
    expect(outcomes.slice(1)).toEqual(right.slice(1));
  });
});
