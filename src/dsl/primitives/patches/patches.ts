/** The primitives on positions, corners and tests of patches (SPEC 3.7). */
import { constant, first, firstSet, firstTwo } from '../../charges.js';
import { locationsOf } from '../../patches/patch.js';
import { type Primitive, primitive } from '../../primitive.js';
import { backdrop, delta } from './boxes.js';
import { corners, llcorner, lrcorner, ulcorner, urcorner } from './corners.js';
import { connect, dneighbors, hfrontier, ineighbors, neighbors, shoot, vfrontier } from './lines.js';
import {
  bordering,
  center,
  centerofmass,
  height,
  hline,
  leftmost,
  lowermost,
  portrait,
  rightmost,
  shape,
  square,
  uppermost,
  vline,
  width,
} from './patch-measures.js';
import { adjacent, gravitate, hmatching, manhattan, position, vmatching } from './patch-relations.js';

export const patches: readonly Primitive[] = [
  primitive('patches', 'toindices', 'patch: patch -> indices', first, locationsOf),
  primitive('patches', 'uppermost', 'patch: patch -> integer', first, uppermost),
  primitive('patches', 'lowermost', 'patch: patch -> integer', first, lowermost),
  primitive('patches', 'leftmost', 'patch: patch -> integer', first, leftmost),
  primitive('patches', 'rightmost', 'patch: patch -> integer', first, rightmost),
  primitive('patches', 'ulcorner', 'patch: patch -> pair', first, ulcorner),
  primitive('patches', 'urcorner', 'patch: patch -> pair', first, urcorner),
  primitive('patches', 'llcorner', 'patch: patch -> pair', first, llcorner),
  primitive('patches', 'lrcorner', 'patch: patch -> pair', first, lrcorner),
  primitive('patches', 'corners', 'patch: patch -> indices', first, corners),
  primitive('patches', 'height', 'piece: piece -> integer', firstSet, height),
  primitive('patches', 'width', 'piece: piece -> integer', firstSet, width),
  primitive('patches', 'shape', 'piece: piece -> pair', firstSet, shape),
  primitive('patches', 'portrait', 'piece: piece -> boolean', firstSet, portrait),
  primitive('patches', 'square', 'piece: piece -> boolean', firstSet, square),
  primitive('patches', 'vline', 'patch: patch -> boolean', firstSet, vline),
  primitive('patches', 'hline', 'patch: patch -> boolean', firstSet, hline),
  primitive('patches', 'hmatching', 'a: patch, b: patch -> boolean', firstTwo, hmatching),
  primitive('patches', 'vmatching', 'a: patch, b: patch -> boolean', firstTwo, vmatching),
  primitive('patches', 'manhattan', 'a: patch, b: patch -> integer', firstTwo, manhattan),
  primitive('patches', 'adjacent', 'a: patch, b: patch -> boolean', firstTwo, adjacent),
  primitive('patches', 'bordering', 'patch: patch, grid: grid -> boolean', first, bordering),
  primitive('patches', 'center', 'patch: patch -> pair', first, center),
  primitive('patches', 'centerofmass', 'patch: patch -> pair', first, centerofmass),
  primitive('patches', 'position', 'a: patch, b: patch -> pair', firstTwo, position),
  primitive('patches', 'gravitate', 'source: patch, destination: patch -> pair', firstTwo, gravitate),
  primitive('patches', 'dneighbors', 'loc: pair -> indices', constant, dneighbors),
  primitive('patches', 'ineighbors', 'loc: pair -> indices', constant, ineighbors),
  primitive('patches', 'neighbors', 'loc: pair -> indices', constant, neighbors),
  primitive('patches', 'connect', 'a: pair, b: pair -> indices', constant, connect),
  primitive('patches', 'shoot', 'start: pair, direction: pair -> indices', constant, shoot),
  primitive('patches', 'vfrontier', 'location: pair -> indices', constant, vfrontier),
  primitive('patches', 'hfrontier', 'location: pair -> indices', constant, hfrontier),
  primitive('patches', 'backdrop', 'patch: patch -> indices', first, backdrop),
  primitive('patches', 'delta', 'patch: patch -> indices', first, delta),
];
