/** Sets whose members are known to be distinct and in canonical order, so that neither is paid for. */
import { EMPTY_SET, Members, type SetValue, type Value } from './value.js';

/** The set of `members`: distinct, and in the canonical order of SPEC 1.4. Takes the array over. */
export function orderedSetOf(members: readonly Value[]): SetValue {
  if (members.length === 0) return EMPTY_SET;
  const set = new Members(members);
  set.ordered = members;
  return set;
}
