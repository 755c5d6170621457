/** Connected components of a grid (SPEC 3.8, `objects`), found by runs: sequences of connected cells in one line. */
import type { Lines } from '../cell-form.js';

/** The runs of a grid, by lines (for example columns, from top to bottom). The arrays are reused by the next call. */
export interface Runs {
  readonly count: number;
  /** For each run: its line, its first position in it, and the position after its last. */
  readonly lines: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** For each run: the number of its component, from 0 in the order of their first runs. */
  readonly components: Int32Array;
  /** Number of cells of each component. */
  readonly sizes: readonly number[];
}

/** A value that equals no cell. */
export const NO_BACKGROUND = -(2 ** 30);

let runLines = new Int32Array(0);
let starts = new Int32Array(0);
let ends = new Int32Array(0);
/** First, for each run, an earlier run of its component or itself; then the number of its component. */
let links = new Int32Array(0);

/**
 * The runs of cells that are not `background`; `cells` are the entries of a grid, in these lines. Neighbouring cells
 * are connected if they share an edge (or a corner, if `diagonal`) and, if `univalued`, are equal.
 */
export function componentRuns(
  cells: Int8Array | Int32Array,
  grid: Lines,
  univalued: boolean,
  diagonal: boolean,
  background: number,
): Runs {
  const { length, lineStep, cellStep } = grid;
  makeRoom(grid.count * length);
  let count = 0;
  let previous = 0;
  for (let line = 0; line < grid.count; line++) {
    const current = count;
    const first = line * lineStep;
    for (let place = 0; place < length; ) {
      const color = cells[first + place * cellStep];
      const start = place++;
      if (color === background) continue;
      for (; place < length; place++) {
        const next = cells[first + place * cellStep];
        if (univalued ? next !== color : next === background) break;
      }
      runLines[count] = line;
      starts[count] = start;
      ends[count] = place;
      links[count] = count;
      count++;
    }
    joinLines(univalued ? cells : null, grid, previous, current, count, diagonal ? 1 : 0);
    previous = current;
  }
  return { count, lines: runLines, starts, ends, components: links, sizes: numberComponents(count) };
}

function makeRoom(runs: number): void {
  if (links.length >= runs) return;
  runLines = new Int32Array(runs);
  starts = new Int32Array(runs);
  ends = new Int32Array(runs);
  links = new Int32Array(runs);
}

/**
 * Links the runs from `current` to `end`, of one line, to those from `previous` to `current`, of the line before, if
 * they overlap or are less than `reach` positions apart. If `cells` is given, linked runs must also be equal.
 */
function joinLines(
  cells: Int8Array | Int32Array | null,
  grid: Lines,
  previous: number,
  current: number,
  end: number,
  reach: number,
): void {
  let first = previous;
  for (let run = current; run < end; run++) {
    const top = starts[run] - reach;
    const bottom = ends[run] + reach;
    while (first < current && ends[first] <= top) first++;
    for (let other = first; other < current && starts[other] < bottom; other++) {
      if (cells === null || colorOf(cells, grid, other) === colorOf(cells, grid, run)) join(other, run);
    }
  }
}

function colorOf(cells: Int8Array | Int32Array, grid: Lines, run: number): number {
  return cells[runLines[run] * grid.lineStep + starts[run] * grid.cellStep];
}

/** Joins the components of two runs: the first run of a component is its root. */
function join(a: number, b: number): void {
  const x = rootOf(a);
  const y = rootOf(b);
  if (x < y) links[y] = x;
  else links[x] = y;
}

function rootOf(run: number): number {
  let at = run;
  while (links[at] !== at) {
    links[at] = links[links[at]];
    at = links[at];
  }
  return at;
}

/** Replaces links by component numbers. Each link leads to an earlier run, whose number is already known. */
function numberComponents(count: number): number[] {
  const sizes: number[] = [];
  for (let run = 0; run < count; run++) {
    const link = links[run];
    if (link === run) {
      links[run] = sizes.length;
      sizes.push(ends[run] - starts[run]);
    } else {
      const component = links[link];
      links[run] = component;
      sizes[component] += ends[run] - starts[run];
    }
  }
  return sizes;
}
