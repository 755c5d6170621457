/**
 * Limits the space in which the main thread's new objects are. V8 lets it grow to 134 MB if much is allocated, however
 * little of that is in use: in a cold build 20 to 30 MB. V8 has no option for this that a running program can set, but
 * does not let a space grow by a factor of one. All threads have the same factor; workers have all of their space from the
 * beginning.
 */

/** Bytes: larger spaces make collections no cheaper (cold build: 6.8 s of the main thread with 17 MB, 7.2 s with 134). */
const ENOUGH = 16_000_000;

/** As many calls have not allocated so much. For most builds after an edit, `node:v8` is not loaded then. */
const FEW_CALLS = 8;

export class YoungSpace {
  private mayGrow = true;
  private calls = 0;

  /**
   * Call it from time to time. Not before a space is large: V8 does not take compiled code that was stored under other
   * options, and loads most of the program, and workers, before that.
   */
  check(): void {
    if (!this.mayGrow || ++this.calls <= FEW_CALLS) return;
    const { getHeapSpaceStatistics, setFlagsFromString } = process.getBuiltinModule('node:v8');
    const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
    if (young === undefined || young.space_size < ENOUGH) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    this.mayGrow = false;
  }
}
