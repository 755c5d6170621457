/** What functions take and give, as far as their own parts tell. */
import { primitives } from '../dsl/table.js';
import { wantedBy } from './likeness.js';
import { receiverOf } from './receivers.js';
import { ANY, type Type } from './type.js';
import type { Calls } from './typing.js';

/** What a function of one argument takes: any where the primitive that gets it first does not tell. */
export function domainOf(callee: Type, calls: Calls): Type {
  const receiver = receiverOf(callee, 0);
  if (receiver === null) return ANY;
  const { kind } = primitives[receiver.primitive].parameters[receiver.parameter];
  return wantedBy(kind).find((type) => calls.value(callee, [type]) !== null) ?? ANY;
}
