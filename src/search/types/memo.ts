/** Remembers what was computed for a key. Full, it forgets everything, so that a long search needs no more memory. */

/** More than the rounds of a search on one task need, and few enough to stay below a few megabytes. */
const MOST = 5000;

export class Memo<Value> {
  private readonly values = new Map<string, Value>();

  /** `compute` must depend on the key alone. */
  get(key: string, compute: () => Value): Value {
    let value = this.values.get(key);
    if (value === undefined) {
      value = compute();
      if (this.values.size >= MOST) this.values.clear();
      this.values.set(key, value);
    }
    return value;
  }

  get size(): number {
    return this.values.size;
  }
}
