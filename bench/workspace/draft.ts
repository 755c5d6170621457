/** A program that is being changed: a DAG to which nodes can be added and in which operands can be replaced. */
import type { Kind } from '../../src/dsl/primitive.js';
import { primitives } from '../../src/dsl/table.js';
import { Op, type Program } from '../../src/lang/program/program.js';

export interface DraftNode {
  readonly op: number;
  readonly data: number;
  readonly operands: number[];
}

/** Nodes may be in any order without cycles; some may not be needed. */
export class Draft {
  private constructor(
    readonly nodes: DraftNode[],
    public result: number,
  ) {}

  static of({ length, ops, data, starts, operands }: Program): Draft {
    const nodes = Array.from({ length }, (_, node) => ({
      op: ops[node],
      data: data[node],
      operands: [...operands.subarray(starts[node], starts[node + 1])],
    }));
    return new Draft(nodes, length - 1);
  }

  add(op: number, data: number, operands: number[] = []): number {
    this.nodes.push({ op, data, operands });
    return this.nodes.length - 1;
  }

  call(name: string, ...operands: number[]): number {
    return this.add(Op.Call, primitiveId(name), operands);
  }

  functionValue(name: string): number {
    return this.add(Op.Primitive, primitiveId(name));
  }

  integer(value: number): number {
    return this.add(Op.Integer, value);
  }
}

function primitiveId(name: string): number {
  const id = primitives.findIndex((primitive) => primitive.name === name);
  if (id < 0) throw new Error(`there is no primitive ${name}`);
  return id;
}

/** The kind of each node's value as far as the table of primitives tells; else `any`. */
export function kindsOf(draft: Draft): Kind[] {
  const kinds: Kind[] = [];
  for (const node of draft.nodes) kinds.push(kindOf(node, kinds));
  return kinds;
}

/** `kinds` of all operands are known, because a decoded program has its operands first. */
function kindOf({ op, data, operands }: DraftNode, kinds: readonly Kind[]): Kind {
  switch (op) {
    case Op.I:
      return 'grid';
    case Op.None:
      return 'none';
    case Op.True:
    case Op.False:
      return 'boolean';
    case Op.Integer:
      return 'integer';
    case Op.Primitive:
      return 'function';
    case Op.Tuple:
      return operands.length === 2 && operands.every((k) => kinds[k] === 'integer') ? 'pair' : 'tuple';
    case Op.Call:
      return resultKind(data, operands, kinds);
    default:
      return 'any';
  }
}

/**
 * Kinds that only describe what several kinds have in common; a result of such a kind has the kind of the argument.
 */
const GENERAL: ReadonlySet<Kind> = new Set(['number', 'container', 'patch', 'piece', 'element']);

function resultKind(id: number, operands: readonly number[], kinds: readonly Kind[]): Kind {
  const { name, parameters, result } = primitives[id];
  if (name === 'merge' && kinds[operands[0]] === 'objects') return 'object';
  if (name === 'astuple' && operands.every((k) => kinds[k] === 'integer')) return 'pair';
  if (!GENERAL.has(result) || name === 'merge' || name === 'apply' || name === 'mapply') return result;
  const same = operands.filter((_, k) => parameters[k].kind === result).map((operand) => kinds[operand]);
  if (result === 'number') return same.every((kind) => kind === 'integer') ? 'integer' : 'pair';
  return same[0] ?? result;
}
