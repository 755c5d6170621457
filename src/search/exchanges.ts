/** Mutations that exchange something for something else, and keep the form of the program. */
import { Op } from '../lang/program.js';
import { isLike } from './likeness.js';
import { isPairLiteral, literalAt, literalNode, otherLiteral } from './literals.js';
import { alike, byArity } from './primitive-lists.js';
import { roleOf } from './roles.js';
import { rules } from './rules.js';
import { dependentsOf, type Mutation, type Place, placesOf, type Subject, wantedAt } from './subject.js';
import { Supply } from './supply.js';
import { Calls } from './typing.js';
import type { GraphNode } from './workbench.js';

/** A constant for another of its kind and range. */
export const constant: Mutation = (subject) => {
  const { program, types, shown, random, bench } = subject;
  const places = placesOf(program).filter(
    ({ node, value }) => literalAt(program, value) !== null && !isPairLiteral(program, node),
  );
  if (places.length === 0) return null;
  const { node, operand, value } = random.choose(places);
  const current = literalAt(program, value);
  if (current === null) return null;
  const literal = otherLiteral(current, roleOf(program, types, node, operand), shown, random);
  return bench.withOperand(node, operand, literalNode(bench, literal));
};

/** A primitive for another of the same signature, where it is called or where it is a value. */
export const primitive: Mutation = (subject) => {
  const { program, random } = subject;
  const calls: number[] = [];
  for (let node = 0; node < program.length; node++) if (program.ops[node] === Op.Call) calls.push(node);
  const values = placesOf(program).filter(({ value }) => program.ops[value] === Op.Primitive);
  if (calls.length + values.length === 0) return null;
  const chosen = random.below(calls.length + values.length);
  return chosen < calls.length
    ? calledPrimitive(subject, calls[chosen])
    : primitiveValue(subject, values[chosen - calls.length]);
};

function calledPrimitive(
  { program, language, types, random, bench }: Subject,
  node: number,
): GraphNode | null {
  const { data, starts, operands } = program;
  const args = Array.from(operands.subarray(starts[node], starts[node + 1]), (operand) => types[operand]);
  const calls = new Calls(rules);
  const others = byArity(language)[args.length].filter((id) => {
    if (id === data[node]) return false;
    const result = calls.primitive(id, args);
    return result !== null && isLike(types[node], result);
  });
  return others.length === 0 ? null : bench.withPrimitive(node, random.choose(others));
}

function primitiveValue(
  { program, language, random, bench }: Subject,
  { node, operand, value }: Place,
): GraphNode | null {
  const others = alike(program.data[value], language);
  return others.length === 0
    ? null
    : bench.withOperand(node, operand, bench.primitive(random.choose(others)));
}

/** How often an argument is exchanged for one that is made anew. */
const MADE = 0.25;

/** An argument for a value of a compatible kind: one that does not need it, or one that is made of such. */
export const argument: Mutation = (subject) => {
  const { program, random, bench } = subject;
  const place = random.choose(placesOf(program));
  const wanted = wantedAt(subject, place);
  const excluded = dependentsOf(program, place.node);
  excluded[place.value] = 1;
  const supply = new Supply(subject, excluded);
  const made = random.chance(MADE) ? supply.made(wanted) : null;
  const other = made ?? supply.present(wanted);
  return other === null ? null : bench.withOperand(place.node, place.operand, other);
};

/** Two arguments of one call in each other's places. */
export const exchange: Mutation = ({ program, types, random, bench }) => {
  const { length, starts, operands } = program;
  const found: { readonly node: number; readonly a: number; readonly b: number }[] = [];
  for (let node = 0; node < length; node++) {
    const [start, end] = [starts[node], starts[node + 1]];
    for (let a = start; a < end; a++) {
      for (let b = a + 1; b < end; b++) {
        if (operands[a] === operands[b] || !isLike(types[operands[a]], types[operands[b]])) continue;
        found.push({ node, a: a - start, b: b - start });
      }
    }
  }
  if (found.length === 0) return null;
  const { node, a, b } = random.choose(found);
  return bench.withExchanged(node, a, b);
};
