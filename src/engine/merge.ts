/** Merges many programs into one graph in which every distinct node occurs once. */
import type { Program } from '../lang/program/program.js';

/**
 * Nodes are numbered in the order in which they are added, operands before their readers. Nodes with equal op, datum
 * and operands are one node. An open-addressed table of node numbers finds them by a full comparison.
 */
export class MergedGraph {
  readonly ops: number[] = [];
  readonly data: number[] = [];
  /** Operands of node n: `operands[starts[n]] .. operands[starts[n + 1] - 1]`. */
  readonly starts: number[] = [0];
  readonly operands: number[] = [];
  private slots = new Int32Array(1024);

  get size(): number {
    return this.ops.length;
  }

  /** Adds a program; returns the merged number of each of its nodes, in the program's own (evaluation) order. */
  add(program: Program): Int32Array {
    const merged = new Int32Array(program.length);
    for (let node = 0; node < program.length; node++) {
      const start = this.operands.length;
      for (let k = program.starts[node]; k < program.starts[node + 1]; k++) {
        this.operands.push(merged[program.operands[k]]);
      }
      merged[node] = this.intern(program.ops[node], program.data[node], start);
    }
    return merged;
  }

  /**
   * The node with these fields. Its operands are at the end of `operands`, from `start`; they are removed if the node
   * exists.
   */
  private intern(op: number, datum: number, start: number): number {
    const mask = this.slots.length - 1;
    let slot = this.hash(op, datum, start, this.operands.length) & mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const node = this.slots[slot] - 1;
      if (this.matches(node, op, datum, start)) {
        this.operands.length = start;
        return node;
      }
    }
    this.ops.push(op);
    this.data.push(datum);
    this.starts.push(this.operands.length);
    this.slots[slot] = this.ops.length;
    if (this.ops.length * 2 > this.slots.length) this.grow();
    return this.ops.length - 1;
  }

  private matches(node: number, op: number, datum: number, start: number): boolean {
    if (this.ops[node] !== op || this.data[node] !== datum) return false;
    const from = this.starts[node];
    const count = this.starts[node + 1] - from;
    if (count !== this.operands.length - start) return false;
    for (let k = 0; k < count; k++) {
      if (this.operands[from + k] !== this.operands[start + k]) return false;
    }
    return true;
  }

  private hash(op: number, datum: number, from: number, to: number): number {
    let hash = Math.imul(op + 1, 0x9e3779b1) ^ Math.imul(datum | 0, 0x85ebca6b);
    for (let k = from; k < to; k++) hash = Math.imul(hash ^ this.operands[k], 0x01000193) ^ (hash >>> 15);
    hash ^= hash >>> 16;
    return Math.imul(hash, 0xc2b2ae35) ^ (hash >>> 13);
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let node = 0; node < this.ops.length; node++) {
      let slot = this.hash(this.ops[node], this.data[node], this.starts[node], this.starts[node + 1]) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = node + 1;
    }
  }
}
