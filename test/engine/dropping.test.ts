/** Values are dropped when nothing reads them any more, so that a batch only needs the memory of a few programs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/dsl/value/value.js';
import { demonstrationsOf, type TaskGrids } from '../../src/engine/batch.js';
import { planReading, SampleEvaluation } from '../../src/engine/evaluate.js';
import { MergedGraph } from '../../src/engine/merge.js';
import type { Budget } from '../../src/engine/node.js';
import { decodeProgram } from '../../src/lang/program/program.js';
import { AMPLE, defining, returning } from './programs.js';
import { taskGrids } from './random-grids.js';
import { relatedPrograms } from './random-programs.js';

const UNKNOWN = 0;

/** An evaluation of the first sample, program by program, with access to its values. */
class Rig {
  readonly graph = new MergedGraph();
  readonly programs: readonly Int32Array[];
  private readonly plan;
  private readonly evaluation: SampleEvaluation;

  constructor(grids: TaskGrids, programs: readonly Uint8Array[], budget: Budget = AMPLE) {
    this.programs = programs.map((bytes) => this.graph.add(decodeProgram(bytes)));
    this.plan = planReading(this.graph, this.programs);
    const environment = { I: grids.inputs[0], S: demonstrationsOf(grids), C: null };
    this.evaluation = new SampleEvaluation(this.graph, this.plan, environment, budget, () => {});
  }

  run(program: number): void {
    this.evaluation.run(this.programs[program]);
  }

  forget(program: number): void {
    this.evaluation.forget(this.plan.lastHeld[program]);
  }

  /** Nodes that have a value. (A node with the value None cannot be distinguished from one without a value.) */
  get held(): number[] {
    const values: readonly Value[] = this.evaluation['values'];
    return values.flatMap((value, node) => (value === null ? [] : [node]));
  }

  isUnknown(node: number): boolean {
    return this.evaluation['states'][node] === UNKNOWN;
  }

  /** Whether a node that has not been evaluated reads `node`. */
  hasReaderToCome(node: number): boolean {
    const { starts, operands, size } = this.graph;
    for (let reader = 0; reader < size; reader++) {
      if (!this.isUnknown(reader)) continue;
      if (operands.slice(starts[reader], starts[reader + 1]).includes(node)) return true;
    }
    return false;
  }
}

const anyRun = fc.tuple(taskGrids, relatedPrograms, fc.constantFrom<Budget>(AMPLE, { cost: 50, cells: 50 }));

describe('a value', () => {
  it('is held only for readers to come and for programs that return it', () => {
    fc.assert(
      fc.property(anyRun, ([grids, programs, budget]) => {
        const rig = new Rig(grids, programs, budget);
        const returned = rig.programs.map((nodes) => nodes[nodes.length - 1]);
        for (let program = 0; program < programs.length; program++) {
          rig.run(program);
          const needless = rig.held.filter((node) => !rig.hasReaderToCome(node) && !returned.includes(node));
          expect(needless).toEqual([]);
          rig.forget(program);
          const later = new Set(rig.programs.slice(program + 1).flatMap((nodes) => [...nodes]));
          expect(rig.held.filter((node) => !later.has(node))).toEqual([]);
        }
        expect(rig.held).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('is still there when a later program reads it, and gone when the last one has', () => {
    const grids = { inputs: [...someGrids.inputs], demonstrations: [] };
    const shared = 'rot90(hmirror(I))';
    const rig = new Rig(grids, [
      returning(`hconcat(${shared}, ${shared})`),
      returning('I'),
      returning(`vconcat(${shared}, ${shared})`),
      returning('hmirror(I)'),
    ]);
    const [first, , third] = rig.programs;
    // The nodes of a program are in the order of evaluation: I, hmirror, rot90, and the result.
    const node = first[2];
    expect(third[2]).toBe(node);
    const held: boolean[] = [];
    for (let program = 0; program < 4; program++) {
      rig.run(program);
      rig.forget(program);
      held.push(rig.held.includes(node));
    }
    expect(held).toEqual([true, true, false, false]);
  });

  it('in a chain of a thousand is dropped as soon as the next one is there', () => {
    const lines = Array.from({ length: 1000 }, (_, k) => `x${k + 1} = increment(x${k})`);
    const rig = new Rig(someGrids, [defining('x0 = size(I)', ...lines, 'return x1000')]);
    rig.run(0);
    expect(rig.held).toEqual([rig.programs[0][rig.programs[0].length - 1]]);
  });

  it('that a failed program did not come to use is dropped with the last program that holds it', () => {
    const rig = new Rig(someGrids, [
      returning('hconcat(rot90(I), divide(ONE, ZERO))'),
      returning('hmirror(I)'),
    ]);
    rig.run(0);
    expect(rig.held.length).toBeGreaterThan(1);
    rig.forget(0);
    // The second program still needs I.
    expect(rig.held).toEqual([rig.programs[1][0]]);
  });
});

const someGrids = fc.sample(taskGrids, { numRuns: 1, seed: 1 })[0];
