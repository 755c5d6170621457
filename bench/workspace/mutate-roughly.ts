/** Small random changes of programs that heed numbers of arguments and nothing else, as crude searches make them. */
import { primitives } from '../../src/dsl/table.js';
import { Op } from '../../src/lang/program/program.js';
import type { Draft } from './draft.js';
import type { Change } from './mutate.js';
import type { Random } from './random.js';

/** Changes `draft` in one place, without regard to kinds; false when it found none. */
export function mutateRoughly(draft: Draft, random: Random): boolean {
  return random.pick(CHANGES)(draft, random);
}

/** As often as they stand here, about half of all cells end in errors. */
const CHANGES: readonly Change[] = [
  exchangePrimitive,
  exchangeArgument,
  exchangeScalar,
  exchangeScalar,
  exchangeScalar,
];

/** By number of parameters: the ids of the primitives. */
const BY_ARITY = new Map<number, number[]>();
primitives.forEach(({ arity }, id) => {
  BY_ARITY.set(arity, [...(BY_ARITY.get(arity) ?? []), id]);
});

/** A primitive, called or as a value, for another one with as many parameters. */
function exchangePrimitive(draft: Draft, random: Random): boolean {
  const places = draft.nodes.flatMap(({ op }, node) => (op === Op.Call || op === Op.Primitive ? [node] : []));
  if (places.length === 0) return false;
  const node = random.pick(places);
  const { op, data, operands } = draft.nodes[node];
  const alike = BY_ARITY.get(primitives[data].arity) as number[];
  draft.nodes[node] = { op, data: random.pick(alike), operands };
  return true;
}

/** An argument for any earlier value. */
function exchangeArgument(draft: Draft, random: Random): boolean {
  const readers = draft.nodes.flatMap(({ operands }, node) => (operands.length > 0 ? [node] : []));
  if (readers.length === 0) return false;
  const reader = random.pick(readers);
  const { operands } = draft.nodes[reader];
  operands[random.below(operands.length)] = random.below(reader);
  return true;
}

/** A number or a truth value for any other. */
function exchangeScalar(draft: Draft, random: Random): boolean {
  const isScalar = ({ op }: { readonly op: number }) =>
    op === Op.Integer || op === Op.True || op === Op.False;
  const places = draft.nodes.flatMap((node, k) => (isScalar(node) ? [k] : []));
  if (places.length === 0) return false;
  const node = random.pick(places);
  const op = random.pick([Op.Integer, Op.Integer, Op.True, Op.False]);
  draft.nodes[node] = { op, data: op === Op.Integer ? random.below(10) : 0, operands: [] };
  return true;
}
