/** The roles of integers and pairs in a program, in calls and in function values that are called later. */
import { everyPrimitive } from '../../dsl/dialects.js';
import { Op, type Program } from '../../lang/program/program.js';
import { argumentTarget } from './argument-target.js';
import { argumentTypes } from './argument-types.js';
import { Calls } from './call-types.js';
import { type Role, roleOfParameter } from './parameter-roles.js';
import { rules } from './result-rules.js';
import { elementOf, type Type } from './type.js';

/** Primitives that compare one of their arguments with another, or with the elements of another. */
const COMPARING = new Map<string, readonly ((args: readonly Type[]) => Type | null)[]>([
  ['equality', [([, b]) => b, ([a]) => a]],
  ['greater', [([, b]) => b, ([a]) => a]],
  ['contained', [([, container]) => elementOf(container)]],
  ['insert', [([, container]) => elementOf(container)]],
  ['remove', [([, container]) => elementOf(container)]],
  ['other', [() => null, ([container]) => elementOf(container)]],
]);

/**
 * The role of an operand of a node: what the primitive uses it for, now or when a function value is called. The
 * result of a program, whose node number is the program's length, has none.
 */
export function roleOf(
  { length, ops, data, starts, operands }: Program,
  types: readonly Type[],
  node: number,
  operand: number,
): Role | null {
  if (node === length) return null;
  const args = operands.subarray(starts[node], starts[node + 1]);
  if (ops[node] === Op.Apply) {
    return operand === 0 ? null : roleOfArgument(types[args[0]], operand - 1);
  }
  if (ops[node] !== Op.Call) return null;
  const role = roleOfParameter(data[node], operand);
  if (role !== null) return role;
  const { name } = everyPrimitive[data[node]];
  if (operand === 1 && name === 'rbind') return roleOfArgument(types[args[0]], -1);
  if (operand === 1 && name === 'lbind') return roleOfArgument(types[args[0]], 0);
  if (operand === 1 && name === 'matcher') return givesColor(types[args[0]]) ? 'color-read' : null;
  const counterpart = COMPARING.get(name)?.[operand];
  if (counterpart === undefined) return null;
  return counterpart(Array.from(args, (arg) => types[arg]))?.form === 'color' ? 'color-read' : null;
}

function givesColor(callee: Type): boolean {
  const calls = new Calls(rules);
  return argumentTypes(callee, calls).some(
    (argumentType) => calls.value(callee, [argumentType])?.form === 'color',
  );
}

/** The role of an argument of a function; see receiverOf. */
function roleOfArgument(callee: Type, index: number): Role | null {
  const target = argumentTarget(callee, index);
  return target === null ? null : roleOfParameter(target.primitive, target.parameter);
}
