/** Each solver of the corpus ends as expected, within its memory, and prints as a text that loads back. */
import { describe, expect, it } from 'vitest';
import { ArrayWatch } from '../../bench/reliability/poison/allocations.js';
import { Judge } from '../../bench/reliability/poison/judge.js';
import { Grid } from '../../src/dsl/value/value.js';
import type { TaskGrids } from '../../src/engine/batch.js';
import { loadSource } from '../../src/lang/load.js';
import { encodeProgram, Op } from '../../src/lang/program/program.js';
import { POISON, textOf } from './corpus.js';

const BUDGET = { cost: 1_000_000, cells: 200_000 };
const GRIDS: TaskGrids = {
  inputs: [new Grid(3, 3, Int8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))],
  demonstrations: [],
};

describe('the corpus', () => {
  it.each(POISON)('$what: $ends', (poison) => {
    const bytes = Buffer.from(textOf(poison, 'solve'));
    const judge = new Judge();
    judge.watchingArrays(() => judge.text(bytes, GRIDS, BUDGET));
    const { functions, diagnostics } = loadSource(bytes, 'poison.py');
    const ends = functions.length === 0 ? diagnostics.map(({ code }) => code) : [...judge.endings.keys()];
    expect([...new Set(ends)]).toEqual([poison.ends]);
  });
});

describe('the judge', () => {
  it('finds a program that prints as another', () => {
    // The same node twice, which no canonical program has.
    const twice = encodeProgram({
      length: 3,
      ops: Uint8Array.of(Op.I, Op.I, Op.Tuple),
      data: new Float64Array(3),
      starts: Int32Array.of(0, 0, 0, 2),
      operands: Int32Array.of(0, 1),
    });
    expect(() => new Judge().programs([twice], GRIDS, BUDGET)).toThrow('prints as another program');
  });

  it('sees what is allocated beyond the budget', () => {
    const watch = new ArrayWatch();
    const made = new Int32Array(100_000);
    watch.stop();
    expect(watch.takeLongest()).toBe(made.length);
  });
});
