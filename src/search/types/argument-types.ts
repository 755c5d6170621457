/** The types that functions accept, as far as their parts determine them. */
import { everyPrimitive } from '../../dsl/dialects.js';
import { argumentTarget } from './argument-target.js';
import type { Calls } from './call-types.js';
import { expectedTypes } from './compatibility.js';
import { ANY, type Type } from './type.js';

/** Types that a function of one argument can accept; any if its parts do not determine them. */
export function argumentTypes(callee: Type, calls: Calls): readonly Type[] {
  const target = argumentTarget(callee, 0);
  if (target === null) return [ANY];
  const { kind } = everyPrimitive[target.primitive].parameters[target.parameter];
  const domains = expectedTypes(kind).filter((type) => calls.value(callee, [type]) !== null);
  return domains.length === 0 ? [ANY] : domains;
}
