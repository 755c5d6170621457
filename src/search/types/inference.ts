/** Infers the type of every node of a program, and finds nodes that must fail. */
import { Op, type Program } from '../../lang/program/program.js';
import { isAssignable } from './assignability.js';
import { Calls, primitiveType } from './call-types.js';
import { rules } from './result-rules.js';
import { ANY, BOOLEAN, containerOf, GRID, INTEGER, NONE, record, type Type } from './type.js';

export interface Inference {
  /** Per node. */
  readonly types: readonly Type[];
  /** Number of nodes that certainly fail whenever they are evaluated. A result that is no grid counts as one. */
  readonly faults: number;
}

/** The type of the demonstration samples. */
const SAMPLES: Type = containerOf('tuple', record(GRID, GRID));

/**
 * Takes time linear in the size of the program, plus the size of functions in it for each place that applies them.
 */
export function inferTypes(program: Program): Inference {
  const { length, starts, operands } = program;
  const calls = new Calls(rules);
  const types: Type[] = [];
  let faults = 0;
  for (let node = 0; node < length; node++) {
    const given: Type[] = [];
    for (let k = starts[node]; k < starts[node + 1]; k++) given.push(types[operands[k]]);
    const type = typeOf(program.ops[node], program.data[node], given, calls);
    if (type === null) faults++;
    types.push(type ?? ANY);
  }
  if (!isAssignable('grid', types[length - 1])) faults++;
  return { types, faults };
}

function typeOf(op: number, data: number, given: readonly Type[], calls: Calls): Type | null {
  switch (op) {
    case Op.I:
      return GRID;
    case Op.S:
      return SAMPLES;
    case Op.C:
      return ANY;
    case Op.None:
      return NONE;
    case Op.False:
    case Op.True:
      return BOOLEAN;
    case Op.Integer:
      return INTEGER;
    case Op.Primitive:
      return primitiveType(data);
    case Op.Tuple:
      return record(...given);
    case Op.Apply:
      return calls.value(given[0], given.slice(1));
    default:
      return calls.primitive(data, given);
  }
}
