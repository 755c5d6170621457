/** Random programs: DAGs over a few primitives, deep or wide, with much sharing, and every kind of node. */
import fc from 'fast-check';
import { canonicalProgram } from '../../src/lang/program/canonical.js';
import { Graph } from '../../src/lang/program/node-graph.js';
import { Op, type Program } from '../../src/lang/program/program.js';
import { smallLanguage } from './small-language.js';

/** One node: its op, and which of the nodes before it are its operands. */
interface Recipe {
  readonly kind: 'parameter' | 'literal' | 'integer' | 'primitive' | 'tuple' | 'call' | 'apply';
  readonly number: number;
  readonly picks: readonly number[];
}

const recipe: fc.Arbitrary<Recipe> = fc.record({
  kind: fc.constantFrom(
    'parameter',
    'literal',
    'integer',
    'primitive',
    'tuple',
    'call',
    'call',
    'call',
    'apply',
  ),
  number: fc.oneof(fc.integer({ min: -3, max: 20 }), fc.maxSafeInteger()),
  picks: fc.array(fc.nat(1000), { maxLength: 5 }),
});

/** The distance to operands: 1 gives chains, large numbers give broad DAGs. */
const reach = fc.constantFrom(1, 2, 5, 1000);

export const randomProgram: fc.Arbitrary<Program> = fc
  .tuple(fc.array(recipe, { minLength: 1, maxLength: 150, size: 'max' }), reach)
  .map(([recipes, distance]) => build(recipes, distance));

function build(recipes: readonly Recipe[], distance: number): Program {
  const graph = new Graph(smallLanguage);
  const nodes: number[] = [Op.I];
  for (const { kind, number, picks } of recipes) {
    const pick = (k: number): number => {
      const back = ((picks[k] ?? 0) + k) % Math.min(distance, nodes.length);
      return nodes[nodes.length - 1 - back];
    };
    const picked = Int32Array.from({ length: picks.length }, (_, k) => pick(k));
    const id = Math.abs(number) % smallLanguage.primitives.length;
    const arity = smallLanguage.arity(id);
    if (kind === 'parameter') nodes.push([Op.I, Op.S, Op.C][Math.abs(number) % 3]);
    else if (kind === 'literal') nodes.push([Op.None, Op.False, Op.True][Math.abs(number) % 3]);
    else if (kind === 'integer') nodes.push(graph.integer(number));
    else if (kind === 'primitive') nodes.push(graph.primitive(id));
    else if (kind === 'tuple') nodes.push(graph.tuple(picked, 0, picked.length));
    else if (kind === 'call')
      nodes.push(
        graph.call(
          id,
          Int32Array.from({ length: arity }, (_, k) => pick(k)),
          0,
          arity,
        ),
      );
    else nodes.push(graph.apply(Int32Array.of(pick(5), ...picked), 0, picked.length + 1));
  }
  return canonicalProgram(graph, nodes[nodes.length - 1]);
}
