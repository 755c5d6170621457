/** Point mutations: they replace or swap parts and keep the structure of the program. */
import { Op } from '../../lang/program/program.js';
import { Calls } from '../types/call-types.js';
import { isCompatible } from '../types/compatibility.js';
import { rules } from '../types/result-rules.js';
import { roleOf } from '../types/roles.js';
import type { Type } from '../types/type.js';
import { ArgumentSource } from './argument-source.js';
import { isPairLiteral, literalAt, literalNode, otherLiteral } from './literals.js';
import {
  dependentsOf,
  expectedTypeAt,
  type Mutation,
  type MutationContext,
  type OperandSite,
  operandSites,
} from './mutation-context.js';
import { alike } from './primitive-lists.js';
import { primitivesFor } from './primitives-for.js';
import type { GraphNode } from './program-editor.js';

/** Replaces a constant by another of similar kind and range. */
export const constant: Mutation = (subject) => {
  const { program, types, features, random, editor } = subject;
  const sites = operandSites(program).filter(
    ({ node, value }) => literalAt(program, value) !== null && !isPairLiteral(program, node),
  );
  if (sites.length === 0) return null;
  const { node, operand, value } = random.choose(sites);
  const current = literalAt(program, value);
  if (current === null) return null;
  const literal = otherLiteral(current, roleOf(program, types, node, operand), features, random);
  return editor.withOperand(node, operand, literalNode(editor, literal));
};

/** Replaces a primitive by another of the same signature, as a callee or as a value. */
export const primitive: Mutation = (subject) => {
  const { program, random } = subject;
  const calls: number[] = [];
  for (let node = 0; node < program.length; node++) if (program.ops[node] === Op.Call) calls.push(node);
  const values = operandSites(program).filter(({ value }) => program.ops[value] === Op.Primitive);
  if (calls.length + values.length === 0) return null;
  const chosen = random.below(calls.length + values.length);
  return chosen < calls.length
    ? calledPrimitive(subject, calls[chosen])
    : primitiveValue(subject, values[chosen - calls.length]);
};

function calledPrimitive(
  { program, language, types, random, editor }: MutationContext,
  node: number,
): GraphNode | null {
  const { data, starts, operands } = program;
  const args = Array.from(operands.subarray(starts[node], starts[node + 1]), (operand) => types[operand]);
  const isSuitable = (result: Type | null) => result !== null && isCompatible(types[node], result);
  const others = primitivesFor(args, language, new Calls(rules), isSuitable, data[node]);
  return others.length === 0 ? null : editor.withPrimitive(node, random.choose(others));
}

function primitiveValue(
  { program, language, random, editor }: MutationContext,
  { node, operand, value }: OperandSite,
): GraphNode | null {
  const others = alike(program.data[value], language);
  return others.length === 0
    ? null
    : editor.withOperand(node, operand, editor.primitive(random.choose(others)));
}

/** Probability that the new argument is made instead of taken from the program. */
const MADE = 0.25;

/** Replaces an argument by a value of a compatible type that does not depend on the argument. */
export const argument: Mutation = (subject) => {
  const { program, random, editor } = subject;
  const site = random.choose(operandSites(program));
  const wanted = expectedTypeAt(subject, site);
  const excluded = dependentsOf(program, site.node);
  excluded[site.value] = 1;
  const source = new ArgumentSource(subject, excluded);
  const made = random.chance(MADE) ? source.made(wanted) : null;
  const other = made ?? source.present(wanted);
  return other === null ? null : editor.withOperand(site.node, site.operand, other);
};

/** Swaps two arguments of one call. */
export const exchange: Mutation = ({ program, types, random, editor }) => {
  const { length, starts, operands } = program;
  const found: { readonly node: number; readonly a: number; readonly b: number }[] = [];
  for (let node = 0; node < length; node++) {
    const [start, end] = [starts[node], starts[node + 1]];
    for (let a = start; a < end; a++) {
      for (let b = a + 1; b < end; b++) {
        if (operands[a] === operands[b] || !isCompatible(types[operands[a]], types[operands[b]])) continue;
        found.push({ node, a: a - start, b: b - start });
      }
    }
  }
  if (found.length === 0) return null;
  const { node, a, b } = random.choose(found);
  return editor.withExchanged(node, a, b);
};
