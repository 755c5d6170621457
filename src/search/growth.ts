/** Mutations that add to a program, or take something away. */
import { everyPrimitive } from '../dsl/dialects.js';
import type { Language } from '../lang/language.js';
import { Op } from '../lang/program.js';
import { domainsOf } from './domain.js';
import { isLike } from './likeness.js';
import { literalAt } from './literals.js';
import { byArity, primitiveId } from './primitive-lists.js';
import { rules } from './rules.js';
import { type Ancestor, dependentsOf, type Mutation, placesOf, wantedAt } from './subject.js';
import { Supply } from './supply.js';
import { ANY, keyOf, type Type } from './type.js';
import { Calls } from './typing.js';
import type { GraphNode } from './workbench.js';

/** A call of a primitive between a value and one of its readers. */
export const insertion: Mutation = (subject) => {
  const { program, random, bench } = subject;
  const place = random.choose(placesOf(program));
  const type = wantedAt(subject, place);
  const wrappers = wrappersOf(type, subject.language);
  if (wrappers.length === 0) return null;
  const { primitive, parameter } = random.choose(wrappers);
  const excluded = dependentsOf(program, place.node);
  // Two copies of a grid can be put together; anything else with itself gives itself, or nothing.
  if (type.form !== 'grid') excluded[place.value] = 1;
  const supply = new Supply(subject, excluded);
  const args: GraphNode[] = [];
  for (let k = 0; k < everyPrimitive[primitive].parameters.length; k++) {
    const arg = k === parameter ? bench.at(place.value) : supply.argument(primitive, k, type);
    if (arg === null) return null;
    args.push(arg);
  }
  return bench.withOperand(place.node, place.operand, bench.call(primitive, ...args));
};

/** A primitive, and the parameter of it that takes a value that the result is like. */
interface Wrapper {
  readonly primitive: number;
  readonly parameter: number;
}

const WRAPPERS = new Map<string, readonly Wrapper[]>();

function wrappersOf(type: Type, language: Language): readonly Wrapper[] {
  if (type.form === 'function') return [];
  const key = `${language.name} ${keyOf(type)}`;
  let wrappers = WRAPPERS.get(key);
  if (wrappers === undefined) {
    wrappers = findWrappers(type, language);
    WRAPPERS.set(key, wrappers);
  }
  return wrappers;
}

function findWrappers(type: Type, language: Language): Wrapper[] {
  const calls = new Calls(rules);
  return byArity(language)
    .flat()
    .flatMap((primitive) => {
      const { parameters } = everyPrimitive[primitive];
      return parameters.flatMap(({ kind }, parameter) => {
        if (kind === 'any') return [];
        const result = calls.primitive(
          primitive,
          parameters.map((_, k) => (k === parameter ? type : ANY)),
        );
        return result !== null && isLike(type, result) ? [{ primitive, parameter }] : [];
      });
    });
}

/** A function of one argument for itself after, or before, a primitive that keeps what it is given, or gives. */
export const composition: Mutation = ({ program, language, types, random, bench }) => {
  const compose = primitiveId('compose', language);
  const places = placesOf(program).filter(({ value }) => {
    const type = types[value];
    return type.form === 'function' && type.arity === 1;
  });
  if (places.length === 0) return null;
  const { node, operand, value } = random.choose(places);
  const calls = new Calls(rules);
  const domain = random.choose(domainsOf(types[value], calls));
  const first = random.chance(0.5);
  const kept = first ? domain : calls.value(types[value], [domain]);
  const added = byArity(language)[1].filter((id) => {
    const result = kept === null ? null : calls.primitive(id, [kept]);
    return result !== null && kept !== null && isLike(kept, result);
  });
  if (added.length === 0) return null;
  const other = bench.primitive(random.choose(added));
  const one = bench.at(value);
  return bench.withOperand(
    node,
    operand,
    first ? bench.call(compose, one, other) : bench.call(compose, other, one),
  );
};

/** A node for one of its operands of a compatible kind. */
export const deletion: Mutation = ({ program, types, random, bench }) => {
  const { length, ops, starts, operands } = program;
  const found: { readonly node: number; readonly operand: number }[] = [];
  for (let node = 0; node < length; node++) {
    if (ops[node] === Op.Tuple) continue;
    for (let k = starts[node]; k < starts[node + 1]; k++) {
      const operand = operands[k];
      if (isLike(types[node], types[operand]) && literalAt(program, operand) === null) {
        found.push({ node, operand });
      }
    }
  }
  if (found.length === 0) return null;
  const { node, operand } = random.choose(found);
  return bench.withNode(node, bench.at(operand));
};

/** A value for a part of another program that gives something of a compatible kind. */
export function crossover({ program: from, types: fromTypes }: Ancestor): Mutation {
  return (subject) => {
    const { program, random, bench } = subject;
    const place = random.choose(placesOf(program));
    const wanted = wantedAt(subject, place);
    const parts: number[] = [];
    for (let node = 0; node < from.length; node++) {
      if (from.ops[node] > Op.Tuple && isLike(wanted, fromTypes[node])) parts.push(node);
    }
    if (parts.length === 0) return null;
    return bench.withOperand(place.node, place.operand, bench.graft(from, random.choose(parts)));
  };
}
