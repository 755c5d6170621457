/**
 * Collects values into a set while they are computed. Equal ones are found at once, so that only distinct ones stay in
 * memory. All charges come at the end, as for a list of values: a later value may be an error, which comes first.
 */
import { affords, spend } from '../meter.js';
import { copyOfKeys } from './arrays.js';
import { cellsOf, indicesOf, triplesOf } from './construct.js';
import { chargeForMore, LOOKUP_CHARGE } from './distinct.js';
import { cellOfKey, MemberTable, pairOfKey, tripleOfKey } from './equality.js';
import { sortedDistinct } from './keys.js';
import {
  cellKey,
  EMPTY_SET,
  Layout,
  Members,
  packsColor,
  packsPair,
  packsTriple,
  positionKey,
  type SetValue,
  tripleKey,
  type Value,
  weightOf,
} from './value.js';

const NO_KEYS = new Int32Array(0);

export class SetCollector {
  /** See dsl/value/value.ts. */
  static readonly kept = new SetCollector();
  private arrivals = 0;
  /** The charge for what has been collected. */
  private owed = 0;
  /** Distinct values of `table` that `owed` covers. */
  private paid = 0;
  /** The last value, if it is no scalar. */
  private previous: Value = null;
  /** While all values fit a flat set: the layout of the values, and their keys in order of arrival. */
  private layout = 0;
  private keys = NO_KEYS;
  private count = 0;
  private table: MemberTable | null = null;

  add(value: Value): void {
    this.owed += weightOf(value);
    const isFirst = this.arrivals++ === 0;
    if (typeof value === 'object' && value !== null && value === this.previous) return;
    // The charge limits the work for values that are too many or too large.
    if (!affords(this.owed)) return;
    this.previous = typeof value === 'object' ? value : null;
    if (this.table === null) {
      if (isFirst) this.layout = typeof value === 'object' && value !== null ? value.layout : 0;
      const key = keyOf(value, this.layout);
      if (key >= 0) {
        this.addKey(key);
        return;
      }
      this.table = this.tableOfKeys();
    }
    this.addTo(this.table, value);
  }

  /** The set of all values. Charges for reading them and, if they do not fit a flat set, for finding equal ones. */
  finish(): SetValue {
    if (this.table !== null) this.owed += this.arrivals * LOOKUP_CHARGE;
    spend(this.owed);
    if (this.table !== null) return new Members(this.table.values);
    if (this.count === 0) return EMPTY_SET;
    const keys = sortedDistinct(copyOfKeys(this.keys, this.count));
    if (this.layout === Layout.Pair) return indicesOf(keys);
    return this.layout === Layout.Cell ? cellsOf(keys) : triplesOf(keys);
  }

  private addKey(key: number): void {
    if (this.count === this.keys.length) {
      const longer = new Int32Array(Math.max(16, this.count * 2));
      longer.set(this.keys);
      this.keys = longer;
    }
    this.keys[this.count++] = key;
  }

  /** The values that have been collected as keys. */
  private tableOfKeys(): MemberTable {
    const { keys, count, layout } = this;
    const table = new MemberTable(count);
    for (let k = 0; k < count; k++) this.addTo(table, valueOfKey(keys[k], layout));
    return table;
  }

  private addTo(table: MemberTable, value: Value): void {
    if (table.add(value) < this.paid) return;
    const more = chargeForMore(this.paid);
    this.owed += more.charge;
    this.paid += more.members;
  }
}

/** The key of a pair, cell or triple, if that is the layout of the value and it fits; else -1. */
function keyOf(value: Value, layout: number): number {
  if (typeof value !== 'object' || value === null || value.layout !== layout) return -1;
  switch (value.layout) {
    case Layout.Pair:
      return packsPair(value) ? positionKey(value.i, value.j) : -1;
    case Layout.Cell: {
      const { color, i, j } = value;
      return packsColor(color) && packsPair(value) ? cellKey(color, i, j) : -1;
    }
    case Layout.Triple:
      return packsTriple(value) ? tripleKey(value.i, value.j, value.color) : -1;
    default:
      return -1;
  }
}

function valueOfKey(key: number, layout: number): Value {
  if (layout === Layout.Pair) return pairOfKey(key);
  return layout === Layout.Cell ? cellOfKey(key) : tripleOfKey(key);
}
