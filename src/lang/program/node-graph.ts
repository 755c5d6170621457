/** The nodes of programs under construction. Equal nodes are one node (hash-consing). */
import { grownInt32 } from '../growing-arrays.js';
import type { Vocabulary } from '../language.js';
import { Op } from './program.js';

/**
 * Ops that occur only under construction, in no program: a parameter of a function that is no solver (`data` is its
 * index), and a call of a function of the file that has been replaced by its body.
 */
export const PARAMETER = 11;
const INLINED = 12;

const FREE = -1;
const FIRST_CAPACITY = 1 << 10;
const NO_OPERANDS = new Int32Array(0);

/** 2^32, to hash an integer by its low and high halves. */
const WORD = 4294967296;

/** The nodes that every graph begins with. The node number of a parameter, None, False or True is its `Op`. */
const FIRST_NODES = [Op.I, Op.S, Op.C, Op.None, Op.False, Op.True];

/**
 * Nodes are numbered in the order in which they are added, so operands have smaller numbers than the nodes that use
 * them. A hash table with open addressing finds equal nodes; it compares whole nodes, so only equal nodes are shared.
 */
export class Graph {
  length = 0;
  ops = new Uint8Array(FIRST_CAPACITY);
  /** See `Program.data`. */
  data = new Float64Array(FIRST_CAPACITY);
  /** See `Program.starts`. */
  starts = new Int32Array(FIRST_CAPACITY + 1);
  operands = new Int32Array(2 * FIRST_CAPACITY);
  private hashes = new Int32Array(FIRST_CAPACITY);
  private slots = new Int32Array(2 * FIRST_CAPACITY);

  constructor(private readonly vocabulary: Vocabulary) {
    this.clear();
  }

  clear(): void {
    this.length = 0;
    this.slots.fill(FREE);
    for (const op of FIRST_NODES) this.node(op, 0, NO_OPERANDS, 0, 0);
  }

  integer(value: number): number {
    // Minus zero becomes zero.
    return this.node(Op.Integer, value + 0, NO_OPERANDS, 0, 0);
  }

  /** A primitive as a value. */
  primitive(id: number): number {
    return this.node(Op.Primitive, id, NO_OPERANDS, 0, 0);
  }

  /** The tuple of items[from], ..., items[from + count - 1]. */
  tuple(items: Int32Array, from: number, count: number): number {
    return this.node(Op.Tuple, 0, items, from, count);
  }

  /** The call of a primitive with as many arguments as it takes. */
  call(id: number, values: Int32Array, from: number, count: number): number {
    return this.node(Op.Call, id, values, from, count);
  }

  /**
   * The call of the value values[from] with the values after it; the direct call, if the value is a primitive of that
   * arity.
   */
  apply(values: Int32Array, from: number, count: number): number {
    const callee = values[from];
    if (this.ops[callee] === Op.Primitive) {
      const id = this.data[callee];
      if (this.vocabulary.arity(id) === count - 1) return this.call(id, values, from + 1, count - 1);
    }
    return this.node(Op.Apply, 0, values, from, count);
  }

  /** A parameter of a function that is to be inlined. */
  parameter(index: number): number {
    return this.node(PARAMETER, index, NO_OPERANDS, 0, 0);
  }

  /** A placeholder for a call of a function of the file, so that equal calls are found. */
  inlined(index: number, values: Int32Array, from: number, count: number): number {
    return this.node(INLINED, index, values, from, count);
  }

  private node(op: number, data: number, values: Int32Array, from: number, count: number): number {
    let hash = Math.imul(op + 1, 0x9e3779b1) ^ Math.imul(data | 0, 0x85ebca6b) ^ ((data / WORD) | 0);
    const to = from + count;
    for (let k = from; k < to; k++) {
      hash = Math.imul(hash ^ values[k], 0x27d4eb2f);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
    hash ^= hash >>> 15;
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let node = slots[slot]; node !== FREE; node = slots[slot]) {
      if (hashes[node] === hash && this.equals(node, op, data, values, from, count)) return node;
      slot = (slot + 1) & mask;
    }
    slots[slot] = this.length;
    return this.append(hash, op, data, values, from, count);
  }

  private equals(
    node: number,
    op: number,
    data: number,
    values: Int32Array,
    from: number,
    count: number,
  ): boolean {
    const start = this.starts[node];
    if (this.ops[node] !== op || this.data[node] !== data || this.starts[node + 1] - start !== count)
      return false;
    for (let k = 0; k < count; k++) if (this.operands[start + k] !== values[from + k]) return false;
    return true;
  }

  private append(
    hash: number,
    op: number,
    data: number,
    values: Int32Array,
    from: number,
    count: number,
  ): number {
    const node = this.length++;
    if (this.length > this.ops.length) this.grow();
    const start = this.starts[node];
    if (start + count > this.operands.length) this.operands = grownInt32(this.operands, start + count);
    for (let k = 0; k < count; k++) this.operands[start + k] = values[from + k];
    this.ops[node] = op;
    this.data[node] = data;
    this.starts[node + 1] = start + count;
    this.hashes[node] = hash;
    if (2 * this.length > this.slots.length) this.rehash();
    return node;
  }

  private grow(): void {
    const capacity = 2 * this.ops.length;
    const ops = new Uint8Array(capacity);
    ops.set(this.ops);
    this.ops = ops;
    const data = new Float64Array(capacity);
    data.set(this.data);
    this.data = data;
    this.starts = grownInt32(this.starts, capacity + 1);
    this.hashes = grownInt32(this.hashes, capacity);
  }

  private rehash(): void {
    const slots = new Int32Array(2 * this.slots.length).fill(FREE);
    const mask = slots.length - 1;
    for (let node = 0; node < this.length; node++) {
      let slot = this.hashes[node] & mask;
      while (slots[slot] !== FREE) slot = (slot + 1) & mask;
      slots[slot] = node;
    }
    this.slots = slots;
  }
}
