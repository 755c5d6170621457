/**
 * Limits the space in which the main thread's new objects are. V8 lets it grow to 134 MB if much is allocated, however
 * little of that is in use: in a cold build 20 to 30 MB. V8 has no option for this that a running program can set, but
 * does not let a space grow by a factor of one.
 */
/** Bytes: larger spaces make collections no cheaper (cold build: 6.8 s of the main thread with 17 MB, 7.2 s with 134). */
const ENOUGH = 16_000_000;

/** As many calls have not allocated so much. For most builds after an edit, `node:v8` is not loaded then. */
const FEW_CALLS = 8;

/** Megabytes of the half of a worker's space. */
const OF_WORKERS = 16;

/**
 * Workers that start later have all of their space from the beginning. All threads have the same factor, so it might
 * never grow.
 */
export function enlargeYoungSpaceOfWorkers(): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString(`--min-semi-space-size=${OF_WORKERS}`);
}

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
    enlargeYoungSpaceOfWorkers();
    setFlagsFromString('--semi-space-growth-factor=1');
    this.mayGrow = false;
  }
}
