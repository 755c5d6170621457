/** Rules for primitives whose result types depend on more than the kinds in the table. */
import { everyPrimitive } from '../../dsl/dialects.js';
import { isAssignable } from './assignability.js';
import { type Result, type Rule, reshaped } from './call-types.js';
import {
  ANY,
  BOOLEAN,
  COLOR,
  containerOf,
  elementOf,
  elementsOf,
  GRID,
  INTEGER,
  isIntegral,
  isNumeric,
  isPair,
  isUniform,
  join,
  mayBeEqual,
  mayBeInteger,
  NEVER,
  NUMBER,
  OBJECT,
  PAIR,
  record,
  shapeOf,
  TRIPLE,
  TRIPLES,
  type Type,
} from './type.js';

const element = (container: Type): Type => elementOf(container) ?? ANY;

/** Component by component: a pair if any operand is a pair. */
const arithmetic: Rule = (_, args) => {
  if (args.every(isIntegral)) return INTEGER;
  return args.some(isPair) ? PAIR : NUMBER;
};

const same: Rule = (_, [a]) => a;
/** An arbitrary element: if elements have several types, its type is unknown. */
const anElement: Rule = (_, [container]) => (isUniform(container) ? element(container) : null);
/** Only numbers have a useful extreme: that of an empty container is 0. */
const anExtreme: Rule = (_, [container]) => {
  const found = element(container);
  if (isIntegral(found) || found.form === 'any') return found;
  return isNumeric(found) && isUniform(container) ? NUMBER : null;
};
const elementByKey: Rule = (calls, [container, key]) =>
  isOrdered(calls.each(key, container)) ? element(container) : null;
const keyOfElement: Rule = (calls, [container, key]) => {
  const result = calls.each(key, container);
  return isOrdered(result) ? result : null;
};
const filtered: Rule = (calls, [container, condition]) =>
  calls.each(condition, container) === null ? null : loosened(container);
const eitherOf: Rule = (_, [a, b]) => oneOf(a, b);
const sameColor: Rule = (_, [container]) => containerOf('set', element(container));

/** Keys that can be compared with each other (SPEC 1.3). */
function isOrdered(key: Result): boolean {
  return key !== null && key.form !== 'none' && key.form !== 'function';
}

/** One of the two, which must have related types. */
function oneOf(a: Type, b: Type): Result {
  return mayBeEqual(a, b) || (a.form === 'function' && b.form === 'function') ? join(a, b) : null;
}

/** Some of a container's elements: the length is no longer known. */
function loosened(container: Type): Type {
  return container.form === 'record' || container.form === 'grid' || container.form === 'number'
    ? reshaped(container, element(container))
    : container;
}

function merged(outer: Type): Result {
  const inner = element(outer);
  if (inner.form === 'never') return reshaped(outer, NEVER);
  const parts = elementsOf(outer);
  if (!parts.every((part) => elementOf(part) !== null && isUniform(part))) return null;
  return reshaped(outer, parts.map(element).reduce(join, NEVER));
}

function mergedEach(shape: Type, result: Result): Result {
  return result === null ? null : merged(reshaped(shape, result));
}

const TUPLE = containerOf('tuple', ANY);

/** A patch as a set with the same elements. */
const patchLike: Rule = (_, [patch]) => containerOf('set', element(patch));

/** A grid stays a grid; a patch becomes a set. */
const pieceLike: Rule = (_, [piece]) => (shapeOf(piece) === 'tuple' ? GRID : loosened(piece));

function comparable(a: Type, b: Type): boolean {
  if (a.form === 'any' || b.form === 'any') return true;
  const shapes = [shapeOf(a), shapeOf(b)];
  if (isIntegral(a) && isIntegral(b)) return true;
  if (a.form === 'number' || b.form === 'number') return true;
  return shapes[0] !== null && shapes[1] !== null;
}

function combinator(arity: (args: readonly Type[]) => number | null): (id: number) => Rule {
  return (id) => (_, args) => {
    const taken = arity(args);
    if (taken === null) return ANY;
    return { form: 'function', arity: taken, callables: [{ primitive: id, fixed: args }] };
  };
}

/** The arity that remains after binding an argument (SPEC 3.4); null if unknown. */
function boundArity([callee]: readonly Type[]): number | null {
  if (callee.form !== 'function') return null;
  return callee.arity === 2 || callee.arity === 3 ? callee.arity - 1 : 3;
}

