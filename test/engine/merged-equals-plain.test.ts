/** The merged evaluation gives every cell the plain evaluator's outcome, whatever programs are merged. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeTaskGrids,
  demonstrationsOf,
  encodeTaskGrids,
  evaluateBatch,
  readOutcomes,
  readOutputs,
  type TaskGrids,
} from '../../src/engine/batch.js';
import { MergedGraph } from '../../src/engine/merge.js';
import type { Budget } from '../../src/engine/node.js';
import type { Outcome } from '../../src/engine/outcome.js';
import { evaluatePlainly } from '../../src/engine/plain.js';
import { decodeProgram, Op } from '../../src/lang/program/program.js';
import { taskGrids } from './random-grids.js';
import { relatedPrograms } from './random-programs.js';

interface Case {
  readonly grids: TaskGrids;
  readonly programs: readonly Uint8Array[];
  /** Which programs run on which sample: bit p of the number for the sample. */
  readonly masks: readonly number[];
  readonly budget: Budget;
}

const limit = fc.oneof(
  { weight: 3, arbitrary: fc.constant(1_000_000) },
  fc.integer({ min: 0, max: 60 }),
  fc.integer({ min: 0, max: 2000 }),
);

const anyCase: fc.Arbitrary<Case> = fc.record({
  grids: taskGrids,
  programs: relatedPrograms,
  masks: fc.array(fc.oneof(fc.constant(0xffff), fc.nat(0xffff)), { minLength: 3, maxLength: 3 }),
  budget: fc.record({ cost: limit, cells: limit }),
});

interface Cell {
  readonly outcome: Outcome;
  /** The outputs that the outcome refers to. */
  readonly bytes: string | null;
}

/** Fresh values for every evaluation, because values cache results. */
function copyOf(grids: TaskGrids): TaskGrids {
  return decodeTaskGrids(encodeTaskGrids(grids));
}

function plainCell({ grids, programs, budget }: Case, program: number, sample: number): Cell {
  const copy = copyOf(grids);
  let bytes: string | null = null;
  const outcome = evaluatePlainly(
    decodeProgram(programs[program]),
    { I: copy.inputs[sample], S: demonstrationsOf(copy), C: null },
    budget,
    (digest, output) => {
      bytes = `${Buffer.from(digest, 'latin1').toString('hex')} ${Buffer.from(output.bytes).toString('hex')}`;
    },
  );
  return { outcome, bytes };
}

/** The cells of a case, by sample and program. */
function cellsOf({ grids, programs, masks }: Case): { sample: number; program: number }[] {
  return grids.inputs.flatMap((_, sample) =>
    programs.flatMap((_, program) => (masks[sample] & (1 << program) ? [{ sample, program }] : [])),
  );
}

function mergedCells(one: Case): { cells: Cell[]; kept: number; named: number } {
  const cells = cellsOf(one);
  const answer = evaluateBatch(
    copyOf(one.grids),
    {
      programs: one.programs,
      cellPrograms: Int32Array.from(cells, ({ program }) => program),
      cellSamples: Int32Array.from(cells, ({ sample }) => sample),
      budget: one.budget,
    },
    () => {},
  );
  const outputs = readOutputs(answer);
  const outcomes = readOutcomes(answer);
  const named = new Set(outcomes.flatMap(({ output }) => (output === '' ? [] : [output])));
  return {
    kept: outputs.size,
    named: named.size,
    cells: outcomes.map((outcome) => {
      const kept = outcome.output === '' ? undefined : outputs.get(outcome.output);
      const digest = Buffer.from(outcome.output, 'latin1').toString('hex');
      return {
        outcome,
        bytes: kept === undefined ? null : `${digest} ${Buffer.from(kept).toString('hex')}`,
      };
    }),
  };
}

describe('a merged evaluation', () => {
  it('gives every cell the status, cost, error, node and output of the plain one', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { cells, kept, named } = mergedCells(one);
        expect(cells).toEqual(cellsOf(one).map(({ program, sample }) => plainCell(one, program, sample)));
        // Each output once, and only outputs that an outcome refers to.
        expect(kept).toBe(named);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the programs', () => {
    fc.assert(
      fc.property(anyCase, fc.infiniteStream(fc.nat(1000)), (one, numbers) => {
        const whole = { ...one, masks: one.masks.map(() => 0xffff) };
        const order = whole.programs
          .map((_, program) => ({ program, at: numbers.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ program }) => program);
        const moved = { ...whole, programs: order.map((program) => whole.programs[program]) };
        const first = mergedCells(whole).cells;
        const second = mergedCells(moved).cells;
        const count = order.length;
        second.forEach((cell, k) => {
          const sample = Math.floor(k / count);
          expect(cell).toEqual(first[sample * count + order[k % count]]);
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('the random cases', () => {
  // A fixed seed: the following checks concern the cases, not chance.
  const cases = fc.sample(anyCase, { numRuns: 500, seed: 20240506 });
  const plain = cases.flatMap((one) =>
    cellsOf(one).map(({ program, sample }) => ({ one, program, sample, ...plainCell(one, program, sample) })),
  );

  it('come to every outcome that a program can have', () => {
    const counts = new Map<string, number>();
    for (const { outcome } of plain) {
      const { status, error, side } = outcome;
      const detail =
        status === 'error'
          ? (error as string).split(':')[0]
          : status === 'ok' && (side === 0 || side > 30)
            ? 'invalid'
            : '';
      const name = `${status} ${detail}`.trim();
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const classes = ['type', 'index', 'value', 'empty', 'stop', 'zero'].map((name) => `error ${name}`);
    const expected = ['ok', 'ok invalid', 'not-a-grid', 'over-budget', ...classes];
    expect(expected.filter((name) => (counts.get(name) ?? 0) < 5)).toEqual([]);
    expect([...counts.keys()].sort()).toEqual(expected.sort());
  });

  it('go over each of the limits', () => {
    const AMPLE = 1_000_000_000;
    const over = plain.filter(({ outcome }) => outcome.status === 'over-budget');
    const stillOver = (limits: (budget: Budget) => Budget) =>
      over.filter(({ one, program, sample }) => {
        const { outcome } = plainCell({ ...one, budget: limits(one.budget) }, program, sample);
        return outcome.status === 'over-budget';
      }).length;
    expect(stillOver(({ cost }) => ({ cost, cells: AMPLE }))).toBeGreaterThan(20);
    expect(stillOver(({ cells }) => ({ cost: AMPLE, cells }))).toBeGreaterThan(20);
  });

  it('read the demonstrations', () => {
    const reading = plain.filter(
      ({ one, program, outcome }) =>
        outcome.status === 'ok' && decodeProgram(one.programs[program]).ops.includes(Op.S),
    );
    expect(reading.length).toBeGreaterThan(20);
  });

  it('share about half of their nodes', () => {
    let alone = 0;
    let merged = 0;
    for (const { programs } of cases) {
      const graph = new MergedGraph();
      for (const bytes of programs) {
        const program = decodeProgram(bytes);
        alone += program.length;
        graph.add(program);
      }
      merged += graph.size;
    }
    expect(merged / alone).toBeLessThan(0.6);
  });
});
