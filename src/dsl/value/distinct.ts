/** Collects the distinct values of many, and charges for them as they arrive. */
import { chargeForMembers, spend } from '../meter.js';
import { MemberTable } from './equality.js';
import type { Value } from './value.js';

/**
 * The cost of looking up a value: equal to touching this many elements (measured). The value's contents have been
 * charged for.
 */
export const LOOKUP_CHARGE = 4;

/** Distinct values are charged for in advance: this many at first, then as many again whenever these are used up. */
const PAID_AT_FIRST = 8;

/** Memory for this many distinct values is allocated at once. */
const ROOM = 256;

/** Distinct values in order of arrival. */
export class DistinctValues {
  /** See dsl/value/value.ts. */
  static readonly kept = new DistinctValues(0);
  private readonly table: MemberTable;
  private paid = 0;

  /** Charges for looking up `arrivals` values, the number that will be added. */
  constructor(arrivals: number) {
    spend(arrivals * LOOKUP_CHARGE);
    this.table = new MemberTable(Math.min(arrivals, ROOM));
  }

  get values(): readonly Value[] {
    return this.table.values;
  }

  has(value: Value): boolean {
    return this.table.has(value);
  }

  /** Adds `value` unless an equal value is present; returns its index in `values`. */
  add(value: Value): number {
    const index = this.table.add(value);
    if (index >= this.paid) this.payForMore();
    return index;
  }

  private payForMore(): void {
    const { members, charge } = chargeForMore(this.paid);
    spend(charge);
    this.paid += members;
  }
}

/** How many members are charged for when `paid` members are used up, and the charge. */
export function chargeForMore(paid: number): { readonly members: number; readonly charge: number } {
  const members = Math.max(PAID_AT_FIRST, paid);
  return { members, charge: chargeForMembers(members) };
}
