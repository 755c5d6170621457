/** Which values may replace which: the relation behind the choice of replacements. */
import type { Kind } from '../../dsl/primitive.js';
import { isAssignable } from './assignability.js';
import {
  BOOLEAN,
  elementOf,
  GRID,
  INDICES,
  INTEGER,
  isIntegral,
  isNumeric,
  isPair,
  mayBeCell,
  mayBePair,
  mayBeTriple,
  OBJECT,
  OBJECTS,
  PAIR,
  shapeOf,
  TRIPLES,
  TRIPLES_SETS,
  type Type,
} from './type.js';

/**
 * True if a value of type `other` can replace one of type `wanted` and has a similar meaning. This is stricter than
 * not failing: a colour is no count, and nothing can replace an unknown value.
 */
export function isCompatible(wanted: Type, other: Type): boolean {
  if (wanted.form === 'any' || other.form === 'any' || other.form === 'never') return false;
  if (isIntegral(wanted)) {
    return wanted.form === other.form || (wanted.form === 'integer' && other.form === 'number');
  }
  if (wanted.form === 'number') return isNumeric(other);
  if (isPair(wanted)) return isPair(other) || other.form === 'number';
  if (wanted.form === 'function') return other.form === 'function' && wanted.arity === other.arity;
  if (wanted.form === 'grid') return isAssignable('grid', other) && !isPositionList(other);
  if (isPatchLike(wanted)) return isPatchLike(other);
  if (wanted.form === 'record') {
    if (other.form !== 'record' || other.items.length !== wanted.items.length) return false;
    return wanted.items.every((item, k) => isCompatible(item, other.items[k]));
  }
  const [wantedShape, otherShape] = [shapeOf(wanted), shapeOf(other)];
  if (wantedShape === null || wantedShape !== otherShape) return false;
  const [wantedElement, otherElement] = [elementOf(wanted) as Type, elementOf(other) as Type];
  return isCompatible(wantedElement, otherElement);
}

/** A set of positions, or of cells in either form: a program has cells in one form only. */
function isPatchLike(type: Type): boolean {
  if (type.form !== 'set') return false;
  const { element } = type;
  return (
    element.form !== 'any' &&
    element.form !== 'never' &&
    (mayBePair(element) || mayBeCell(element) || mayBeTriple(element))
  );
}

/** A tuple of positions, which could also be a grid. */
function isPositionList(type: Type): boolean {
  return type.form !== 'grid' && elementOf(type) !== null && isPair(elementOf(type) as Type);
}

/** By kind of parameter: the type of a value for it. Kinds that only describe a structure are missing. */
const WANTED: Partial<Record<Kind, readonly Type[]>> = {
  boolean: [BOOLEAN],
  integer: [INTEGER],
  number: [INTEGER, PAIR],
  pair: [PAIR],
  grid: [GRID],
  object: [OBJECT],
  objects: [OBJECTS],
  indices: [INDICES],
  patch: [INDICES],
  piece: [GRID, INDICES],
  element: [GRID, OBJECT],
  triples: [TRIPLES],
  'triples-sets': [TRIPLES_SETS],
  'triples-patch': [INDICES],
};

export function expectedTypes(kind: Kind): readonly Type[] {
  return WANTED[kind] ?? [];
}
