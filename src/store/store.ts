/** The store: one SQLite file behind the action cache, the selections, the runs and the list of published files. */
import { statSync } from 'node:fs';
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

export class Store {
  readonly selections: SelectionStore;
  readonly runs: RunStore;
  readonly published: PublishedStore;
  private readonly statements: Statements;
  private cache: ActionCache | null = null;
  private leaseStore: LeaseStore | null = null;
  private standingStore: StandingStore | null = null;
  private readonly damage = new Damage();
  /** Told of every transaction when it is over: when it began and ended, on the clock of `performance`. */
  onWritten: ((startedAt: number, endedAt: number) => void) | null = null;
  private refusal: string | null = null;

  private constructor(
    private readonly database: Database,
    readonly file: string,
    private readonly identity: FileIdentity | null,
    readonly notice: StoreNotice | null,
    private readonly now: () => Date,
  ) {
    this.transact = database.transaction((body: () => void) => body()).immediate;
    this.statements = preparedOnce(database);
    this.selections = new SelectionStore(this.statements, this.damage);
    this.runs = new RunStore(this.statements, this.damage);
    this.published = new PublishedStore(this.statements, this.damage);
  }

  static open(folder: string, now: () => Date = () => new Date()): Store {
    const { database, file, identity, notice } = openDatabase(folder, now);
    return new Store(database, file, identity, notice, now);
  }

  /** The store in `folder` for somebody who must not write: where there is none, one in memory stands for it. */
  static openIfThere(folder: string, now: () => Date): Store {
    if (hasStore(folder)) return Store.open(folder, now);
    const { database, file, identity, notice } = openNothing(folder);
    return new Store(database, file, identity, notice, now);
  }

  /** Made when first asked for: a build in which nothing changed does not. */
  get actions(): ActionCache {
    this.cache ??= new ActionCache(this.statements, this.damage);
    return this.cache;
  }

  /** Made when first asked for, like `actions`. */
  get leases(): LeaseStore {
    this.leaseStore ??= new LeaseStore(this.statements, this.damage);
    return this.leaseStore;
  }

  /** Made when first asked for, like `actions`. */
  get standings(): StandingStore {
    this.standingStore ??= new StandingStore(this.statements, this.damage);
    return this.standingStore;
  }

  /** Another number whenever another connection has written since it was asked for last. */
  get othersVersion(): number {
    const version = this.statements.prepare<[], { data_version: number }>('PRAGMA data_version');
    return this.damage.guard(0, () => version.get()?.data_version ?? 0);
  }

  /** For those who look after the store as a whole. */
  get upkeep(): Upkeep {
    return new Upkeep(this.database);
  }

  /** Counts the store as damaged from now on: it is set aside on closing. */
  condemn(reason: string): void {
    this.damage.reason ??= reason;
  }

  /** Why writing stopped in the middle of a run (disk full, read-only, damage); null while all is well. */
  get writeTrouble(): string | null {
    return this.damage.reason ?? this.refusal;
  }

  /** Whether what is written is forgotten when the store is closed: others wrote it, and it can only be read. */
  get isReadOnly(): boolean {
    return this.notice?.kind === 'read-only';
  }

  /** Whether damage showed after opening: the file is set aside on closing. */
  get damaged(): boolean {
    return this.damage.reason !== null;
  }

  /**
   * Runs `body` as one transaction that takes the write lock at once (a read-then-write transaction fails under
   * contention in spite of the timeout). When the disk refuses, nothing of it is kept, `writeTrouble` says why and the
   * build goes on unremembered: a cache that cannot be written costs time, not results. Damage that `body` comes upon is
   * such a refusal: SQLite commits nothing after it.
   */
  write(body: () => void): boolean {
    if (this.writeTrouble !== null) return false;
    const startedAt = performance.now();
    try {
      this.transact(body);
      return true;
    } catch (error) {
      if (this.damage.notice(error)) return false;
      if (!isWriteTrouble(error)) throw error;
      this.refusal = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      this.onWritten?.(startedAt, performance.now());
    }
  }

  /** Made once: better-sqlite3 builds a function with four variants for each. */
  private readonly transact: (body: () => void) => void;

  /** Another number than before when another connection, of whatever process, has written since it was last asked for. */
  get version(): number {
    // Of a damaged store nobody can tell: that is equal to nothing.
    return this.damage.guard(
      Number.NaN,
      () => this.database.pragma('data_version', { simple: true }) as number,
    );
  }

  /** False when the file was deleted or replaced while it was open: what is written from now on, nobody will find. */
  get isInPlace(): boolean {
    return this.identity === null || identityOf(this.file) === this.identity;
  }

  /** Bytes on disk, the journal included; 0 for a store in memory. */
  size(): number {
    if (this.notice?.kind === 'in-memory') return 0;
    let size = 0;
    for (const suffix of ['', '-wal']) {
      size += statSync(this.file + suffix, { throwIfNoEntry: false })?.size ?? 0;
    }
    return size;
  }

  /** Closes the file. One that turned out to be damaged is set aside if it can be, so that the next run begins a new one. */
  close(): void {
    this.database.close();
    if (this.damaged && this.identity !== null && !this.isReadOnly)
      setAside(this.file, this.identity, this.now());
  }
}
