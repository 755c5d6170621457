/** The primitives from patches to patches, mirrors, and objects of a grid (SPEC 3.8). */
import { first, firstTwo, second } from '../../charges.js';
import { shiftAlong } from '../../patches/patch.js';
import { type Primitive, primitive } from '../../primitive.js';
import { box, inbox, outbox } from '../patches/boxes.js';
import { cmirror, dmirror, hmirror, vmirror } from './mirrors.js';
import { objects as componentsOf, fgpartition, frontiers, partition, toobject } from './object-finding.js';
import { occurrences } from './occurrences.js';
import { hperiod, vperiod } from './periods.js';
import { normalize, recolor } from './recoloring.js';

export const objects: readonly Primitive[] = [
  primitive('objects', 'recolor', 'value: any, patch: patch -> object', second, recolor),
  primitive('objects', 'shift', 'patch: patch, directions: pair -> patch', first, shiftAlong),
  primitive('objects', 'normalize', 'patch: patch -> patch', first, normalize),
  primitive('objects', 'hmirror', 'piece: piece -> piece', first, hmirror),
  primitive('objects', 'vmirror', 'piece: piece -> piece', first, vmirror),
  primitive('objects', 'dmirror', 'piece: piece -> piece', first, dmirror),
  primitive('objects', 'cmirror', 'piece: piece -> piece', first, cmirror),
  primitive('objects', 'box', 'patch: patch -> indices', first, box),
  primitive('objects', 'inbox', 'patch: patch -> indices', first, inbox),
  primitive('objects', 'outbox', 'patch: patch -> indices', first, outbox),
  primitive('objects', 'toobject', 'patch: patch, grid: grid -> object', first, toobject),
  primitive(
    'objects',
    'objects',
    'grid: grid, univalued: boolean, diagonal: boolean, without_bg: boolean -> objects',
    first,
    componentsOf,
  ),
  primitive('objects', 'partition', 'grid: grid -> objects', first, partition),
  primitive('objects', 'fgpartition', 'grid: grid -> objects', first, fgpartition),
  primitive('objects', 'frontiers', 'grid: grid -> objects', first, frontiers),
  primitive('objects', 'occurrences', 'grid: grid, obj: object -> indices', firstTwo, occurrences),
  primitive('objects', 'hperiod', 'obj: object -> integer', first, hperiod),
  primitive('objects', 'vperiod', 'obj: object -> integer', first, vperiod),
];
