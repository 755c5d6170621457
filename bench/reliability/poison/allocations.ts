/** Records the lengths of arrays that code creates: typed arrays, and plain arrays with a given length. */

const WATCHED = ['Int8Array', 'Uint8Array', 'Int32Array', 'Uint32Array', 'Float64Array', 'Array'] as const;

/** Records every array created by `new` while it is active; not arrays that grow by `push`, nor slices. */
export class ArrayWatch {
  private longest = 0;
  private readonly originals = WATCHED.map((name) => globals[name]);

  constructor() {
    WATCHED.forEach((name, k) => {
      globals[name] = new Proxy(this.originals[k], {
        construct: (target, args, newTarget) => {
          // Before the array is created, because its cost must have been charged by then.
          if (typeof args[0] === 'number') this.longest = Math.max(this.longest, args[0]);
          return Reflect.construct(target, args, newTarget) as object;
        },
      });
    });
  }

  /** The length of the longest array since the last call. */
  takeLongest(): number {
    const { longest } = this;
    this.longest = 0;
    return longest;
  }

  stop(): void {
    WATCHED.forEach((name, k) => {
      globals[name] = this.originals[k];
    });
  }
}

const globals = globalThis as unknown as Record<string, new (...args: unknown[]) => object>;
