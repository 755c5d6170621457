/** Connected components of a grid (SPEC 3.8, `objects`). */

/**
 * Numbers the components of the cells that are not `background`: the result, column by column, holds for each cell the
 * number of its component, counted from 0 in the order of their first cells in that order, or -1.
 *
 * `cells` are the `height * width` entries row by row. Neighbouring cells belong together when they share an edge (or
 * a corner, if `diagonal`), and, if `univalued`, are equal.
 */
export function labelComponents(
  cells: Int8Array | Int32Array,
  height: number,
  width: number,
  univalued: boolean,
  diagonal: boolean,
  background: number | null,
): { readonly labels: Int32Array; readonly sizes: readonly number[] } {
  const labels = linkNeighbors(cells, height, width, univalued, diagonal, background);
  // Each link leads to an earlier cell, so that one pass replaces links by numbers.
  const sizes: number[] = [];
  for (let at = 0; at < labels.length; at++) {
    const link = labels[at];
    if (link < 0) continue;
    if (link === at) {
      labels[at] = sizes.length;
      sizes.push(1);
    } else {
      const label = labels[link];
      labels[at] = label;
      sizes[label]++;
    }
  }
  return { labels, sizes };
}

/** A forest over the cells, column by column: each links to an earlier cell of its component, the first to itself. */
function linkNeighbors(
  cells: Int8Array | Int32Array,
  height: number,
  width: number,
  univalued: boolean,
  diagonal: boolean,
  background: number | null,
): Int32Array {
  const links = new Int32Array(height * width);
  let at = 0;
  for (let j = 0; j < width; j++) {
    let k = j;
    for (let i = 0; i < height; i++) {
      const color = cells[k];
      if (color === background) {
        links[at++] = -1;
        k += width;
        continue;
      }
      let root = at;
      const joinsAbove = i > 0 && links[at - 1] >= 0 && (!univalued || cells[k - width] === color);
      if (joinsAbove) root = rootOf(links, at - 1);
      if (j > 0) {
        const beside = at - height;
        if (links[beside] >= 0 && (!univalued || cells[k - 1] === color)) {
          // What joins the cell beside joins the cells above and below that one too, if they are alike.
          root = link(links, root, beside);
        } else if (diagonal) {
          if (
            !joinsAbove &&
            i > 0 &&
            links[beside - 1] >= 0 &&
            (!univalued || cells[k - width - 1] === color)
          )
            root = link(links, root, beside - 1);
          if (i < height - 1 && links[beside + 1] >= 0 && (!univalued || cells[k + width - 1] === color))
            root = link(links, root, beside + 1);
        }
      }
      links[at++] = root;
      k += width;
    }
  }
  return links;
}

/** Joins the tree with this root, which may be the cell being placed, to the tree of an earlier cell. */
function link(links: Int32Array, root: number, cell: number): number {
  const other = rootOf(links, cell);
  if (other < root) {
    links[root] = other;
    return other;
  }
  links[other] = root;
  return root;
}

function rootOf(links: Int32Array, cell: number): number {
  let at = cell;
  while (links[at] !== at) {
    links[at] = links[links[at]];
    at = links[at];
  }
  return at;
}