const RULES: Readonly<Record<string, Rule>> = {
  add: arithmetic,
  subtract: arithmetic,
  multiply: arithmetic,
  divide: arithmetic,
  invert: arithmetic,
  double: arithmetic,
  halve: arithmetic,
  increment: arithmetic,
  decrement: arithmetic,
  crement: arithmetic,
  sign: arithmetic,
  greater: (_, [a, b]) => (comparable(a, b) ? BOOLEAN : null),
  maximum: anExtreme,
  minimum: anExtreme,
  toivec: (_, [i]) => (mayBeInteger(i) ? PAIR : null),
  tojvec: (_, [j]) => (mayBeInteger(j) ? PAIR : null),
  astuple: (_, [a, b]) => record(a, b),
  interval: () => containerOf('tuple', INTEGER),

  both: eitherOf,
  either: eitherOf,
  branch: (_, [, a, b]) => oneOf(a, b),
  equality: (_, [a, b]) => (mayBeEqual(a, b) ? BOOLEAN : null),
  contained: (_, [value, container]) => (mayBeEqual(value, element(container)) ? BOOLEAN : null),

  identity: same,
  combine: (_, [a, b]) => {
    const [one, other] = [element(a), element(b)];
    // None fills the gaps.
    const together = mayBeEqual(one, other) || one.form === 'none' || other.form === 'none';
    return together ? reshaped(a, join(one, other)) : null;
  },
  intersection: (_, [a, b]) => (mayBeEqual(element(a), element(b)) ? loosened(a) : null),
  difference: (_, [a, b]) => (mayBeEqual(element(a), element(b)) ? loosened(a) : null),
  dedupe: (_, [container]) => loosened(container),
  order: (calls, [container, key]) =>
    isOrdered(calls.each(key, container)) ? containerOf('tuple', element(container)) : null,
  repeat: (_, [item]) => containerOf('tuple', item),
  merge: (_, [outer]) => merged(outer),
  valmax: keyOfElement,
  valmin: keyOfElement,
  argmax: elementByKey,
  argmin: elementByKey,
  mostcommon: anElement,
  leastcommon: anElement,
  initset: (_, [value]) => containerOf('set', value),
  sfilter: filtered,
  mfilter: (calls, [container, condition]) =>
    calls.each(condition, container) === null ? null : merged(container),
  extract: (calls, [container, condition]) =>
    calls.each(condition, container) === null ? null : element(container),
  totuple: (_, [container]) => containerOf('tuple', element(container)),
  first: (_, [container]) =>
    container.form === 'record' ? (container.items[0] ?? null) : element(container),
  last: (_, [container]) =>
    container.form === 'record' ? (container.items.at(-1) ?? null) : element(container),
  insert: (_, [value, set]) => containerOf('set', join(value, element(set))),
  remove: (_, [value, container]) => (mayBeEqual(value, element(container)) ? loosened(container) : null),
  other: (_, [container, value]) => (mayBeEqual(value, element(container)) ? element(container) : null),
  product: (_, [a, b]) => containerOf('set', record(element(a), element(b))),
  pair: (_, [a, b]) => containerOf('tuple', record(element(a), element(b))),
  apply: (calls, [callee, container]) => {
    const result = calls.each(callee, container);
    return result === null ? null : reshaped(container, result);
  },
  rapply: (calls, [callees, value]) => {
    const result = calls.value(element(callees), [value]);
    return result === null ? null : reshaped(callees, result);
  },
  mapply: (calls, [callee, container]) => mergedEach(container, calls.each(callee, container)),
  papply: (calls, [callee, a, b]) => {
    const result = calls.eachOfTwo(callee, a, b);
    return result === null ? null : containerOf('tuple', result);
  },
  mpapply: (calls, [callee, a, b]) => mergedEach(TUPLE, calls.eachOfTwo(callee, a, b)),
  prapply: (calls, [callee, a, b]) => {
    const result = calls.eachOfTwo(callee, a, b);
    return result === null ? null : containerOf('set', result);
  },

  palette: () => containerOf('set', COLOR),
  colorfilter: (_, [objects]) => (isAssignable('object', element(objects)) ? asSet(objects, OBJECT) : null),
  sizefilter: (_, [container]) => (elementOf(element(container)) === null ? null : sameColor(_, [container])),

  // Of a tuple of positions, either whole positions or parts of them may remain.
  crop: (_, [grid]) => (grid.form !== 'grid' && isAssignable('patch', grid) ? TUPLE : GRID),
  upscale: (_, [one]) => (shapeOf(one) === 'tuple' ? GRID : loosened(one)),

  shift: patchLike,
  normalize: patchLike,
  hmirror: pieceLike,
  vmirror: pieceLike,
  dmirror: pieceLike,
  cmirror: pieceLike,
};

