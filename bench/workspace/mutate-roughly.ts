/** Small random changes that only respect numbers of arguments, like those of simple searches. */
import { primitives } from '../../src/dsl/table.js';
import { Op } from '../../src/lang/program/program.js';
import type { Draft } from './draft.js';
import type { Change } from './mutate.js';
import type { Random } from './random.js';

/** Changes `draft` in one place, ignoring kinds; false if it found no place. */
export function mutateRoughly(draft: Draft, random: Random): boolean {
  return random.pick(CHANGES)(draft, random);
}

/** Weights of the changes; with these about half of all cells end in errors. */
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

/** Replaces a primitive, called or as a value, by another with as many parameters. */
function exchangePrimitive(draft: Draft, random: Random): boolean {
  const places = draft.nodes.flatMap(({ op }, node) => (op === Op.Call || op === Op.Primitive ? [node] : []));
  if (places.length === 0) return false;
  const node = random.pick(places);
  const { op, data, operands } = draft.nodes[node];
  const alike = BY_ARITY.get(primitives[data].arity) as number[];
  draft.nodes[node] = { op, data: random.pick(alike), operands };
  return true;
}

/** Replaces an argument by any earlier value. */
function exchangeArgument(draft: Draft, random: Random): boolean {
  const readers = draft.nodes.flatMap(({ operands }, node) => (operands.length > 0 ? [node] : []));
  if (readers.length === 0) return false;
  const reader = random.pick(readers);
  const { operands } = draft.nodes[reader];
  operands[random.below(operands.length)] = random.below(reader);
  return true;
}

/** Replaces a number or boolean by another. */
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
