/** Writes drafts as solver functions in many equivalent ways. */
import { constants } from '../../src/dsl/constants.js';
import { primitives } from '../../src/dsl/table.js';
import { Pair } from '../../src/dsl/value/value.js';
import { Op } from '../../src/lang/program/program.js';
import type { Draft } from './draft.js';
import type { Random } from './random.js';

/** The plain style: one line for each call, in the order of the draft, with x1, x2, ... and literals. */
export function printPlainly(draft: Draft, name: string): string {
  return print(draft, name, {
    order: (ready) => ready.shift() as number,
    nameOf: (line) => `x${line}`,
    useConstant: () => false,
    nest: () => false,
  });
}

/** A random style: names, order of lines, nesting, constants or literals. */
export function printVaried(draft: Draft, name: string, random: Random): string {
  const stem = random.pick(STEMS);
  const nesting = random.pick([0, 0.3, 0.9]);
  const constantShare = random.pick([0, 0.5, 1]);
  return print(draft, name, {
    order: (ready) => ready.splice(random.below(ready.length), 1)[0],
    nameOf: (line) => `${stem}${line}`,
    useConstant: () => random.chance(constantShare),
    nest: () => random.chance(nesting),
  });
}

const STEMS = ['x', 'v', 't', 'value_', 'step', 'a_', 'part', 'node_', 'r'];

interface Style {
  /** Chooses the next node to write from those whose operands have been written. */
  order(ready: number[]): number;
  nameOf(line: number): string;
  useConstant(): boolean;
  /** Whether a node with one use is written at its use. */
  nest(): boolean;
}

const CONSTANT_NAMES = new Map<string, string>();
for (const [name, value] of constants) {
  if (typeof value === 'boolean') CONSTANT_NAMES.set(value ? 'True' : 'False', name);
  else if (value instanceof Pair) CONSTANT_NAMES.set(`(${value.i}, ${value.j})`, name);
  else CONSTANT_NAMES.set(String(value), name);
}

function print(draft: Draft, name: string, style: Style): string {
  const { nodes, result } = draft;
  const { live, uses, called } = readersOf(draft);
  const texts = new Array<string | undefined>(nodes.length);
  const lines: string[] = [];
  const waiting = new Map<number, number>();
  const readers = new Map<number, number[]>();
  const ready: number[] = [];
  for (const node of live) {
    if (isLeaf(draft, node)) {
      texts[node] = leafText(draft, node, style);
      continue;
    }
    const needed = [...new Set(nodes[node].operands)].filter((operand) => !isLeaf(draft, operand));
    waiting.set(node, needed.length);
    if (needed.length === 0) ready.push(node);
    for (const operand of needed) readers.set(operand, [...(readers.get(operand) ?? []), node]);
  }
  while (ready.length > 0) {
    const node = style.order(ready);
    const text = expression(draft, node, texts, style);
    const inPlace = uses[node] === 1 && !called.has(node) && text.length < LONGEST_NESTED && style.nest();
    if (node === result || inPlace) texts[node] = text;
    else {
      texts[node] = style.nameOf(lines.length + 1);
      lines.push(`    ${texts[node]} = ${text}\n`);
    }
    for (const reader of readers.get(node) ?? []) {
      const left = (waiting.get(reader) as number) - 1;
      waiting.set(reader, left);
      if (left === 0) ready.push(reader);
    }
  }
  const readsMore = live.some((node) => nodes[node].op === Op.S || nodes[node].op === Op.C);
  return `def ${name}(${readsMore ? 'S, I, C' : 'I'}):\n${lines.join('')}    return ${texts[result]}\n`;
}

const LONGEST_NESTED = 120;

/**
 * The nodes that the result needs, ascending; the number of uses of each node; the nodes that are called as
 * functions.
 */
function readersOf({ nodes, result }: Draft) {
  const uses = new Int32Array(nodes.length);
  const called = new Set<number>();
  const seen = new Set([result]);
  for (const node of seen) {
    const { op, operands } = nodes[node];
    if (op === Op.Apply) called.add(operands[0]);
    for (const operand of operands) {
      uses[operand]++;
      seen.add(operand);
    }
  }
  return { live: [...seen].sort((a, b) => a - b), uses, called };
}

/** Nodes that are written at their uses: those without operands, and tuples of such nodes. */
function isLeaf({ nodes }: Draft, node: number): boolean {
  const { op, operands } = nodes[node];
  return op < Op.Tuple || (op === Op.Tuple && operands.every((operand) => nodes[operand].op < Op.Tuple));
}

function leafText(draft: Draft, node: number, style: Style): string {
  const { op, data, operands } = draft.nodes[node];
  switch (op) {
    case Op.I:
      return 'I';
    case Op.S:
      return 'S';
    case Op.C:
      return 'C';
    case Op.None:
      return 'None';
    case Op.Primitive:
      return primitives[data].name;
    case Op.Tuple: {
      const items = operands.map((operand) => literalOf(draft, operand));
      return constantOr(tupleText(items), style);
    }
    default:
      return constantOr(literalOf(draft, node), style);
  }
}

function literalOf(draft: Draft, node: number): string {
  const { op, data } = draft.nodes[node];
  if (op === Op.Integer) return String(data);
  if (op === Op.True || op === Op.False) return op === Op.True ? 'True' : 'False';
  return leafText(draft, node, NEVER_CONSTANT);
}

const NEVER_CONSTANT: Style = {
  order: (ready) => ready[0],
  nameOf: String,
  useConstant: () => false,
  nest: () => false,
};

function constantOr(literal: string, style: Style): string {
  const constant = CONSTANT_NAMES.get(literal);
  return constant !== undefined && style.useConstant() ? constant : literal;
}

function tupleText(items: readonly string[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

/** The text of a node whose operands have texts. */
function expression(
  { nodes }: Draft,
  node: number,
  texts: readonly (string | undefined)[],
  style: Style,
): string {
  const { op, data, operands } = nodes[node];
  const items = operands.map((operand) => texts[operand] as string);
  if (op === Op.Call) return `${primitives[data].name}(${items.join(', ')})`;
  if (op === Op.Apply) return `${items[0]}(${items.slice(1).join(', ')})`;
  return constantOr(tupleText(items), style);
}
