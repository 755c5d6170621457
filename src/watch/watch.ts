/**
 * When to build: after every burst of changes, one build at a time, never with an input that changed unnoticed.
 *
 * What is told of files is a hint and no more: it begins a wait for quiet, and then a *look* at all inputs says what
 * changed. A hint that comes twice, too late or for nothing costs a look. What no hint came for (a second write right
 * after the first, a change between the look and the build) is found by the look that follows every build.
 */
import type { Timers } from './timers.js';
import type { Change } from './watch-event.js';

/** What was found by a look at everything that a build depends on. */
export interface InputState {
  /** What is not as it was when the last build began. */
  readonly changes: readonly Change[];
  /** False while changes that nobody hints at are under way: it is not quiet yet. */
  readonly settled: boolean;
}

export interface Builder<Seen extends InputState = InputState> {
  scan(): Seen;
  /** Whether a look would find changes: asked again and again while there are none. */
  peek(): boolean;
  /** Builds what was seen; resolves when nothing of the build runs any more, which `signal` makes soon. */
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
 * "changes" and "nothing" are what a look finds; every hint makes whoever waits for quiet wait anew.
 *
 * `disturbed`: hints came while a build runs: it is right unless a look says otherwise.
 * `stopping`: inputs changed under the build, which was told to stop; what it finished is kept, and another follows.
 */
export type WatchState = 'building' | 'disturbed' | 'stopping' | 'gathering' | 'idle' | 'ending' | 'ended';

/**
 * So long without a hint is quiet, in milliseconds. The library behind the hints drops a second change of a file within
 * 50 ms of the first: waiting longer than that, the look sees both.
 */
export const QUIET_MS = 75;

/** A burst that does not end is built in pieces: changes wait for so long at most, in milliseconds. */
export const LONGEST_BURST_MS = 3000;

/** How often to look where hints may be missed, in milliseconds; rarer where looks take more than a twentieth of that. */
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
  /** The last build was told to stop, so that there is something to build whatever a look says. */
  private stopped = false;
  private burstBeganAt = 0;
  /** What the last look took. */
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

  /** Builds; resolves when the watch has ended. Rejects with what the builder throws: a bug of ours. */
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

  /** From now on every change is hinted at. */
  sees(): void {
    if (this.cancelPoll !== null) {
      this.stopPolling();
      this.listeners.unseen(null);
    }
    this.hint();
  }

  /** From now on changes may come without a hint. */
  misses(reason: string): void {
    if (this.cancelPoll !== null || this.current === 'ending' || this.current === 'ended') return;
    this.listeners.unseen(reason);
    this.poll();
    this.hint();
  }

  /** From now on there are no hints, as it is meant to be. */
  pollOnly(): void {
    if (this.cancelPoll === null && this.current !== 'ending' && this.current !== 'ended') this.poll();
  }

  /** While all is quiet, a look that nobody asked for. Returns whether there are changes, which are waited for to settle. */
  lookUnasked(): boolean {
    if (this.current !== 'idle') return false;
    let found = false;
    this.guarded(() => {
      found = this.builder.peek();
      if (found) this.hint();
    });
    return found;
  }

  /** Builds, whatever a look says. */
  buildAnyway(): void {
    if (this.current !== 'idle' && this.current !== 'gathering') return;
    this.stopWaiting();
    this.guarded(() => this.build(this.scan()));
  }

  /** Ends the watch, and the build that runs. */
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

  /** The one place where the state changes. */
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
          // The file may be in the middle of being written.
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
    const wait = Math.min(QUIET_MS, this.burstBeganAt + LONGEST_BURST_MS - now);
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

  /** Whatever is thrown ends the watch, and whoever waits for its end hears of it. */
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
