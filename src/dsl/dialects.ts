/**
 * The dialects of the language, with their own primitives and constants. Everything else in this folder is common.
 */
import { type CellForm, COLOR_FIRST, COLOR_LAST } from './cell-form.js';
import { constants } from './constants.js';
import type { Primitive } from './primitive.js';
import { primitives } from './table.js';
import { constants as tokpidjinConstants } from './tokpidjin/constants.js';
import { primitives as tokpidjinPrimitives } from './tokpidjin/table.js';
import type { Value } from './value/value.js';

export interface Dialect {
  readonly name: string;
  readonly constants: ReadonlyMap<string, Value>;
  /** Sorted by name. */
  readonly primitives: readonly Primitive[];
  primitiveNamed(name: string): Primitive | undefined;
  readonly cells: CellForm;
}

function dialect(
  name: string,
  dialectConstants: ReadonlyMap<string, Value>,
  dialectPrimitives: readonly Primitive[],
  cells: CellForm,
): Dialect {
  const byName = new Map(dialectPrimitives.map((primitive) => [primitive.name, primitive]));
  return {
    name,
    constants: dialectConstants,
    primitives: dialectPrimitives,
    primitiveNamed: (wanted) => byName.get(wanted),
    cells,
  };
}

/** The base language of the solvers, as published. */
export const arcDsl = dialect('arc-dsl', constants, primitives, COLOR_FIRST);

/** The dialect of the earlier project. */
export const tokpidjin = dialect('tokpidjin', tokpidjinConstants, tokpidjinPrimitives, COLOR_LAST);

export const dialects: readonly Dialect[] = [arcDsl, tokpidjin];

/** The primitives of all dialects in one list: a primitive's index is its id. */
export const everyPrimitive: readonly Primitive[] = dialects.flatMap((one) => one.primitives);
