/** Finds or makes arguments: values of the program, constants, or calls of primitives on the program's values. */

import { everyPrimitive } from '../../dsl/dialects.js';
import type { Kind } from '../../dsl/primitive.js';
import type { Language } from '../../lang/language.js';
import { Calls } from '../types/call-types.js';
import { expectedTypes, isCompatible } from '../types/compatibility.js';
import { Memo } from '../types/memo.js';
import { type Role, roleOfParameter } from '../types/parameter-roles.js';
import { rules } from '../types/result-rules.js';
import { COLOR, INTEGER, isPair, keyOf, PAIR, type Type } from '../types/type.js';
import { functionFor } from './function-arguments.js';
import { freshInteger, freshPair, literalAt, literalNode } from './literals.js';
import type { MutationContext } from './mutation-context.js';
import type { GraphNode } from './program-editor.js';

/** Probability that a value is made although the program has a suitable one. */
const MADE = 0.25;

/** Probability that a value of the program is taken although a constant would be suitable. */
const COMPUTED = 0.4;

export class ArgumentSource {
  constructor(
    readonly subject: MutationContext,
    /** Per node of the program: 1 if it must not be used. */
    private readonly excluded: Uint8Array,
  ) {}

  /**
   * A value for a parameter of a primitive whose main argument is `main`; null if there is none. Containers are
   * similar to `main`, functions are for its elements.
   */
  argument(primitive: number, parameter: number, main: Type): GraphNode | null {
    const { kind } = everyPrimitive[primitive].parameters[parameter];
    const role = roleOfParameter(primitive, parameter);
    switch (kind) {
      case 'any':
        return role === null ? null : this.integer(role);
      case 'boolean':
        return this.subject.editor.boolean(this.subject.random.chance(0.5));
      case 'integer':
        return this.integer(role);
      case 'pair':
        return this.pair(role);
      case 'number':
        return isPair(main) && this.subject.random.chance(0.5) ? this.pair(role) : this.integer('amount');
      case 'function':
        return functionFor(primitive, main, this);
      case 'container':
      case 'tuple':
      case 'set':
        return this.present(main);
      default:
        return this.value(kind);
    }
  }

  /** A value of the program that can stand for one of the types; null if it has none. */
  present(...wanted: readonly Type[]): GraphNode | null {
    return this.presentThat((type) => wanted.some((one) => isCompatible(one, type)));
  }

  presentThat(wanted: (type: Type) => boolean): GraphNode | null {
    const { program, types, random, editor } = this.subject;
    const found: number[] = [];
    for (let node = 0; node < program.length; node++) {
      if (this.excluded[node] === 0 && wanted(types[node]) && literalAt(program, node) === null) {
        found.push(node);
      }
    }
    return found.length === 0 ? null : editor.at(random.choose(found));
  }

  /** An integer for an operand with this role: usually a constant. */
  integer(role: Role | null): GraphNode {
    const { random, editor, features } = this.subject;
    const isColor = role === 'color-read' || role === 'color-written';
    const present = random.chance(COMPUTED) ? this.present(isColor ? COLOR : INTEGER) : null;
    return present ?? editor.integer(freshInteger(role, features, random));
  }

  /** A call on values of the program whose result has this type; null if there is no suitable primitive. */
  made(wanted: Type): GraphNode | null {
    const { random, editor, language } = this.subject;
    const makers = makersOf(wanted, language);
    if (makers.length === 0) return null;
    const maker = random.choose(makers);
    const args = everyPrimitive[maker].parameters.map(({ kind }, k) =>
      // The material of a call must itself be available in the program.
      expectedTypes(kind).length > 0 && !CONSTANT_KINDS.has(kind)
        ? this.present(...expectedTypes(kind))
        : this.argument(maker, k, wanted),
    );
    return args.every((arg) => arg !== null) ? editor.call(maker, ...args) : null;
  }

  private value(kind: Kind): GraphNode | null {
    const wanted = expectedTypes(kind);
    if (wanted.length === 0) return null;
    const first = this.subject.random.chance(MADE) ? this.made(wanted[0]) : null;
    return first ?? this.present(...wanted) ?? this.made(wanted[0]);
  }

  private pair(role: Role | null): GraphNode {
    const { random, editor, features } = this.subject;
    const present = random.chance(COMPUTED) ? this.present(PAIR) : null;
    return present ?? literalNode(editor, freshPair(role, features, random));
  }
}

/** Kinds of parameters that have constants. */
const CONSTANT_KINDS: ReadonlySet<Kind> = new Set(['boolean', 'integer', 'pair']);

/** Kinds of arguments that can be made without a further call. */
const MATERIAL: ReadonlySet<Kind> = new Set([
  ...CONSTANT_KINDS,
  'grid',
  'object',
  'patch',
  'piece',
  'element',
  'triples',
  'triples-patch',
]);

const MAKERS = new Memo<readonly number[]>();

/** Primitives that make such a value from grids, patches and constants. */
function makersOf(wanted: Type, language: Language): readonly number[] {
  if (wanted.form === 'function') return [];
  const { firstId, primitives } = language;
  return MAKERS.get(`${language.name} ${keyOf(wanted)}`, () =>
    primitives.flatMap((_, k) => {
      const result = RESULTS[firstId + k];
      return result !== null && isCompatible(wanted, result) ? [firstId + k] : [];
    }),
  );
}

/** By primitive: the result for the available material; null if it needs other arguments. */
const RESULTS: readonly (Type | null)[] = everyPrimitive.map(({ parameters }, id) => {
  const isMade = parameters.every(({ kind }, k) => MATERIAL.has(kind) || roleOfParameter(id, k) !== null);
  if (!isMade) return null;
  const args = parameters.map(({ kind }) => expectedTypes(kind)[0] ?? COLOR);
  return new Calls(rules).primitive(id, args);
});
