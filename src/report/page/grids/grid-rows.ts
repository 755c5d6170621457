/** Grids as rows: their sizes, and the cells in which two of them differ. */

/** Rows of any lengths, with any entries. */
export type Rows = readonly (readonly number[])[];

/** Larger grids would fill the screen. */
const LARGEST_DRAWN = 256;

export function isDrawable(rows: Rows): boolean {
  return rows.length <= LARGEST_DRAWN && rows.every((row) => row.length <= LARGEST_DRAWN);
}

/** `3 x 4`; with rows of different lengths, the longest counts. */
export function sizeOf(rows: Rows): string {
  return `${rows.length} x ${widthOf(rows)}`;
}

export function widthOf(rows: Rows): number {
  return rows.reduce((widest, row) => Math.max(widest, row.length), 0);
}

/** Number of cells in which the grids differ, including cells that only one of them has. */
export function countDifferences(rows: Rows, reference: Rows): number {
  let count = 0;
  for (let i = 0; i < Math.max(rows.length, reference.length); i++) {
    const width = Math.max(rows[i]?.length ?? 0, reference[i]?.length ?? 0);
    for (let j = 0; j < width; j++) if (rows[i]?.[j] !== reference[i]?.[j]) count++;
  }
  return count;
}

/** The names of the colours 0 to 9. */
const COLORS = [
  'black',
  'blue',
  'red',
  'green',
  'yellow',
  'grey',
  'magenta',
  'orange',
  'light blue',
  'maroon',
];

/** A description for screen readers: `4 x 3, black and red`. */
export function describeGrid(rows: Rows): string {
  const entries = [...new Set(rows.flat())].sort((a, b) => a - b);
  const names = entries.map((entry) => COLORS[entry] ?? String(entry));
  const last = names.pop();
  if (last === undefined) return sizeOf(rows);
  return `${sizeOf(rows)}, ${names.length === 0 ? last : `${names.join(', ')} and ${last}`}`;
}
