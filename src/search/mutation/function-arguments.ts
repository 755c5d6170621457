/** Finds or makes functions of one argument for the elements of a container. */
import { everyPrimitive } from '../../dsl/dialects.js';
import { Calls } from '../types/call-types.js';
import { isCompatible } from '../types/compatibility.js';
import { rules } from '../types/result-rules.js';
import { elementOf, type Type } from '../types/type.js';
import { freshInteger } from './literals.js';
import type { MutationContext } from './mutation-context.js';
import { primitiveId } from './primitive-lists.js';
import { primitivesFor } from './primitives-for.js';
import type { GraphNode } from './program-editor.js';

/** Finds functions that the program already has. */
interface Present {
  readonly subject: MutationContext;
  /** A node of the program whose value is suitable; null if there is none. */
  presentThat(wanted: (type: Type) => boolean): GraphNode | null;
}

/** The purpose of a function: to select elements, to order them, or to change them without changing their type. */
type Use = 'condition' | 'key' | 'change';

const USES: Readonly<Record<string, Use>> = {
  sfilter: 'condition',
  mfilter: 'condition',
  extract: 'condition',
  order: 'key',
  argmax: 'key',
  argmin: 'key',
  valmax: 'key',
  valmin: 'key',
  sfilter_t: 'condition',
  sfilter_f: 'condition',
  mfilter_t: 'condition',
  mfilter_f: 'condition',
  get_arg_rank: 'key',
  get_arg_rank_t: 'key',
  get_arg_rank_f: 'key',
  get_val_rank: 'key',
  get_val_rank_t: 'key',
  get_val_rank_f: 'key',
  argmax_t: 'key',
  argmax_f: 'key',
  argmin_t: 'key',
  argmin_f: 'key',
  valmax_t: 'key',
  valmax_f: 'key',
  valmin_t: 'key',
  valmin_f: 'key',
};

/** Probability that a condition compares a key with a constant. */
const MATCHING = 0.6;

/** Probability that a function of the program is taken, if there is a suitable one. */
const PRESENT = 0.3;

/** A function that `primitive` can apply to the elements of `container`; null if there is none. */
export function functionFor(primitive: number, container: Type, source: Present): GraphNode | null {
  const element = elementOf(container);
  if (element === null) return null;
  const { random, editor, features, language } = source.subject;
  const use = USES[everyPrimitive[primitive].name] ?? 'change';
  const calls = new Calls(rules);
  if (random.chance(PRESENT)) {
    const present = source.presentThat((type) => {
      return (
        type.form === 'function' && type.arity === 1 && serves(use, calls.value(type, [element]), element)
      );
    });
    if (present !== null) return present;
  }
  if (use === 'condition' && random.chance(MATCHING)) {
    const keys = primitivesFor([element], language, calls, isKey);
    if (keys.length > 0) {
      const key = random.choose(keys);
      const isColor = calls.primitive(key, [element])?.form === 'color';
      const target = freshInteger(isColor ? 'color-read' : 'amount', features, random);
      return editor.call(primitiveId('matcher', language), editor.primitive(key), editor.integer(target));
    }
  }
  const useful = primitivesFor([element], language, calls, (result) => serves(use, result, element));
  return useful.length === 0 ? null : editor.primitive(random.choose(useful));
}

function serves(use: Use, result: Type | null, element: Type): boolean {
  if (result === null) return false;
  if (use === 'condition') return result.form === 'boolean';
  return use === 'key' ? isKey(result) : isCompatible(element, result);
}

function isKey(result: Type | null): boolean {
  return result !== null && (result.form === 'integer' || result.form === 'color');
}
