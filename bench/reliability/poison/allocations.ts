/** Watches how long the arrays are that code makes: typed ones, and plain ones that are made at a length. */

const WATCHED = ['Int8Array', 'Uint8Array', 'Int32Array', 'Uint32Array', 'Float64Array', 'Array'] as const;

/** Sees every array that is made by `new` while it watches; what grows by `push`, and slices, it does not see. */
export class ArrayWatch {
  private longest = 0;
  private readonly originals = WATCHED.map((name) => globals[name]);

  constructor() {
    WATCHED.forEach((name, k) => {
      globals[name] = new Proxy(this.originals[k], {
        construct: (target, args, newTarget) => {
          // Before it is made: that is when it must have been paid for.
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
