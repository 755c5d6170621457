/** The store: one SQLite file with the action cache, the selections, the runs and the list of published files. */
import { statSync } from 'node:fs';
import { stopwatch } from '../stopwatch.js';
import { Damage } from './damage.js';
import {
  type Database,
  type FileIdentity,
  hasStore,
  identityOf,
  isWriteTrouble,
  openDatabase,
  openNothing,
  type StoreNotice,
  setAside,
} from './database.js';
import { preparedOnce, type Statements } from './statements.js';
import { ActionCache } from './tables/action-cache.js';
import { LeaseStore } from './tables/lease-store.js';
import { PublishedStore } from './tables/published-store.js';
import { RunStore } from './tables/run-store.js';
import { SelectionStore } from './tables/selection-store.js';
import { StandingStore } from './tables/standing-store.js';
import { Upkeep } from './tables/upkeep.js';

/** Milliseconds that a write may wait for a transaction: long enough for the steps of several small tasks. */
const SOON_MS = 30;

/** A write that waits for a transaction. */
interface Later {
  readonly subject: string;
  readonly body: () => void;
  readonly written: () => void;
  readonly failed: (reason: unknown) => void;
}

export class Store {
  readonly selections: SelectionStore;
  readonly runs: RunStore;
  readonly published: PublishedStore;
  private readonly statements: Statements;
  private cache: ActionCache | null = null;
  private leaseStore: LeaseStore | null = null;
  private standingStore: StandingStore | null = null;
  private readonly damage = new Damage();
  /** Called after every transaction with its beginning and end, on the stopwatch. */
  onWritten: ((startedAt: number, endedAt: number) => void) | null = null;
  private refusal: string | null = null;
  private waiting: Later[] = [];
  private timer: NodeJS.Timeout | null = null;
  private immediate: NodeJS.Immediate | null = null;

  private constructor(
    private readonly database: Database,
    readonly file: string,
    private readonly identity: FileIdentity | null,
    readonly notice: StoreNotice | null,
    private readonly now: () => Date,
  ) {
    this.transact = database.transaction((body: () => void) => body()).immediate;
    this.transactReads = database.transaction((body: () => unknown) => body());
    this.statements = preparedOnce(database);
    this.selections = new SelectionStore(this.statements, this.damage);
    this.runs = new RunStore(this.statements, this.damage);
    this.published = new PublishedStore(this.statements, this.damage);
  }

  static open(folder: string, now: () => Date = () => new Date()): Store {
    const { database, file, identity, notice } = openDatabase(folder, now);
    return new Store(database, file, identity, notice, now);
  }

  /** The store in `folder` for a caller that must not write; if there is none, an empty one in memory. */
  static openIfThere(folder: string, now: () => Date): Store {
    if (hasStore(folder)) return Store.open(folder, now);
    const { database, file, identity, notice } = openNothing(folder);
    return new Store(database, file, identity, notice, now);
  }

  /** Created on first use: a null build does not need it. */
  get actions(): ActionCache {
    this.cache ??= new ActionCache(this.statements, this.damage, () => this.othersVersion);
    return this.cache;
  }

  /** Created on first use, like `actions`. */
  get leases(): LeaseStore {
    this.leaseStore ??= new LeaseStore(this.statements, this.damage);
    return this.leaseStore;
  }

  /** Created on first use, like `actions`. */
  get standings(): StandingStore {
    this.standingStore ??= new StandingStore(this.statements, this.damage);
    return this.standingStore;
  }

  /** Changes whenever another connection has written since the last read of this property. */
  get othersVersion(): number {
    const version = this.statements.prepare<[], { data_version: number }>('PRAGMA data_version');
    return this.damage.guard(0, () => version.get()?.data_version ?? 0);
  }

  /** Maintenance of the store as a whole. */
  get upkeep(): Upkeep {
    return new Upkeep(this.database);
  }

  /** Counts the store as damaged from now on: it is set aside on closing. */
  condemn(reason: string): void {
    this.damage.reason ??= reason;
  }

  /** Why writing failed during a run (disk full, read-only, damage); null if it did not. */
  get writeTrouble(): string | null {
    return this.damage.reason ?? this.refusal;
  }

