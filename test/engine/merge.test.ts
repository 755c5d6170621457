/** Merging: every distinct node once, for any number of nodes and any hashes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MergedGraph } from '../../src/engine/merge.js';
import { decodeProgram, Op, type Program } from '../../src/lang/program/program.js';
import { relatedPrograms } from './random-programs.js';

/** Merges by the text of whole nodes. */
class NaiveGraph {
  private readonly numbers = new Map<string, number>();

  add(program: Program): number[] {
    const merged: number[] = [];
    for (let node = 0; node < program.length; node++) {
      const operands = [...program.operands.subarray(program.starts[node], program.starts[node + 1])];
      const text = `${program.ops[node]} ${program.data[node]} ${operands.map((operand) => merged[operand])}`;
      if (!this.numbers.has(text)) this.numbers.set(text, this.numbers.size);
      merged.push(this.numbers.get(text) as number);
    }
    return merged;
  }
}

function expectMergedRight(programs: readonly Program[]): MergedGraph {
  const [graph, naive] = [new MergedGraph(), new NaiveGraph()];
  for (const program of programs) expect([...graph.add(program)]).toEqual(naive.add(program));
  return graph;
}

/** The program with `integers` and, above them, a tuple for each list of their indices. */
function tuplesOf(integers: readonly number[], lists: readonly (readonly number[])[]): Program {
  const starts = [...integers.map(() => 0), 0];
  for (const list of lists) starts.push(starts[starts.length - 1] + list.length);
  const length = integers.length + lists.length;
  return {
    length,
    ops: Uint8Array.from({ length }, (_, node) => (node < integers.length ? Op.Integer : Op.Tuple)),
    data: Float64Array.from({ length }, (_, node) => integers[node] ?? 0),
    starts: Int32Array.from(starts),
    operands: Int32Array.from(lists.flat()),
  };
}

describe('programs are merged', () => {
  it('as they would be by comparing every node with every other', () => {
    fc.assert(
      fc.property(relatedPrograms, (programs) => {
        expectMergedRight(programs.map((bytes) => decodeProgram(bytes)));
      }),
    );
  });

  it('also when there are thousands of nodes, many of them alike', () => {
    const integers = Array.from({ length: 20 }, (_, k) => k);
    const lists: number[][] = [[]];
    for (let a = 0; a < 20; a++) {
      for (let b = 0; b < 20; b++) {
        lists.push([a, b]);
        for (let c = 0; c < 20; c++) lists.push([a, b, c]);
      }
    }
    const program = tuplesOf(integers, lists);
    const graph = expectMergedRight([program, tuplesOf([...integers].reverse(), lists), program]);
    expect(graph.size).toBe(20 + lists.length);
  });

  it('also when their integers differ in the high bits only', () => {
    const integers = Array.from({ length: 50 }, (_, k) => k * 2 ** 32);
    const graph = expectMergedRight([
      tuplesOf(integers, [[0, 1]]),
      tuplesOf([...integers].reverse(), [[0, 1]]),
    ]);
    expect(graph.size).toBe(52);
  });
});
