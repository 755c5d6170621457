/** Taking elements out of containers in the dialect (SPEC-dialect 5.3, 6.1). */
import { constant, endOfFirst, firstTwo, first as whole } from '../../charges.js';
import { componentOf, integerOf } from '../../components.js';
import { fail } from '../../errors.js';
import type { Primitive } from '../../primitive.js';
import { last as lastOf } from '../../primitives/containers.js';
import { firstMatch, resultsOf, sortedPositions } from '../../primitives/containers-by-function.js';
import { equals, isTrue, itemOf, memberOf } from '../../value/equality.js';
import { elementsOf, firstOf, lengthOf, membersInOrder } from '../../value/order.js';
import {
  EMPTY_SET,
  EMPTY_TUPLE,
  Float,
  isSet,
  isTuple,
  Members,
  NAN,
  type SetValue,
  Triple,
  type Value,
} from '../../value/value.js';
import { adopt, define } from '../define.js';
import { guarded } from '../guard.js';

/**
 * The element at a rank: from 0 from the front, from -1 from the back; undefined if out of range. `type` if the rank
 * is no integer.
 */
export function atRank(elements: readonly Value[], rank: Value): Value | undefined {
  return elements.at(integerOf(rank));
}

/** The value found, or its replacement if none was found. */
export function foundOr(found: Value | undefined, otherwise: Value): Value {
  return found === undefined ? otherwise : found;
}

const firstElement = guarded(EMPTY_TUPLE, (container: Value) => foundOr(firstOf(container), null));

/** For tuples only: any other value has no components here. */
function tupleEnd(container: Value, k: 0 | -1): Value {
  if (!isTrue(container)) return EMPTY_TUPLE;
  return componentOf(container, k === 0 ? 0 : lengthOf(container) - 1);
}

const first_t = guarded(EMPTY_TUPLE, (container: Value) => tupleEnd(container, 0));

const get_nth_t = guarded(EMPTY_TUPLE, (container: Value, rank: Value): Value => {
  if (!isTuple(container) || rank instanceof Float) return NAN;
  const k = integerOf(rank);
  if (k < -container.length || k >= container.length) return NAN;
  return itemOf(container, k < 0 ? k + container.length : k);
});

const get_nth_f = guarded(EMPTY_TUPLE, (container: Value, rank: Value): Value => {
  if (integerOf(rank) === 0) {
    return foundOr(firstOf(container), EMPTY_SET);
  }
  return foundOr(elementAt(container, integerOf(rank)), EMPTY_SET);
});

/** The element at a rank, without unpacking the container; undefined if out of range. */
function elementAt(container: Value, rank: number): Value | undefined {
  const k = rank < 0 ? rank + lengthOf(container) : rank;
  if (k < 0 || k >= lengthOf(container)) return undefined;
  if (isTuple(container)) return itemOf(container, k);
  return container instanceof Members ? membersInOrder(container)[k] : memberOf(container as SetValue, k);
}

/** The elements in ascending order of keys; equal keys keep the iteration order. */
function ascending(container: Value, key: Value): readonly Value[] {
  const elements = elementsOf(container);
  return sortedPositions(resultsOf(key, container)).map((position) => elements[position]);
}

const get_nth_by_key_t = guarded(EMPTY_TUPLE, (container: Value, rank: Value, key: Value): Value => {
  const elements = ascending(container, key);
  if (elements.length === 0) return null;
  const k = integerOf(rank);
  if (k < -elements.length || k >= elements.length) return fail('index', 'there is no such rank');
  return elements.at(k) as Value;
});

const get_nth_by_key_f = guarded(EMPTY_TUPLE, (container: Value, rank: Value, key: Value): Value => {
  const elements = ascending(container, key);
  const k = Math.max(0, integerOf(rank));
  return k < elements.length ? elements[k] : null;
});

function isContainer(value: Value): boolean {
  return isTuple(value) || isSet(value);
}

/** The first element that does not equal `value`; undefined if there is none. */
function otherThan(container: Value, value: Value): Value | undefined {
  for (const element of elementsOf(container)) {
    if (!equals(element, value)) return element;
  }
  return undefined;
}

/** The default of an omitted key. */
const identity = adopt('identity', EMPTY_TUPLE);

export const firstPrimitive = define(
  'containers',
  'first',
  'container: container -> any',
  endOfFirst,
  firstElement,
);

export const secondPrimitive = define(
  'containers',
  'second',
  'container: container -> any',
  whole,
  guarded(EMPTY_TUPLE, (container: Value): Value => {
    const elements = elementsOf(container);
    return elements.length === 0 ? EMPTY_TUPLE : foundOr(elements[1], null);
  }),
);

export const elementPrimitives: readonly Primitive[] = [
  identity,
  firstPrimitive,
  define(
    'containers',
    'last',
    'container: container -> any',
    endOfFirst,
    guarded(EMPTY_TUPLE, (container: Value): Value => {
      if (container instanceof Triple) return container.color;
      return isTrue(container) ? lastOf(container) : EMPTY_TUPLE;
    }),
  ),
  define('containers', 'get_nth_t', 'container: tuple, rank: integer -> any', constant, get_nth_t),
  define('containers', 'get_nth_f', 'container: container, rank: integer -> any', endOfFirst, get_nth_f),
  define(
    'containers',
    'get_nth_by_key_t',
    'container: container, rank: integer, key?: function -> any',
    whole,
    get_nth_by_key_t,
    identity.value,
  ),
  define(
    'containers',
    'get_nth_by_key_f',
    'container: container, rank: integer, key?: function -> any',
    whole,
    get_nth_by_key_f,
    identity.value,
  ),
  secondPrimitive,
  define('containers', 'first_t', 'container: tuple -> any', constant, first_t),
  define(
    'containers',
    'last_t',
    'container: tuple -> any',
    constant,
    guarded(EMPTY_TUPLE, (container: Value) => tupleEnd(container, -1)),
  ),
  define(
    'containers',
    'first_f',
    'container: container -> any',
    endOfFirst,
    guarded(EMPTY_TUPLE, (container: Value): Value => {
      return isTrue(container) ? (firstOf(container) as Value) : EMPTY_SET;
    }),
  ),
  define(
    'containers',
    'last_f',
    'container: container -> any',
    endOfFirst,
    guarded(EMPTY_TUPLE, (container: Value) => (isTrue(container) ? lastOf(container) : EMPTY_SET)),
  ),
  define(
    'containers',
    'extract',
    'container: container, condition: function -> any',
    whole,
    guarded(EMPTY_TUPLE, (container: Value, condition: Value): Value => {
      return foundOr(firstMatch(container, condition), EMPTY_SET);
    }),
  ),
  define(
    'containers',
    'other',
    'container: container, value: any -> any',
    firstTwo,
    guarded(EMPTY_TUPLE, (container: Value, value: Value): Value => {
      return isContainer(container) ? foundOr(otherThan(container, value), null) : null;
    }),
  ),
  define(
    'containers',
    'other_t',
    'container: container, value: any -> any',
    firstTwo,
    guarded(EMPTY_TUPLE, (container: Value, value: Value) =>
      foundOr(otherThan(container, value), EMPTY_TUPLE),
    ),
  ),
  define(
    'containers',
    'other_f',
    'container: container, value: any -> any',
    firstTwo,
    guarded(EMPTY_TUPLE, (container: Value, value: Value): Value => {
      return isContainer(container) ? foundOr(otherThan(container, value), EMPTY_SET) : EMPTY_SET;
    }),
  ),
];
