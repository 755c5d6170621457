/**
 * Containers in the dialect: suffixes determine the kind of the result, and failing parts give default values
 * (SPEC-dialect 6.3).
 */
import { constant, firstTwo, lastTwo, second, first as whole } from '../../charges.js';
import { componentOf, unpackTwo } from '../../components.js';
import { differenceOf, mergeOf, setOfAll, tupleOfAll, unionOf } from '../../containers/container.js';
import type { Primitive } from '../../primitive.js';
import { asSet } from '../../primitives/colors.js';
import { dedupe as deduped, remove, size, totuple } from '../../primitives/containers.js';
import {
  apply as applied,
  mapply as applyAndMerge,
  mpapply as applyInStepAndMerge,
  sfilter as kept,
  rapply,
  resultsOf,
} from '../../primitives/containers-by-function.js';
import { tripleOf, tupleOf } from '../../value/construct.js';
import { equals } from '../../value/equality.js';
import { elementsOf, lengthOf } from '../../value/order.js';
import { EMPTY_SET, EMPTY_TUPLE, isSet, isTuple, type Value } from '../../value/value.js';
import { adopt, define } from '../define.js';
import { guarded } from '../guard.js';
import { elementPrimitives } from './elements.js';
import { ranks } from './ranks.js';

const merge = guarded(EMPTY_TUPLE, mergeOf);
export const apply = guarded(EMPTY_TUPLE, applied);
const apply_f = guarded(EMPTY_SET, applied);
export const apply_t = guarded(EMPTY_TUPLE, (f: Value, container: Value) => tupleOf(resultsOf(f, container)));
const sfilter = guarded(EMPTY_TUPLE, kept);
export const difference_t = guarded(EMPTY_TUPLE, differenceOf);
export const dedupe = guarded(EMPTY_TUPLE, deduped);
export const mapply_t = guarded(EMPTY_TUPLE, (f: Value, container: Value) => {
  return tupleOfAll(resultsOf(f, container));
});

/** The elements of all results, in a container of the given kind, as if the container of the results were merged. */
const poured = guarded(EMPTY_TUPLE, (results: readonly Value[], like: Value): Value => {
  return isTuple(like) ? tupleOfAll(results) : setOfAll(results);
});

const combine_t = guarded(EMPTY_TUPLE, (a: Value, b: Value): Value => {
  return isTuple(a) && isTuple(b) ? tupleOfAll([a, b]) : EMPTY_TUPLE;
});

const combine_f = guarded(EMPTY_SET, (a: Value, b: Value): Value => {
  return isSet(a) && isSet(b) ? unionOf(a, b) : EMPTY_SET;
});

/** The colour of an object that is a tuple of cells. */
function colorOfTuple(object: Value): Value {
  return componentOf(componentOf(object, 0), 2);
}

const colorfilter_t = guarded(EMPTY_TUPLE, (objects: Value, color: Value): Value => {
  return tupleOf(elementsOf(objects).filter((object) => equals(colorOfTuple(object), color)));
});

const celltuple = guarded(EMPTY_TUPLE, (a: Value, b: Value): Value => {
  const firsts = elementsOf(a);
  const seconds = elementsOf(b);
  return tupleOf(
    firsts.slice(0, seconds.length).map((position, k) => {
      const [i, j] = unpackTwo(position);
      return tripleOf(i, j, seconds[k]);
    }),
  );
});

