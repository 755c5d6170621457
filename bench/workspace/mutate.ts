/** Small random changes that keep most programs meaningful: they respect the kinds in the table of primitives. */
import { constants } from '../../src/dsl/constants.js';
import type { Kind, Primitive } from '../../src/dsl/primitive.js';
import { primitives } from '../../src/dsl/table.js';
import { Pair } from '../../src/dsl/value/value.js';
import { Op } from '../../src/lang/program/program.js';
import { type Draft, type DraftNode, kindsOf } from './draft.js';
import type { Random } from './random.js';

/** Changes `draft` in one place; false if the chosen kind of change is not possible. */
export function mutate(draft: Draft, random: Random): boolean {
  const change = random.pick(CHANGES);
  return change(draft, random);
}

/** A change in one place; false if it is not possible. */
export type Change = (draft: Draft, random: Random) => boolean;

/** Weights of the changes: constants have the fewest interesting alternatives. */
const CHANGES: readonly Change[] = [
  exchangeConstant,
  exchangePrimitive,
  exchangePrimitive,
  exchangeArgument,
  exchangeArgument,
  wrapValue,
];

/** An operand of a node. */
interface Place {
  readonly node: DraftNode;
  readonly reader: number;
  readonly at: number;
}

function placesOf(draft: Draft, wanted: (operand: number) => boolean): Place[] {
  return draft.nodes.flatMap((node, reader) =>
    node.operands.flatMap((operand, at) => (wanted(operand) ? [{ node, reader, at }] : [])),
  );
}

const PAIRS = [...constants.values()].filter((value) => value instanceof Pair);

/** Replaces a number by a number, a boolean by the other, a pair of numbers by a pair of the constants. */
function exchangeConstant(draft: Draft, random: Random): boolean {
  const { nodes } = draft;
  const isNumber = (node: number) => nodes[node].op === Op.Integer;
  const isPair = (node: number) =>
    nodes[node].op === Op.Tuple && nodes[node].operands.length === 2 && nodes[node].operands.every(isNumber);
  const isTruth = (node: number) => nodes[node].op === Op.True || nodes[node].op === Op.False;
  const places = placesOf(draft, (operand) => isNumber(operand) || isPair(operand) || isTruth(operand));
  if (places.length === 0) return false;
  const { node, at } = random.pick(places);
  const { op, data } = nodes[node.operands[at]];
  if (op === Op.Integer) {
    const near = random.chance(0.3) ? data + random.pick([-1, 1]) : random.below(10);
    node.operands[at] = draft.integer(near);
  } else if (op === Op.Tuple) {
    const { i, j } = random.pick(PAIRS);
    node.operands[at] = draft.add(Op.Tuple, 0, [draft.integer(i), draft.integer(j)]);
  } else {
    node.operands[at] = draft.add(op === Op.True ? Op.False : Op.True, 0);
  }
  return true;
}

/** By kinds of parameters and result: the ids of the primitives with these kinds. */
const ALIKE = new Map<string, number[]>();
primitives.forEach((primitive, id) => {
  const signature = signatureOf(primitive);
  ALIKE.set(signature, [...(ALIKE.get(signature) ?? []), id]);
});

function signatureOf({ parameters, result }: Primitive): string {
  return `${parameters.map(({ kind }) => kind).join(' ')} -> ${result}`;
}

/** Replaces a primitive by one with the same kinds of parameters and result, as a callee or as a value. */
function exchangePrimitive(draft: Draft, random: Random): boolean {
  const alternatives = draft.nodes.flatMap(({ op, data }, node) => {
    if (op !== Op.Call && op !== Op.Primitive) return [];
    const alike = (ALIKE.get(signatureOf(primitives[data])) as number[]).filter((id) => id !== data);
    return alike.length === 0 ? [] : [{ node, alike }];
  });
  if (alternatives.length === 0) return false;
  const { node, alike } = random.pick(alternatives);
  draft.nodes[node] = { ...draft.nodes[node], data: random.pick(alike) };
  return true;
}

/** Kinds that are specific enough for one value to replace another. */
const SPECIFIC: ReadonlySet<Kind> = new Set([
  'boolean',
  'integer',
  'pair',
  'grid',
  'grids',
  'indices',
  'object',
  'objects',
]);

