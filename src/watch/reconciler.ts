/**
 * When to look unasked. What the system tells of files is a hint, and hints get lost: a folder is made again too fast for
 * whoever follows, another file system is mounted, a file is edited by another name. So while all is quiet the folders
 * are compared with those that are watched, once a second, and now and then all inputs are looked at: what was missed
 * costs seconds, and an idle watch next to nothing.
 */
import type { Timers } from './timers.js';

/** How often to compare the watched folders, in milliseconds. */
export const CHECK_MS = 1000;

/** The longest time from one look at all inputs to the next, in milliseconds, unless looks take long. */
export const LONGEST_REST_MS = 10_000;

/** Looks come the rarer the longer nothing happened: after an eighth of that time again. */
const SHARE_OF_IDLENESS = 1 / 8;

/** What is done unasked takes a hundredth of one core at most: so many times what it took, it is not done again. */
const REST_PER_COST = 100;

/** Both return whether they found something; `begin` is called when all is quiet again. */
export interface Unasked {
  /** Compares the watched folders with those that are there. */
  check(): boolean;
  /** Looks at all inputs. */
  look(): boolean;
}

export class Reconciler {
  private cancel: (() => void) | null = null;
  private idleSince = 0;
  private lookAt = 0;

  constructor(
    private readonly unasked: Unasked,
    private readonly timers: Timers,
  ) {}

  /** All is quiet from now on. */
  begin(): void {
    this.end();
    this.idleSince = this.timers.now();
    this.lookAt = this.idleSince + CHECK_MS;
    this.wait(CHECK_MS);
  }

  /** Something happens, which brings looks of its own. */
  end(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private wait(milliseconds: number): void {
    this.cancel = this.timers.after(milliseconds, () => {
      this.cancel = null;
      this.goOn();
    });
  }

  private goOn(): void {
    const { timers, unasked } = this;
    const startedAt = timers.now();
    if (unasked.check()) return;
    const checkedAt = timers.now();
    if (checkedAt >= this.lookAt) {
      if (unasked.look()) return;
      const lookedAt = timers.now();
      const idleness = Math.min((lookedAt - this.idleSince) * SHARE_OF_IDLENESS, LONGEST_REST_MS);
      this.lookAt = lookedAt + Math.max(idleness, (lookedAt - checkedAt) * REST_PER_COST);
    }
    this.wait(Math.max(CHECK_MS, (checkedAt - startedAt) * REST_PER_COST));
  }
}
