/** Builds sets from members that are known to be distinct and sorted, without charging for either. */
import { EMPTY_SET, Members, type SetValue, type Value } from './value.js';

/** The set of `members`, which are distinct and in the canonical order of SPEC 1.4. Takes ownership of the array. */
export function orderedSetOf(members: readonly Value[]): SetValue {
  if (members.length === 0) return EMPTY_SET;
  const set = new Members(members);
  set.ordered = members;
  return set;
}
