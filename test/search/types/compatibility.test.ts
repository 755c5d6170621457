/** Which values may replace which, and which parameters accept them. */
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../src/dsl/primitive.js';
import { primitives } from '../../../src/dsl/table.js';
import { isAssignable, TYPE_OF_KIND } from '../../../src/search/types/assignability.js';
import { expectedTypes, isCompatible } from '../../../src/search/types/compatibility.js';
import { ANY, join, NEVER, type Type } from '../../../src/search/types/type.js';
import { returning } from '../programs.js';

/** The type of an expression. */
function type(expression: string): Type {
  const { types } = returning(expression);
  return types[types.length - 1];
}

const VALUES = {
  grid: 'I',
  rows: 'apply(totuple, I)',
  indices: 'asindices(I)',
  object: 'asobject(I)',
  objects: 'objects(I, T, F, T)',
  pair: 'shape(I)',
  integer: 'height(I)',
  color: 'mostcolor(I)',
  boolean: 'portrait(I)',
  none: 'None',
  unary: 'rot90',
  binary: 'fill',
  positions: 'totuple(asindices(I))',
  cells: 'totuple(asobject(I))',
  palette: 'palette(I)',
};
type Name = keyof typeof VALUES;
const NAMES = Object.keys(VALUES) as Name[];

describe('a parameter of kind', () => {
  it.each<[Kind, ...Name[]]>([
    ['boolean', 'integer', 'color', 'boolean'],
    ['integer', 'integer', 'color', 'boolean'],
    ['number', 'pair', 'integer', 'color', 'boolean'],
    ['pair', 'pair'],
    ['grid', 'grid', 'rows', 'positions'],
    ['indices', 'indices', 'positions'],
    ['object', 'object', 'cells'],
    ['objects', 'objects'],
    ['patch', 'indices', 'object', 'positions', 'cells'],
    ['piece', 'grid', 'rows', 'indices', 'object', 'positions', 'cells'],
    ['element', 'grid', 'rows', 'object', 'positions', 'cells'],
    ['function', 'unary', 'binary'],
    ['set', 'indices', 'object', 'objects', 'palette'],
    ['tuple', 'grid', 'rows', 'pair', 'positions', 'cells'],
    [
      'container',
      ...(['grid', 'rows', 'indices', 'object', 'objects', 'pair', 'positions', 'cells', 'palette'] as const),
    ],
    ['none', 'none'],
    ['any', ...NAMES],
  ])('%s', (kind, ...names) => {
    expect(NAMES.filter((name) => isAssignable(kind, type(VALUES[name])))).toEqual(names);
    expect(isAssignable(kind, ANY)).toBe(true);
    expect(isAssignable(kind, NEVER)).toBe(true);
  });

  it('takes what results of its kind are', () => {
    for (const { name, result } of primitives) {
      expect([name, isAssignable(result, TYPE_OF_KIND[result])]).toEqual([name, true]);
    }
  });

  it('is given what it takes', () => {
    for (const { parameters } of primitives) {
      for (const { kind } of parameters) {
        for (const wanted of expectedTypes(kind))
          expect([kind, isAssignable(kind, wanted)]).toEqual([kind, true]);
      }
    }
  });
});

describe('where there is', () => {
  it.each<[Name, ...Name[]]>([
    ['grid', 'grid', 'rows'],
    ['indices', 'indices', 'object'],
    ['object', 'indices', 'object'],
    ['objects', 'objects'],
    ['pair', 'pair'],
    ['integer', 'integer'],
    ['color', 'color'],
    ['boolean', 'boolean'],
    ['unary', 'unary'],
    ['binary', 'binary'],
    ['positions', 'positions'],
    ['palette', 'palette'],
  ])('%s', (name, ...others) => {
    const wanted = type(VALUES[name]);
    expect(NAMES.filter((other) => isCompatible(wanted, type(VALUES[other])))).toEqual(others);
    expect(isCompatible(wanted, ANY)).toBe(false);
    expect(isCompatible(ANY, wanted)).toBe(false);
  });
});

describe('what is one of two types', () => {
  const all = [...NAMES.map((name) => type(VALUES[name])), ANY, NEVER];

  it('is the same whichever comes first, up to the order of functions', () => {
    for (const a of all) {
      for (const b of all) expect(join(a, b).form).toBe(join(b, a).form);
    }
  });

  it('is a type if both are of that type', () => {
    for (const a of all) expect(join(a, a)).toEqual(a);
  });

  it('fits wherever both fit', () => {
    const kinds = Object.keys(TYPE_OF_KIND) as Kind[];
    for (const kind of kinds) {
      const fitting = all.filter((one) => isAssignable(kind, one));
      for (const a of fitting) {
        for (const b of fitting)
          expect([kind, a, b, isAssignable(kind, join(a, b))]).toEqual([kind, a, b, true]);
      }
    }
  });
});
