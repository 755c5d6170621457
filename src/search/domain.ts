/** What functions take, as far as their own parts tell. */
import { everyPrimitive } from '../dsl/dialects.js';
import { wantedBy } from './likeness.js';
import { receiverOf } from './receivers.js';
import { ANY, type Type } from './type.js';
import type { Calls } from './typing.js';

/** Types of the argument that a function of one argument can work on; any where it does not tell. */
export function domainsOf(callee: Type, calls: Calls): readonly Type[] {
  const receiver = receiverOf(callee, 0);
  if (receiver === null) return [ANY];
  const { kind } = everyPrimitive[receiver.primitive].parameters[receiver.parameter];
  const domains = wantedBy(kind).filter((type) => calls.value(callee, [type]) !== null);
  return domains.length === 0 ? [ANY] : domains;
}
