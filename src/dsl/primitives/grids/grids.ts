/** The primitives from grids to grids, and those that make grids (SPEC 3.6), in the order of SPEC. */
import { constant, first, firstAndThird, firstTwo } from '../../charges.js';
import { type Primitive, primitive } from '../../primitive.js';
import { asindices, asobject } from './grid-as-patch.js';
import {
  bottomhalf,
  compress,
  crop,
  hsplit,
  lefthalf,
  righthalf,
  subgrid,
  tophalf,
  trim,
  vsplit,
} from './grid-cutting.js';
import { canvas, hconcat, vconcat } from './grid-joining.js';
import { cover, fill, move, paint, underfill, underpaint } from './grid-painting.js';
import { cellwise, replace, switchColors } from './grid-recoloring.js';
import { downscale, hupscale, upscale, vupscale } from './grid-scaling.js';
import { rot90, rot180, rot270 } from './grid-turning.js';

export const grids: readonly Primitive[] = [
  primitive('grids', 'canvas', 'value: any, dimensions: pair -> grid', constant, canvas),
  primitive('grids', 'crop', 'grid: grid, start: pair, dims: pair -> grid', first, crop),
  primitive('grids', 'subgrid', 'patch: patch, grid: grid -> grid', firstTwo, subgrid),
  primitive('grids', 'trim', 'grid: grid -> grid', first, trim),
  primitive('grids', 'tophalf', 'grid: grid -> grid', first, tophalf),
  primitive('grids', 'bottomhalf', 'grid: grid -> grid', first, bottomhalf),
  primitive('grids', 'lefthalf', 'grid: grid -> grid', first, lefthalf),
  primitive('grids', 'righthalf', 'grid: grid -> grid', first, righthalf),
  primitive('grids', 'hsplit', 'grid: grid, n: integer -> grids', constant, hsplit),
  primitive('grids', 'vsplit', 'grid: grid, n: integer -> grids', constant, vsplit),
  primitive('grids', 'hconcat', 'a: grid, b: grid -> grid', constant, hconcat),
  primitive('grids', 'vconcat', 'a: grid, b: grid -> grid', constant, vconcat),
  primitive('grids', 'hupscale', 'grid: grid, factor: integer -> grid', first, hupscale),
  primitive('grids', 'vupscale', 'grid: grid, factor: integer -> grid', first, vupscale),
  primitive('grids', 'upscale', 'element: element, factor: integer -> element', first, upscale),
  primitive('grids', 'downscale', 'grid: grid, factor: integer -> grid', first, downscale),
  primitive('grids', 'rot90', 'grid: grid -> grid', first, rot90),
  primitive('grids', 'rot180', 'grid: grid -> grid', first, rot180),
  primitive('grids', 'rot270', 'grid: grid -> grid', first, rot270),
  primitive('grids', 'replace', 'grid: grid, replacee: any, replacer: any -> grid', first, replace),
  primitive('grids', 'switch', 'grid: grid, a: any, b: any -> grid', first, switchColors),
  primitive('grids', 'cellwise', 'a: grid, b: grid, fallback: any -> grid', firstTwo, cellwise),
  primitive('grids', 'compress', 'grid: grid -> grid', first, compress),
  primitive('grids', 'fill', 'grid: grid, value: any, patch: patch -> grid', firstAndThird, fill),
  primitive('grids', 'paint', 'grid: grid, obj: object -> grid', firstTwo, paint),
  primitive('grids', 'underfill', 'grid: grid, value: any, patch: patch -> grid', firstAndThird, underfill),
  primitive('grids', 'underpaint', 'grid: grid, obj: object -> grid', firstTwo, underpaint),
  primitive('grids', 'cover', 'grid: grid, patch: patch -> grid', firstTwo, cover),
  primitive('grids', 'move', 'grid: grid, obj: object, offset: pair -> grid', firstTwo, move),
  primitive('grids', 'asobject', 'grid: grid -> object', first, asobject),
  primitive('grids', 'asindices', 'grid: grid -> indices', constant, asindices),
];