/** The known elements, or else the expected ones. */
function asSet(container: Type, expected: Type): Type {
  const found = element(container);
  return containerOf('set', found.form === 'any' ? expected : found);
}

const COMBINATORS: Readonly<Record<string, (id: number) => Rule>> = {
  compose: combinator(() => 1),
  chain: combinator(() => 1),
  matcher: combinator(() => 1),
  fork: combinator(() => 1),
  // To the power of one, a function is itself, whatever its arity; all other powers take one argument.
  power: combinator(([callee]) => (callee.form === 'function' ? callee.arity : null)),
  rbind: combinator(boundArity),
  lbind: combinator(boundArity),
};

/** Names that only the dialect has, and names of the base that have another meaning in it. */
const DIALECT_RULES: Readonly<Record<string, Rule>> = {
  c_branch: RULES['branch'],
  colorfilter: (_, [objects]) => (isAssignable('triples', element(objects)) ? asSet(objects, TRIPLES) : null),
  crop: (_, [grid]) => (grid.form !== 'grid' && isAssignable('triples-patch', grid) ? TUPLE : GRID),
  shift: patchLike,
  normalize: patchLike,
  normalize_i: patchLike,
  normalize_o: patchLike,
  hmirror_f: patchLike,
  vmirror_f: patchLike,
  dmirror_f: patchLike,
  cmirror_f: patchLike,
  mir_rot_f: patchLike,
  get_nth_t: (_, [container]) => element(container),
  get_nth_f: (_, [container]) => element(container),
  first_t: (_, [container]) => element(container),
  first_f: (_, [container]) => element(container),
  last_t: (_, [container]) => element(container),
  last_f: (_, [container]) => element(container),
  other_t: RULES['other'],
  other_f: RULES['other'],
  get_rank: anExtreme,
  get_arg_rank: elementByKey,
  get_arg_rank_t: elementByKey,
  get_arg_rank_f: elementByKey,
  get_val_rank: keyOfElement,
  get_val_rank_t: keyOfElement,
  get_val_rank_f: keyOfElement,
  get_common_rank: anElement,
  get_common_rank_t: anElement,
  get_common_rank_f: anElement,
  merge_t: RULES['merge'],
  merge_f: RULES['merge'],
  combine_t: RULES['combine'],
  combine_f: RULES['combine'],
  difference_t: RULES['difference'],
  difference_tuple: RULES['difference'],
  remove_f: RULES['remove'],
  sfilter_f: (calls, [container, condition]) =>
    calls.each(condition, container) === null ? null : containerOf('set', element(container)),
  sfilter_t: (calls, [container, condition]) =>
    calls.each(condition, container) === null ? null : containerOf('tuple', element(container)),
  mfilter_f: RULES['mfilter'],
  apply_f: RULES['apply'],
  apply_t: (calls, [callee, container]) => {
    const result = calls.each(callee, container);
    return result === null ? null : containerOf('tuple', result);
  },
  mapply_f: RULES['mapply'],
  mapply_t: (calls, [callee, container]) => mergedEach(TUPLE, calls.each(callee, container)),
  palette_t: () => containerOf('set', COLOR),
  palette_f: () => containerOf('set', COLOR),
  p_g: () => containerOf('tuple', COLOR),
  p_o: () => containerOf('tuple', COLOR),
  ascell: (_, [, color]) => (mayBeInteger(color) ? TRIPLE : null),
  astriple: (_, args) => record(...args),
  toij: () => PAIR,
};

/** By the id of the primitive. */
export const rules: ReadonlyMap<number, Rule> = new Map(
  everyPrimitive.flatMap(({ name, qualified }, id): [number, Rule][] => {
    const own = qualified === name ? undefined : DIALECT_RULES[name];
    const rule = own ?? RULES[name] ?? COMBINATORS[name]?.(id);
    return rule === undefined ? [] : [[id, rule]];
  }),
);
