/**
 * Hostile programs as graphs: all 160 primitives with huge numbers, sizes beyond any memory, functions applied to
 * themselves, and sets of functions. Operands usually fit their parameters, so that much code is executed.
 */
import type { Kind } from '../../../src/dsl/primitive.js';
import { primitives } from '../../../src/dsl/table.js';
import { ByteWriter } from '../../../src/encoding/bytes.js';
import { arcLanguage } from '../../../src/lang/language.js';
import { CanonicalOrder } from '../../../src/lang/program/canonical.js';
import { Graph } from '../../../src/lang/program/node-graph.js';
import { Op, ProgramWriter } from '../../../src/lang/program/program.js';
import type { Random } from '../../workspace/random.js';

/** Primitives that can request more memory than there is. */
const GREEDY = [
  'upscale',
  'hupscale',
  'vupscale',
  'repeat',
  'product',
  'canvas',
  'interval',
  'power',
  'connect',
  'shoot',
  'box',
  'inbox',
  'outbox',
  'backdrop',
  'delta',
  'hconcat',
  'vconcat',
  'combine',
  'merge',
  'mapply',
  'prapply',
  'mpapply',
  'papply',
  'apply',
  'rapply',
  'fork',
  'compose',
  'chain',
  'matcher',
  'lbind',
  'rbind',
  'astuple',
  'pair',
  'insert',
  'initset',
  'multiply',
  'add',
  'subtract',
  'double',
  'gravitate',
  'occurrences',
  'objects',
  'hsplit',
  'vsplit',
  'crop',
  'shift',
  'order',
].map((name) => arcLanguage.idOf(name) as number);

const INTEGERS: readonly number[] = [
  -1,
  0,
  1,
  2,
  3,
  7,
  10,
  30,
  127,
  128,
  1023,
  1024,
  5000,
  65_536,
  1_000_000,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  1e15,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
];

/** Kinds of values that may be arguments for a kind of parameter; a kind that is missing only accepts itself. */
export const ACCEPTED: Partial<Record<Kind, readonly Kind[]>> = {
  number: ['number', 'integer', 'pair'],
  integer: ['integer', 'boolean'],
  tuple: ['tuple', 'grid', 'pair', 'grids'],
  set: ['set', 'indices', 'object', 'objects'],
  container: ['container', 'tuple', 'set', 'grid', 'grids', 'indices', 'object', 'objects'],
  patch: ['patch', 'indices', 'object'],
  piece: ['piece', 'grid', 'patch', 'indices', 'object'],
  element: ['element', 'grid', 'object'],
};

/** The kind that a result of no certain kind is taken for. */
const LIKELY: readonly Kind[] = ['grid', 'integer', 'object', 'tuple', 'pair', 'set', 'function'];

const STEPS = 36;

const out = new ByteWriter(4096);
const writer = new ProgramWriter(arcLanguage, out);

class HostileGraph {
  private readonly graph = new Graph(arcLanguage);
  private readonly nodes: number[] = [];
  private readonly byKind = new Map<Kind, number[]>();

  constructor(private readonly random: Random) {
    this.add(Op.I, 'grid');
    this.add(Op.S, 'tuple');
    this.add(Op.None, 'none');
    for (const op of [Op.False, Op.True]) this.add(op, 'boolean');
    for (let k = 0; k < 6; k++) this.add(this.integer(), 'integer');
    for (let k = 0; k < 4; k++) this.add(this.tuple([this.integer(), this.integer()]), 'pair');
    for (let k = 0; k < 6; k++) this.add(this.graph.primitive(random.below(primitives.length)), 'function');
    const [identity, initset, rapply] = ['identity', 'initset', 'rapply'].map((name) =>
      this.graph.primitive(idOf(name)),
    );
    // x -> the set of x(x): applied to itself, it calls itself endlessly.
    const self = this.call('fork', rapply, initset, identity);
    for (const f of [identity, self, this.call('power', identity, this.integer())]) this.add(f, 'function');
    this.add(this.call('insert', self, this.call('initset', identity)), 'set');
    for (let k = 0; k < STEPS; k++) this.step();
  }

  /** Encoded programs, each with another node as its result, usually one of the last. */
  programs(count: number): Uint8Array[] {
    const { graph, nodes, random } = this;
    const order = new CanonicalOrder(graph);
    return Array.from({ length: count }, (_, k) => {
      order.walk(random.chance(0.9) ? nodes[nodes.length - 1 - (k % STEPS)] : random.pick(nodes));
      out.length = 0;
      order.write(writer);
      return out.finish();
    });
  }

  private step(): void {
    const { random, graph } = this;
    const form = random.below(20);
    if (form === 0) this.add(graph.primitive(random.below(primitives.length)), 'function');
    else if (form === 1) {
      const items = Array.from({ length: random.below(4) }, () => this.operand('any'));
      this.add(this.tuple(items), items.length === 2 ? 'pair' : 'tuple');
    } else if (form <= 4) {
      const values = Int32Array.from({ length: 2 + random.below(2) }, (_, k) =>
        this.operand(k === 0 ? 'function' : 'any'),
      );
      this.add(graph.apply(values, 0, values.length), random.pick(LIKELY));
    } else {
      const id = random.chance(0.6) ? random.pick(GREEDY) : random.below(primitives.length);
      const { parameters, result } = primitives[id];
      const values = Int32Array.from(parameters, ({ kind }) => this.operand(kind));
      this.add(graph.call(id, values, 0, values.length), result === 'any' ? random.pick(LIKELY) : result);
    }
  }

  private operand(kind: Kind): number {
    const { random } = this;
    const kinds = kind === 'any' || random.chance(0.06) ? null : (ACCEPTED[kind] ?? [kind]);
    const there = kinds?.map((one) => this.byKind.get(one) ?? []).filter((nodes) => nodes.length > 0) ?? [];
    const from = there.length === 0 ? this.nodes : random.pick(there);
    // Later nodes do more work.
    return random.chance(0.5) ? random.pick(from) : random.pick(from.slice(-3));
  }

  private integer(): number {
    return this.graph.integer(this.random.pick(INTEGERS));
  }

  private tuple(items: readonly number[]): number {
    return this.graph.tuple(Int32Array.from(items), 0, items.length);
  }

  private call(name: string, ...operands: readonly number[]): number {
    return this.graph.call(idOf(name), Int32Array.from(operands), 0, operands.length);
  }

  private add(node: number, kind: Kind): void {
    this.nodes.push(node);
    const same = this.byKind.get(kind);
    if (same === undefined) this.byKind.set(kind, [node]);
    else same.push(node);
  }
}

function idOf(name: string): number {
  return arcLanguage.idOf(name) as number;
}

/** Encoded programs that share much; some are equal. */
export function hostileGraph(random: Random, count: number): Uint8Array[] {
  return new HostileGraph(random).programs(count);
}
