/** Grids as rows: how large they are, and where two of them differ. */

/** Rows of any lengths, with any entries. */
export type Rows = readonly (readonly number[])[];

/** Wider and higher grids fill the screen and say nothing. */
const LARGEST_DRAWN = 60;

export function isDrawable(rows: Rows): boolean {
  return rows.length <= LARGEST_DRAWN && rows.every((row) => row.length <= LARGEST_DRAWN);
}

/** `3 x 4`; of rows with different lengths, the longest counts. */
export function sizeOf(rows: Rows): string {
  return `${rows.length} x ${widthOf(rows)}`;
}

export function widthOf(rows: Rows): number {
  return rows.reduce((widest, row) => Math.max(widest, row.length), 0);
}

/** Cells in which the grids differ, those included that only one of them has. */
export function countDifferences(rows: Rows, reference: Rows): number {
  let count = 0;
  for (let i = 0; i < Math.max(rows.length, reference.length); i++) {
    const width = Math.max(rows[i]?.length ?? 0, reference[i]?.length ?? 0);
    for (let j = 0; j < width; j++) if (rows[i]?.[j] !== reference[i]?.[j]) count++;
  }
  return count;
}