export const containers: readonly Primitive[] = [
  ...elementPrimitives,
  ...ranks,
  adopt('size', 0),
  adopt('combine', EMPTY_TUPLE),
  adopt('intersection', EMPTY_SET),
  adopt('difference', EMPTY_SET),
  adopt('dedupe', EMPTY_TUPLE),
  adopt('order', EMPTY_TUPLE),
  adopt('repeat', EMPTY_TUPLE),
  adopt('merge', EMPTY_TUPLE),
  adopt('initset', EMPTY_SET),
  adopt('sfilter', EMPTY_TUPLE),
  adopt('totuple', EMPTY_TUPLE),
  adopt('insert', EMPTY_SET),
  adopt('remove', EMPTY_TUPLE),
  adopt('product', EMPTY_SET),
  adopt('pair', EMPTY_TUPLE),
  adopt('apply', EMPTY_TUPLE),
  adopt('rapply', EMPTY_TUPLE),
  adopt('papply', EMPTY_TUPLE),
  adopt('prapply', EMPTY_SET),
  define(
    'containers',
    'mfilter',
    'container: container, function: function -> container',
    whole,
    guarded(EMPTY_SET, (container: Value, f: Value) => merge(sfilter(container, f))),
  ),
  define(
    'containers',
    'mapply',
    'function: function, container: container -> container',
    second,
    guarded(EMPTY_SET, guarded(EMPTY_TUPLE, applyAndMerge)),
  ),
  define(
    'containers',
    'mpapply',
    'function: function, a: container, b: container -> tuple',
    lastTwo,
    guarded(EMPTY_TUPLE, applyInStepAndMerge),
  ),
  define('containers', 'size_t', 'container: container -> integer', constant, guarded(0, size)),
  define('containers', 'size_f', 'container: container -> integer', constant, guarded(0, size)),
  define('containers', 'merge_t', 'containers: container -> container', whole, merge),
  define('containers', 'merge_f', 'containers: container -> container', whole, merge),
  define('containers', 'combine_t', 'a: tuple, b: tuple -> tuple', firstTwo, combine_t),
  define('containers', 'combine_f', 'a: set, b: set -> set', firstTwo, combine_f),
  define('containers', 'difference_t', 'a: container, b: container -> container', firstTwo, difference_t),
  define('containers', 'difference_tuple', 'a: container, b: container -> container', firstTwo, difference_t),
  define(
    'containers',
    'remove_t',
    'value: any, container: container -> tuple',
    firstTwo,
    guarded(EMPTY_TUPLE, (value: Value, container: Value) => totuple(remove(value, container))),
  ),
  define(
    'containers',
    'remove_f',
    'value: any, container: container -> container',
    firstTwo,
    guarded(EMPTY_SET, remove),
  ),
  define(
    'containers',
    'sfilter_t',
    'container: container, condition: function -> tuple',
    whole,
    guarded(EMPTY_TUPLE, (container: Value, condition: Value) => totuple(kept(container, condition))),
  ),
  define(
    'containers',
    'sfilter_f',
    'container: container, condition: function -> set',
    whole,
    guarded(EMPTY_SET, (container: Value, condition: Value) => asSet(kept(container, condition))),
  ),
  define(
    'containers',
    'mfilter_t',
    'container: container, function: function -> set',
    whole,
    guarded(EMPTY_SET, (container: Value, f: Value) => asSet(kept(container, f))),
  ),
  define(
    'containers',
    'mfilter_f',
    'container: container, function: function -> container',
    whole,
    guarded(EMPTY_SET, (container: Value, f: Value) => merge(sfilter(container, f))),
  ),
  define('containers', 'apply_t', 'function: function, container: container -> tuple', second, apply_t),
  define('containers', 'apply_f', 'function: function, container: container -> container', second, apply_f),
  define(
    'containers',
    'rapply_t',
    'functions: container, value: any -> tuple',
    whole,
    guarded(EMPTY_TUPLE, (functions: Value, value: Value) => rapply(tupleOf(elementsOf(functions)), value)),
  ),
  define(
    'containers',
    'rapply_f',
    'functions: container, value: any -> container',
    whole,
    guarded(EMPTY_SET, rapply),
  ),
  define('containers', 'mapply_t', 'function: function, container: container -> tuple', second, mapply_t),
  define(
    'containers',
    'mapply_f',
    'function: function, container: container -> container',
    second,
    guarded(EMPTY_SET, (f: Value, container: Value) => poured(resultsOf(f, container), container)),
  ),
  define(
    'containers',
    'sizefilter_t',
    'container: container, n: integer -> tuple',
    whole,
    guarded(EMPTY_TUPLE, (container: Value, n: Value): Value => {
      return tupleOf(elementsOf(container).filter((member) => equals(lengthOf(member), n)));
    }),
  ),
  define('containers', 'colorfilter_t', 'objs: tuple, color: integer -> tuple', whole, colorfilter_t),
  define('containers', 'celltuple', 'a: container, b: container -> tuple', firstTwo, celltuple),
];
