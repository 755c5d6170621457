/**
 * Random programs over all primitives, and mutants of them. Operands are usually chosen by kind, so that many
 * programs run far, and sometimes regardless of kind, so that every error occurs.
 */
import fc from 'fast-check';
import { ACCEPTED } from '../../bench/reliability/poison/graph.js';
import type { Kind } from '../../src/dsl/primitive.js';
import { primitives } from '../../src/dsl/table.js';
import { arcLanguage } from '../../src/lang/language.js';
import { canonicalProgram } from '../../src/lang/program/canonical.js';
import { Graph } from '../../src/lang/program/node-graph.js';
import { encodeProgram, Op, type Program } from '../../src/lang/program/program.js';

/** One node: its op, and which of the nodes before it are its operands. */
interface Recipe {
  readonly choice: number;
  readonly picks: readonly number[];
  /** Choose operands regardless of kind. */
  readonly wild: boolean;
}

const recipe: fc.Arbitrary<Recipe> = fc.record({
  choice: fc.nat(10_000),
  picks: fc.array(fc.nat(10_000), { minLength: 4, maxLength: 4 }),
  wild: fc.nat(19).map((n) => n === 0),
});

interface Typed {
  readonly node: number;
  readonly kind: Kind;
}

const INTEGERS = [-1, 0, 1, 2, 3, 5, 9, 10, 31, 200, 100_000, Number.MAX_SAFE_INTEGER];

/** Functions of one argument that accept many values, as first nodes. */
const FUNCTIONS = [
  'identity',
  'size',
  'first',
  'initset',
  'rapply',
  'increment',
  'color',
  'hmirror',
  'astuple',
];

/** The kind that a result of no certain kind is taken for. */
const LIKELY: readonly Kind[] = ['grid', 'integer', 'object', 'tuple', 'pair', 'set'];

function likelyKind({ picks }: Recipe): Kind {
  return LIKELY[picks[3] % LIKELY.length];
}

/** Mostly calls. */
function formOf({ choice }: Recipe): { form: 'primitive' | 'tuple' | 'apply' | 'call'; id: number } {
  const form = (['primitive', 'tuple', 'apply', 'apply'] as const)[choice % 20] ?? 'call';
  return { form, id: Math.floor(choice / 20) % primitives.length };
}

class Builder {
  private readonly graph = new Graph(arcLanguage);
  readonly nodes: Typed[] = [];

  constructor() {
    const { graph } = this;
    this.add(Op.I, 'grid');
    this.add(Op.S, 'tuple');
    const demonstration = this.call('first', Op.S);
    this.add(this.call('first', demonstration), 'grid');
    this.add(this.call('last', demonstration), 'grid');
    this.add(Op.I, 'grid');
    for (const op of [Op.None, Op.False, Op.True]) this.add(op, op === Op.None ? 'none' : 'boolean');
    for (const value of INTEGERS) this.add(graph.integer(value), 'integer');
    for (const name of FUNCTIONS) this.add(graph.primitive(arcLanguage.idOf(name) as number), 'function');
    for (const [i, j] of [
      [0, 1],
      [2, 3],
      [-1, 40],
    ])
      this.add(graph.tuple(Int32Array.of(graph.integer(i), graph.integer(j)), 0, 2), 'pair');
  }

  private add(node: number, kind: Kind): void {
    this.nodes.push({ node, kind });
  }

  private call(name: string, operand: number): number {
    return this.graph.call(arcLanguage.idOf(name) as number, Int32Array.of(operand), 0, 1);
  }

  step(one: Recipe): void {
    const { form, id } = formOf(one);
    if (form === 'primitive') this.add(this.graph.primitive(id), 'function');
    else if (form === 'tuple') this.addTuple(one);
    else if (form === 'apply') this.addApply(one);
    else this.addCall(id, one);
  }

  private addTuple(one: Recipe): void {
    const items = Int32Array.from({ length: one.picks[3] % 4 }, (_, k) => this.operand(one, 'any', k));
    this.add(this.graph.tuple(items, 0, items.length), items.length === 2 ? 'pair' : 'tuple');
  }

  private addApply(one: Recipe): void {
    const length = 2 + (one.picks[3] % 2);
    const values = Int32Array.from({ length }, (_, k) => this.operand(one, k === 0 ? 'function' : 'any', k));
    this.add(this.graph.apply(values, 0, length), likelyKind(one));
  }

  private addCall(id: number, one: Recipe): void {
    const { parameters, result } = primitives[id];
    const values = Int32Array.from(parameters, ({ kind }, k) => this.operand(one, kind, k));
    this.add(this.graph.call(id, values, 0, values.length), result === 'any' ? likelyKind(one) : result);
  }

  /** A node of the kind; the later ones are likelier. */
  private operand({ picks, wild }: Recipe, kind: Kind, k: number): number {
    const accepted = wild || kind === 'any' ? null : (ACCEPTED[kind] ?? [kind]);
    const fitting = this.nodes.filter((typed) => accepted === null || accepted.includes(typed.kind));
    const from = fitting.length === 0 ? this.nodes : fitting;
    const recent = picks[k] % 2 === 0 ? from : from.slice(-4);
    return recent[Math.floor(picks[k] / 2) % recent.length].node;
  }

  program(result: number): Program {
    return canonicalProgram(this.graph, result);
  }
}

/** A program: the recipes of its parent with some replaced, and the node that it returns. */
interface Mutation {
  readonly replaced: readonly (readonly [number, Recipe])[];
  readonly result: number;
  readonly returnsGrid: boolean;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  replaced: fc.array(fc.tuple(fc.nat(200), recipe), { maxLength: 3 }),
  result: fc.nat(1000),
  returnsGrid: fc.boolean(),
});

function build(recipes: readonly Recipe[], { replaced, result, returnsGrid }: Mutation): Uint8Array {
  const mutated = [...recipes];
  for (const [at, one] of replaced) mutated[at % mutated.length] = one;
  const builder = new Builder();
  for (const one of mutated) builder.step(one);
  const grids = builder.nodes.filter(({ kind }) => kind === 'grid');
  const candidates = returnsGrid ? grids : builder.nodes;
  // Later nodes do more work.
  return encodeProgram(
    builder.program(candidates[candidates.length - 1 - (result % Math.min(8, candidates.length))].node),
  );
}

/** Encoded programs; some are equal, and most share much. */
export const relatedPrograms: fc.Arbitrary<Uint8Array[]> = fc
  .tuple(
    fc.array(recipe, { minLength: 1, maxLength: 60, size: 'max' }),
    fc.array(mutation, { minLength: 1, maxLength: 16, size: 'max' }),
  )
  .map(([recipes, mutations]) => mutations.map((one) => build(recipes, one)));
