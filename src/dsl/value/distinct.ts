/** Collecting the distinct ones of many values, charged for as they come. */
import { spend, spendOnMembers } from '../meter.js';
import { MemberTable } from './equality.js';
import type { Value } from './value.js';

/** Looking a value up takes as long as touching so many elements (measured); what is in it has been charged for. */
const LOOKUP_CHARGE = 4;

/** Distinct values are paid for so many at first, then for as many again whenever these are used up. */
const PAID_AT_FIRST = 8;

/** Room for so many distinct values is made at once. */
const ROOM = 256;

/** Distinct values in order of arrival. */
export class DistinctValues {
  private readonly table: MemberTable;
  private paid = 0;

  /** Charges for looking up `arrivals` values: as many as will be added. */
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

  /** Adds `value` unless an equal one is there; returns its index in `values`. */
  add(value: Value): number {
    const index = this.table.add(value);
    if (index >= this.paid) this.payForMore();
    return index;
  }

  private payForMore(): void {
    const more = Math.max(PAID_AT_FIRST, this.paid);
    spendOnMembers(more);
    this.paid += more;
  }
}