/** Replaces an argument by an earlier value of the same kind (a patch by any patch). */
function exchangeArgument(draft: Draft, random: Random): boolean {
  const kinds = kindsOf(draft);
  const places = placesOf(draft, (operand) => SPECIFIC.has(kinds[operand])).flatMap((place) => {
    const alternatives = kinds.flatMap((kind, value) =>
      value < place.reader && value !== place.node.operands[place.at] && fits(kind, place, kinds)
        ? [value]
        : [],
    );
    return alternatives.length === 0 ? [] : [{ place, alternatives }];
  });
  if (places.length === 0) return false;
  const { place, alternatives } = random.pick(places);
  place.node.operands[place.at] = random.pick(alternatives);
  return true;
}

function fits(kind: Kind, { node, at }: Place, kinds: readonly Kind[]): boolean {
  const present = kinds[node.operands[at]];
  if (kind === present) return true;
  const wanted = node.op === Op.Call ? primitives[node.data].parameters[at].kind : 'any';
  return (wanted === 'patch' || wanted === 'piece') && isPatch(kind) && isPatch(present);
}

function isPatch(kind: Kind): boolean {
  return kind === 'indices' || kind === 'object';
}

/** By kind: the ids of the primitives that take one such value and return one. */
const UNARY = new Map<Kind, number[]>();
primitives.forEach(({ parameters, result }, id) => {
  if (parameters.length !== 1) return;
  const [{ kind }] = parameters;
  const kept: readonly Kind[] =
    kind === result && SPECIFIC.has(kind)
      ? [kind]
      : kind === 'patch' && (result === 'indices' || result === 'patch')
        ? ['indices']
        : kind === 'piece' && result === 'piece'
          ? ['grid', 'indices', 'object']
          : kind === 'number' && result === 'number'
            ? ['integer', 'pair']
            : [];
  for (const one of kept) UNARY.set(one, [...(UNARY.get(one) ?? []), id]);
});

/** Inserts a primitive that keeps the kind between a value and one of its uses, or after the result. */
function wrapValue(draft: Draft, random: Random): boolean {
  const kinds = kindsOf(draft);
  const places = placesOf(draft, (operand) => UNARY.has(kinds[operand]));
  const afterResult = UNARY.get(kinds[draft.result]);
  if (afterResult !== undefined && (places.length === 0 || random.chance(0.2))) {
    draft.result = draft.add(Op.Call, random.pick(afterResult), [draft.result]);
    return true;
  }
  if (places.length === 0) return false;
  const { node, at } = random.pick(places);
  const operand = node.operands[at];
  node.operands[at] = draft.add(Op.Call, random.pick(UNARY.get(kinds[operand]) as number[]), [operand]);
  return true;
}

/** Makes `draft` blow up, like unlucky mutants: by repeated enlargement, or by products of large sets. */
export function runAway(draft: Draft, random: Random): void {
  const grid = draft.result;
  switch (random.below(4)) {
    case 0: {
      const enlarge = draft.call('rbind', draft.functionValue('upscale'), draft.integer(2 + random.below(3)));
      const often = draft.call('power', enlarge, draft.integer(12 + random.below(10)));
      draft.result = draft.add(Op.Apply, 0, [often, grid]);
      return;
    }
    case 1: {
      const twice = draft.call('fork', draft.functionValue('combine'), identity(draft), identity(draft));
      const often = draft.call('power', twice, draft.integer(24 + random.below(10)));
      draft.result = draft.add(Op.Apply, 0, [often, grid]);
      return;
    }
    case 2: {
      const cells = draft.call('asindices', grid);
      const pairs = draft.call('product', cells, cells);
      draft.result = draft.call('product', pairs, pairs);
      return;
    }
    default: {
      const cells = draft.call('totuple', draft.call('asindices', grid));
      const twice = draft.call('combine', cells, cells);
      const patches = draft.call('prapply', draft.functionValue('connect'), twice, twice);
      draft.result = draft.call('prapply', draft.functionValue('gravitate'), patches, patches);
    }
  }
}

function identity(draft: Draft): number {
  return draft.functionValue('identity');
}
