/** The shared cache during one build: the steps that were found in it, and the steps that are added to it. */

import type { RemoteSummary } from '../../observe/event.js';
import { filePhases, taskPhases } from '../../phases/phases.js';
import type { ReceivedPack } from '../../remote-cache/bundle.js';
import type { SharedCache, SharedCacheCounts } from '../../remote-cache/shared-cache.js';
import type { ActionKey, Pack } from '../../store/pack.js';
import type { Store } from '../../store/store.js';

const TASK_PHASES = taskPhases.filter(({ kind }) => kind === 'steps').map(({ name }) => name);
const FILE_PHASES = filePhases.filter(({ kind }) => kind === 'steps').map(({ name }) => name);

/** A pack from the server that has not been stored yet. */
interface PendingPack {
  readonly phase: string;
  readonly shard: string;
  readonly entries: number;
  readonly payload: Uint8Array;
}

/** Bytes of packs that wait to be stored. */
const MOST_PENDING = 4_000_000;

export class SharedSteps {
  private readonly hits = new Map<string, number>();
  private savedMicros = 0;
  /** An earlier build of this process may have used it. */
  private readonly before: SharedCacheCounts;

  private pending: PendingPack[] = [];
  private pendingBytes = 0;

  constructor(
    private readonly cache: SharedCache,
    private readonly store: Store,
    /** Number of the run. */
    private readonly run: number,
  ) {
    this.before = cache.counts;
  }

  /** Announces the tasks that will be built, in this order. */
  expectTasks(ids: readonly string[]): void {
    this.cache.expect(ids.map((shard) => ({ shard, phases: TASK_PHASES })));
  }

  /** Announces the contents of files that will be loaded, in this order. */
  expectFiles(contents: readonly string[]): void {
    this.cache.expect(contents.map((shard) => ({ shard, phases: FILE_PHASES })));
  }

  taskFinished(id: string): void {
    this.cache.finished(id);
  }

  fileFinished(content: string): void {
    this.cache.finished(content);
  }

  /** Packs that may have steps with these keys, the newest first. */
  find(phase: string, shard: string, keys: readonly ActionKey[]): Promise<readonly ReceivedPack[]> {
    return this.cache.find({ phase, shard }, keys);
  }

  /** Stores a pack soon, together with others in one transaction, because there are many. */
  keep(phase: string, shard: string, pack: ReceivedPack): void {
    this.pending.push({ phase, shard, entries: pack.entries.length, payload: pack.payload });
    this.pendingBytes += pack.payload.length;
    if (this.pendingBytes > MOST_PENDING) this.store.write(() => this.storePending());
  }

  /** Stores the waiting packs. Call it in a transaction. */
  storePending(): void {
    for (const { phase, shard, entries, payload } of this.pending)
      this.store.actions.appendEncoded(phase, shard, this.run, entries, payload);
    this.pending = [];
    this.pendingBytes = 0;
  }

  /** Counts the steps that were found, and the time that they took when they ran. */
  found(phase: string, steps: number, micros: number): void {
    this.hits.set(phase, (this.hits.get(phase) ?? 0) + steps);
    this.savedMicros += micros;
  }

  offer(phase: string, shard: string, pack: Pack): void {
    this.cache.offer({ phase, shard }, pack);
  }

  summary(): RemoteSummary {
    const { counts: now } = this.cache;
    const { before } = this;
    const phases = Object.fromEntries(this.hits);
    return {
      hits: [...this.hits.values()].reduce((sum, hits) => sum + hits, 0),
      phases,
      savedMs: this.savedMicros / 1000,
      fetchedBytes: now.fetchedBytes - before.fetchedBytes,
      fetchMs: now.fetchMs - before.fetchMs,
      sent: now.sent - before.sent,
      sentBytes: now.sentBytes - before.sentBytes,
      sendMs: now.sendMs - before.sendMs,
      unsent: now.unsent - before.unsent,
      failures: now.failures - before.failures,
      off: now.off,
    };
  }
}
