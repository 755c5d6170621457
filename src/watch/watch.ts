/**
 * The state machine of a watch: when to build. It builds after every burst of changes, one build at a time, and never
 * misses a change of an input.
 *
 * An event of the file watcher is only a hint. It starts a wait until there are no more hints; then a *scan* of all
 * inputs finds the changes. A hint that comes twice, too late or without reason costs a scan. Changes without a hint
 * (a second write right after the first, or a change between the scan and the build) are found by the scan that
 * follows every build.
 */
import type { Timers } from './timers.js';
import type { Change } from './watch-event.js';

/** The result of scanning everything that a build depends on. */
export interface InputState {
  /** The differences from the state at the beginning of the last build. */
  readonly changes: readonly Change[];
  /** False while changes without hints are under way: then the scan is repeated. */
  readonly settled: boolean;
}

export interface Builder<Seen extends InputState = InputState> {
  scan(): Seen;
  /** Whether a scan would find changes; called repeatedly while there are none. */
  peek(): boolean;
  /** Builds the scanned state. Resolves when nothing of the build runs any more; `signal` stops it early. */
  build(seen: Seen, signal: AbortSignal): Promise<void>;
}

/**
 * ```
 *                         quiet, changes
 *           +----------------------------------------+
 *           |                                        v
 *      gathering <------ built, changes -------- building <---- start
 *       ^  |  ^ ^                                 |  ^  ^
 *  hint |  |  | |                            hint |  |  | quiet, nothing
 *       |  |  | |                                 v  |  |
 *       |  |  | +-------- built -------------- disturbed+
 *       |  |  |                                   |  |
 *       |  |  |                    quiet, changes |  |
 *       |  |  |                                   v  |
 *       |  |  +------ built, hints since ----- stopping
 *       |  |                                         |
 *       |  | quiet, nothing           built, quiet --+--> building
 *       |  v
 *      idle <---- built, nothing ---- building
 *
 *      end:  idle, gathering -------------------------> ended
 *            building, disturbed, stopping --> ending -- built --> ended
 * ```
 * "changes" and "nothing" are the results of a scan. "quiet": no hint came for a while; every hint restarts that wait.
 *
 * `disturbed`: hints came during a build; the build goes on unless a scan finds changes.
 * `stopping`: inputs changed during the build, so it was stopped; finished tasks stay stored, and another build follows.
 */
export type WatchState = 'building' | 'disturbed' | 'stopping' | 'gathering' | 'idle' | 'ending' | 'ended';

/**
 * Milliseconds from the last hint to a build: no more hints are expected then. chokidar drops a second change of a file within 50 ms
 * of the first; after a longer wait the scan sees both.
 */
export const QUIET_MS = 75;

/**
 * Maximum milliseconds of this wait that the scan may take, which is its end: a change that chokidar drops is there when
 * the scan begins.
 */
const SCAN_WITHIN_MS = 20;

/** Maximum milliseconds that changes wait during a long burst; it is built in pieces. */
export const LONGEST_BURST_MS = 3000;

/** Milliseconds between scans while hints may be missed; more if a scan takes longer than a twentieth of that. */
export const POLL_MS = 1000;
const REST_PER_COST = 20;

export interface WatchListeners {
  /** Called with every state that is entered. */
  entered(state: WatchState): void;
  unseen(reason: string | null): void;
}

export class Watch<Seen extends InputState = InputState> {
  private current: WatchState = 'idle';
  private abort = new AbortController();
  /** The last build was stopped, so there is something to build whatever the scan finds. */
  private stopped = false;
  private burstBeganAt = 0;
  /** Duration of the last scan. */
  private scanMs = 0;
  private cancelQuiet: (() => void) | null = null;
  private cancelPoll: (() => void) | null = null;
  private resolve: () => void = () => {};
  private reject: (error: unknown) => void = () => {};

  constructor(
    private readonly builder: Builder<Seen>,
    private readonly timers: Timers,
    private readonly listeners: WatchListeners,
  ) {}

  get state(): WatchState {
    return this.current;
  }

  /** Builds; resolves when the watch has ended. Rejects if the builder throws, which is a bug of battbuild. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.guarded(() => this.build(this.scan()));
    });
  }

  /** Something may have changed. */
  hint(): void {
    switch (this.current) {
      case 'idle':
        this.enter('gathering');
        break;
      case 'building':
        this.enter('disturbed');
        break;
      case 'ending':
      case 'ended':
        return;
      default:
    }
    this.waitForQuiet();
  }

