/** Insertion, deletion and crossover: mutations that add a part to a program, or remove one. */
import { everyPrimitive } from '../../dsl/dialects.js';
import type { Language } from '../../lang/language.js';
import { Op } from '../../lang/program/program.js';
import { argumentTypes } from '../types/argument-types.js';
import { Calls } from '../types/call-types.js';
import { isCompatible } from '../types/compatibility.js';
import { Memo } from '../types/memo.js';
import { rules } from '../types/result-rules.js';
import { ANY, keyOf, type Type } from '../types/type.js';
import { ArgumentSource } from './argument-source.js';
import { literalAt } from './literals.js';
import {
  type Ancestor,
  dependentsOf,
  expectedTypeAt,
  type Mutation,
  operandSites,
} from './mutation-context.js';
import { byArity, primitiveId } from './primitive-lists.js';
import { primitivesFor } from './primitives-for.js';
import type { GraphNode } from './program-editor.js';

/** Inserts a call of a primitive between a value and one of its uses. */
export const insertion: Mutation = (subject) => {
  const { program, random, editor } = subject;
  const site = random.choose(operandSites(program));
  const type = expectedTypeAt(subject, site);
  const wrappers = wrappersOf(type, subject.language);
  if (wrappers.length === 0) return null;
  const { primitive, parameter } = random.choose(wrappers);
  const excluded = dependentsOf(program, site.node);
  // Joining two copies of a grid makes sense; for other values the call would return its argument, or nothing useful.
  if (type.form !== 'grid') excluded[site.value] = 1;
  const source = new ArgumentSource(subject, excluded);
  const args: GraphNode[] = [];
  for (let k = 0; k < everyPrimitive[primitive].parameters.length; k++) {
    const arg = k === parameter ? editor.at(site.value) : source.argument(primitive, k, type);
    if (arg === null) return null;
    args.push(arg);
  }
  return editor.withOperand(site.node, site.operand, editor.call(primitive, ...args));
};

/** A primitive, with the index of a parameter that accepts a value of the same type as the result. */
interface Wrapper {
  readonly primitive: number;
  readonly parameter: number;
}

const WRAPPERS = new Memo<readonly Wrapper[]>();

function wrappersOf(type: Type, language: Language): readonly Wrapper[] {
  if (type.form === 'function') return [];
  return WRAPPERS.get(`${language.name} ${keyOf(type)}`, () => findWrappers(type, language));
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
        return result !== null && isCompatible(type, result) ? [{ primitive, parameter }] : [];
      });
    });
}

/** Composes a function of one argument with a primitive that keeps the type of its argument or of its result. */
export const composition: Mutation = ({ program, language, types, random, editor }) => {
  const compose = primitiveId('compose', language);
  const sites = operandSites(program).filter(({ value }) => {
    const type = types[value];
    return type.form === 'function' && type.arity === 1;
  });
  if (sites.length === 0) return null;
  const { node, operand, value } = random.choose(sites);
  const calls = new Calls(rules);
  const argumentType = random.choose(argumentTypes(types[value], calls));
  const first = random.chance(0.5);
  const kept = first ? argumentType : calls.value(types[value], [argumentType]);
  if (kept === null) return null;
  const added = primitivesFor([kept], language, calls, (result) => {
    return result !== null && isCompatible(kept, result);
  });
  if (added.length === 0) return null;
  const other = editor.primitive(random.choose(added));
  const one = editor.at(value);
  return editor.withOperand(
    node,
    operand,
    first ? editor.call(compose, one, other) : editor.call(compose, other, one),
  );
};

/** Replaces a node by one of its operands with a compatible type. */
export const deletion: Mutation = ({ program, types, random, editor }) => {
  const { length, ops, starts, operands } = program;
  const found: { readonly node: number; readonly operand: number }[] = [];
  for (let node = 0; node < length; node++) {
    if (ops[node] === Op.Tuple) continue;
    for (let k = starts[node]; k < starts[node + 1]; k++) {
      const operand = operands[k];
      if (isCompatible(types[node], types[operand]) && literalAt(program, operand) === null) {
        found.push({ node, operand });
      }
    }
  }
  if (found.length === 0) return null;
  const { node, operand } = random.choose(found);
  return editor.withNode(node, editor.at(operand));
};

/** Replaces a value by a part of another program with a compatible type. */
export function crossover({ program: from, types: fromTypes }: Ancestor): Mutation {
  return (subject) => {
    const { program, random, editor } = subject;
    const site = random.choose(operandSites(program));
    const wanted = expectedTypeAt(subject, site);
    const parts: number[] = [];
    for (let node = 0; node < from.length; node++) {
      if (from.ops[node] > Op.Tuple && isCompatible(wanted, fromTypes[node])) parts.push(node);
    }
    if (parts.length === 0) return null;
    return editor.withOperand(site.node, site.operand, editor.graft(from, random.choose(parts)));
  };
}
