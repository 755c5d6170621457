/** The primitives of the tokpidjin dialect, by name. */
import type { Primitive } from '../primitive.js';
import { booleans } from './booleans.js';
import { cells } from './cells.js';
import { colors } from './colors.js';
import { combinators } from './combinators.js';
import { containers } from './containers/containers.js';
import { grids } from './grids.js';
import { numbers } from './numbers.js';
import { objects } from './objects/objects.js';
import { patches } from './patches/patches.js';
import { samples } from './samples.js';

const families: readonly (readonly Primitive[])[] = [
  numbers,
  booleans,
  containers,
  combinators,
  cells,
  colors,
  grids,
  patches,
  objects,
  samples,
];

/** All primitives, sorted by name. */
export const primitives: readonly Primitive[] = families
  .flat()
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