  /** From now on there is a hint for every change. */
  sees(): void {
    if (this.cancelPoll !== null) {
      this.stopPolling();
      this.listeners.unseen(null);
    }
    this.hint();
  }

  /** From now on there may be changes without a hint. */
  misses(reason: string): void {
    if (this.cancelPoll !== null || this.current === 'ending' || this.current === 'ended') return;
    this.listeners.unseen(reason);
    this.poll();
    this.hint();
  }

  /** From now on there are no hints, on purpose. */
  pollOnly(): void {
    if (this.cancelPoll === null && this.current !== 'ending' && this.current !== 'ended') this.poll();
  }

  /** An unasked scan while there are no hints. Returns whether there are changes; then it waits until they settle. */
  scanUnasked(): boolean {
    if (this.current !== 'idle') return false;
    let found = false;
    this.guarded(() => {
      found = this.builder.peek();
      if (found) this.hint();
    });
    return found;
  }

  /** Builds, even if no input changed. */
  buildAnyway(): void {
    if (this.current !== 'idle' && this.current !== 'gathering') return;
    this.stopWaiting();
    this.guarded(() => this.build(this.scan()));
  }

  /** Ends the watch and the running build. */
  end(): void {
    this.stopWaiting();
    this.stopPolling();
    switch (this.current) {
      case 'idle':
      case 'gathering':
        this.enter('ended');
        this.resolve();
        break;
      case 'building':
      case 'disturbed':
      case 'stopping':
        this.enter('ending');
        this.abort.abort();
        break;
      default:
    }
  }

  private scan(): Seen {
    const startedAt = this.timers.now();
    const seen = this.builder.scan();
    this.scanMs = this.timers.now() - startedAt;
    return seen;
  }

  /** The only place where the state changes. */
  private enter(state: WatchState): void {
    this.current = state;
    this.listeners.entered(state);
  }

  private build(seen: Seen): void {
    this.enter('building');
    this.stopped = false;
    this.abort = new AbortController();
    this.builder.build(seen, this.abort.signal).then(
      () => this.guarded(() => this.built()),
      (error: unknown) => this.fail(error),
    );
  }

  private built(): void {
    switch (this.current) {
      case 'building':
        if (this.scan().changes.length === 0) this.enter('idle');
        else {
          this.enter('gathering');
          // The file may be only partly written.
          this.waitForQuiet();
        }
        break;
      case 'disturbed':
        this.enter('gathering');
        break;
      case 'stopping':
        if (this.cancelQuiet === null) this.build(this.scan());
        else this.enter('gathering');
        break;
      case 'ending':
        this.enter('ended');
        this.resolve();
        break;
      default:
        throw new Error(`a build ended in the state ${this.current}`);
    }
  }

  private quiet(): void {
    switch (this.current) {
      case 'gathering': {
        const seen = this.scan();
        if (!seen.settled) this.waitForQuiet();
        else if (this.stopped || seen.changes.length > 0) this.build(seen);
        else this.enter('idle');
        break;
      }
      case 'disturbed':
        if (this.scan().changes.length === 0) this.enter('building');
        else {
          this.stopped = true;
          this.enter('stopping');
          this.abort.abort();
        }
        break;
      case 'stopping':
        break;
      default:
        throw new Error(`there was quiet to wait for in the state ${this.current}`);
    }
  }

  private waitForQuiet(): void {
    const now = this.timers.now();
    if (this.cancelQuiet === null) this.burstBeganAt = now;
    else this.cancelQuiet();
    // The scan ends when the wait does. What changes meanwhile is found by the scan after the build, as always.
    const quiet = QUIET_MS - Math.min(this.scanMs, SCAN_WITHIN_MS);
    const wait = Math.min(quiet, this.burstBeganAt + LONGEST_BURST_MS - now);
    this.cancelQuiet = this.timers.after(Math.max(0, wait), () => {
      this.cancelQuiet = null;
      this.guarded(() => this.quiet());
    });
  }

  private stopWaiting(): void {
    this.cancelQuiet?.();
    this.cancelQuiet = null;
  }

  private poll(): void {
    this.cancelPoll = this.timers.after(Math.max(POLL_MS, this.scanMs * REST_PER_COST), () => {
      this.poll();
      this.hint();
    });
  }

  private stopPolling(): void {
    this.cancelPoll?.();
    this.cancelPoll = null;
  }

  /** Any error ends the watch and rejects its promise. */
  private guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.stopWaiting();
    this.stopPolling();
    this.abort.abort();
    this.current = 'ended';
    this.reject(error);
  }
}