  /** Whether writes are dropped when the store is closed, because the store can only be read. */
  get isReadOnly(): boolean {
    return this.notice?.kind === 'read-only';
  }

  /** Whether damage showed after opening: the file is set aside on closing. */
  get damaged(): boolean {
    return this.damage.reason !== null;
  }

  /**
   * Runs `body` as one transaction that takes the write lock at once (a transaction that reads before it writes can
   * fail under contention in spite of the timeout). If the disk refuses, nothing is written, `writeTrouble` has the
   * reason, and the build continues without storing: a cache that cannot be written costs time, not results. Damage
   * found by `body` counts as such a refusal: SQLite commits nothing after it.
   */
  write(body: () => void): boolean {
    const waiting = this.waiting.splice(0);
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.immediate !== null) clearImmediate(this.immediate);
    this.timer = null;
    this.immediate = null;
    try {
      return this.writeNow(() => {
        for (const later of waiting) later.body();
        body();
      });
    } catch (error) {
      for (const { failed } of waiting) failed(error);
      throw error;
    } finally {
      for (const { written } of waiting) written();
    }
  }

  /**
   * Runs `body` in the next transaction, and begins one if there is none for a moment: a transaction costs more than most
   * of what is written. Bodies run in their order; `written` is called afterwards, even if the disk refused. Whoever
   * reads what is written about `subject` calls `settle` before.
   */
  writeSoon(subject: string, body: () => void, written: () => void = () => {}): void {
    this.waiting.push({ subject, body, written, failed: () => {} });
    this.timer ??= setTimeout(() => this.flush(), SOON_MS);
  }

  /** The same for what others wait for: together with what is written at the same time. */
  writeTogether(subject: string, body: () => void): Promise<void> {
    this.immediate ??= setImmediate(() => this.flush());
    return new Promise((written, failed) => this.waiting.push({ subject, body, written, failed }));
  }

  /** Writes what waits, if some of it is about `subject`. */
  settle(subject: string): void {
    if (this.waiting.some((later) => later.subject === subject)) this.flush();
  }

  private flush(): void {
    if (this.waiting.length > 0) this.write(() => {});
  }

  private writeNow(body: () => void): boolean {
    if (this.writeTrouble !== null) return false;
    const startedAt = stopwatch.now();
    try {
      this.transact(body);
      return true;
    } catch (error) {
      if (this.damage.notice(error)) return false;
      if (!isWriteTrouble(error)) throw error;
      this.refusal = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      this.onWritten?.(startedAt, stopwatch.now());
    }
  }

  /** Created once: better-sqlite3 builds a function with four variants for each. */
  private readonly transact: (body: () => void) => void;
  private readonly transactReads: (body: () => unknown) => unknown;

  /** Runs `body`, which only reads, as one transaction: otherwise every read locks and unlocks the file. */
  read<Result>(body: () => Result): Result {
    return this.transactReads(body) as Result;
  }

  /** Changes whenever another connection, of any process, has written since the last call. */
  get version(): number {
    // For a damaged store this is unknown, so the value equals no other.
    return this.damage.guard(
      Number.NaN,
      () => this.database.pragma('data_version', { simple: true }) as number,
    );
  }

  /** False if the file was deleted or replaced while it was open: later writes would be lost. */
  get isInPlace(): boolean {
    return this.identity === null || identityOf(this.file) === this.identity;
  }

  /** Bytes on disk, including the journal; 0 for a store in memory. */
  size(): number {
    if (this.notice?.kind === 'in-memory') return 0;
    let size = 0;
    for (const suffix of ['', '-wal']) {
      size += statSync(this.file + suffix, { throwIfNoEntry: false })?.size ?? 0;
    }
    return size;
  }

  /**
   * Closes the file. A store that turned out to be damaged is set aside if possible, so that the next run creates a
   * new one.
   */
  close(): void {
    this.flush();
    this.database.close();
    if (this.damaged && this.identity !== null && !this.isReadOnly)
      setAside(this.file, this.identity, this.now());
  }
}
