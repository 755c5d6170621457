/** Source lines of nodes: the line of its function on which each node of a program was first written. */
import { ByteReader, type ByteWriter } from '../../encoding/bytes.js';
import { grownInt32 } from '../growing-arrays.js';
import type { CanonicalOrder } from './canonical.js';

/** Stores the line on which the current function first mentions a node of the graph. */
export class NodeLines {
  private lines = new Int32Array(1 << 10);
  private seenIn = new Int32Array(1 << 10);
  private current = 0;

  beginFunction(): void {
    this.current++;
  }

  /** Records that the node was read on this line; only the first call for a node counts. */
  see(node: number, line: number): void {
    if (node >= this.lines.length) {
      this.lines = grownInt32(this.lines, node + 1);
      this.seenIn = grownInt32(this.seenIn, node + 1);
    }
    if (this.seenIn[node] === this.current) return;
    this.seenIn[node] = this.current;
    this.lines[node] = line;
  }

  /**
   * Writes the lines of the ordered nodes, each as the difference to the one before; the first as the difference to
   * `firstLine`.
   */
  write(order: CanonicalOrder, firstLine: number, out: ByteWriter): void {
    let last = firstLine;
    for (let k = 0; k < order.length; k++) {
      const line = this.lines[order.nodes[k]];
      writeLine(line, last, out);
      last = line;
    }
  }
}

/** Writes a line as its difference to the one before, as `decodeLines` reads it. */
export function writeLine(line: number, before: number, out: ByteWriter): void {
  const step = line - before;
  out.unsigned(step >= 0 ? 2 * step : -2 * step - 1);
}

/** The line of each node of a loaded function, from its `lines` and its `line`. */
export function decodeLines(encoded: Uint8Array, firstLine: number): number[] {
  const reader = new ByteReader(encoded);
  const lines: number[] = [];
  let last = firstLine;
  while (!reader.done) {
    const step = reader.unsigned();
    last += step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    lines.push(last);
  }
  return lines;
}
