/** The primitives of the base language, by name. */
import type { Primitive } from './primitive.js';
import { booleans } from './primitives/booleans.js';
import { colors } from './primitives/colors.js';
import { combinators } from './primitives/combinators.js';
import { containers } from './primitives/containers.js';
import { grids } from './primitives/grids/grids.js';
import { numbers } from './primitives/numbers.js';
import { objects } from './primitives/objects/objects.js';
import { patches } from './primitives/patches/patches.js';

const families: readonly (readonly Primitive[])[] = [
  numbers,
  booleans,
  containers,
  combinators,
  colors,
  grids,
  patches,
  objects,
];

/** All primitives, sorted by name. */
export const primitives: readonly Primitive[] = families
  .flat()
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

const byName = new Map(primitives.map((primitive) => [primitive.name, primitive]));

export function primitiveNamed(name: string): Primitive | undefined {
  return byName.get(name);
}
