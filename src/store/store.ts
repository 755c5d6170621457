/** The store: one SQLite file behind the action cache, the selections, the runs and the list of published files. */
import { statSync } from 'node:fs';
import { ActionCache } from './action-cache.js';
import { type Database, isWriteTrouble, openDatabase, type StoreNotice } from './database.js';
import { PublishedStore } from './published-store.js';
import { RunStore } from './run-store.js';
import { SelectionStore } from './selection-store.js';

export class Store {
  readonly selections: SelectionStore;
  readonly runs: RunStore;
  readonly published: PublishedStore;
  private cache: ActionCache | null = null;
  /** Why writing stopped in the middle of a run (disk full, read-only); null while all is well. */
  writeTrouble: string | null = null;

  private constructor(
    private readonly database: Database,
    readonly file: string,
    readonly notice: StoreNotice | null,
  ) {
    this.selections = new SelectionStore(database);
    this.runs = new RunStore(database);
    this.published = new PublishedStore(database);
  }

  static open(folder: string, now: () => Date = () => new Date()): Store {
    const { database, file, notice } = openDatabase(folder, now);
    return new Store(database, file, notice);
  }

  /** Made when first asked for: a build in which nothing changed does not. */
  get actions(): ActionCache {
    this.cache ??= new ActionCache(this.database);
    return this.cache;
  }

  /**
   * Runs `body` as one transaction that takes the write lock at once (a read-then-write transaction fails under
   * contention in spite of the timeout). When the disk refuses, nothing of it is kept, `writeTrouble` says why and the
   * build goes on unremembered: a cache that cannot be written costs time, not results.
   */
  write(body: () => void): boolean {
    if (this.writeTrouble !== null) return false;
    try {
      this.database.transaction(body).immediate();
      return true;
    } catch (error) {
      if (!isWriteTrouble(error)) throw error;
      this.writeTrouble = error instanceof Error ? error.message : String(error);
      return false;
    }
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

  close(): void {
    this.database.close();
  }
}
