/** Whether a primitive may be called with a value: the kinds of parameters against inferred types. */
import type { Kind } from '../../dsl/primitive.js';
import {
  ANY,
  BOOLEAN,
  containerOf,
  elementOf,
  elementsOf,
  GRID,
  GRIDS,
  INDICES,
  INTEGER,
  mayBeCell,
  mayBeInteger,
  mayBePair,
  mayBeTriple,
  NONE,
  NUMBER,
  OBJECT,
  OBJECTS,
  PAIR,
  shapeOf,
  TRIPLES,
  TRIPLES_SETS,
  type Type,
} from './type.js';

/**
 * False if a parameter of this kind certainly cannot use a value of this type, or would take it for something else.
 * Unknown types are accepted. The language checks the kind of tuples and sets only (SPEC 1.1); programs do pass
 * tuples of positions or cells as patches, and cut pieces off such tuples as if they were grids.
 */
export function isAssignable(kind: Kind, type: Type): boolean {
  if (type.form === 'any' || type.form === 'never') return true;
  switch (kind) {
    case 'any':
      return true;
    case 'none':
      return type.form === 'none';
    case 'boolean':
    case 'integer':
      return mayBeInteger(type);
    case 'number':
      return mayBeInteger(type) || mayBePair(type);
    case 'pair':
      return mayBePair(type);
    case 'tuple':
      return hasShape(type, 'tuple');
    case 'set':
      return hasShape(type, 'set');
    case 'container':
      return elementOf(type) !== null;
    case 'grid':
      return isGridLike(type);
    case 'grids':
      return hasShape(type, 'tuple') && isGridLike(elementOf(type) as Type);
    case 'indices':
      return isPatch(type, () => false);
    case 'object':
      return isObject(type, mayBeCell);
    case 'objects':
      return elementOf(type) !== null && isObject(elementOf(type) as Type, mayBeCell);
    case 'patch':
      return isPatch(type, mayBeCell);
    case 'triples':
      return isObject(type, mayBeTriple);
    case 'triples-sets':
      return elementOf(type) !== null && isObject(elementOf(type) as Type, mayBeTriple);
    case 'triples-patch':
      return isPatch(type, mayBeTriple);
    case 'piece':
      return isGridLike(type) || isPatch(type, mayBeCell);
    case 'element':
      return isGridLike(type) || isObject(type, mayBeCell);
    case 'function':
      return type.form === 'function';
  }
}

function hasShape(type: Type, shape: 'tuple' | 'set'): boolean {
  const found = shapeOf(type);
  return found === shape || found === 'container';
}

function isGridLike(type: Type): boolean {
  if (type.form === 'grid') return true;
  if (!hasShape(type, 'tuple')) return false;
  return elementsOf(type).every((row) => {
    if (row.form === 'any' || row.form === 'never') return true;
    if (row.form === 'record') return row.items.every(mayBeInteger);
    return hasShape(row, 'tuple') && mayBeInteger(elementOf(row) as Type);
  });
}

function isPatch(type: Type, mayBe: (item: Type) => boolean): boolean {
  if (type.form === 'grid' || elementOf(type) === null) return false;
  return elementsOf(type).every((item) => {
    return item.form !== 'number' && (mayBePair(item) || mayBe(item));
  });
}

function isObject(type: Type, mayBe: (item: Type) => boolean): boolean {
  return type.form !== 'grid' && elementOf(type) !== null && elementsOf(type).every(mayBe);
}

/** The type of a result of this kind. */
export const TYPE_OF_KIND: Readonly<Record<Kind, Type>> = {
  any: ANY,
  none: NONE,
  boolean: BOOLEAN,
  integer: INTEGER,
  number: NUMBER,
  pair: PAIR,
  tuple: containerOf('tuple', ANY),
  set: containerOf('set', ANY),
  container: containerOf('container', ANY),
  grid: GRID,
  grids: GRIDS,
  indices: INDICES,
  object: OBJECT,
  objects: OBJECTS,
  patch: containerOf('set', ANY),
  piece: ANY,
  element: ANY,
  function: ANY,
  triples: TRIPLES,
  'triples-sets': TRIPLES_SETS,
  'triples-patch': containerOf('set', ANY),
};
