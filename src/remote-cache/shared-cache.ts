/** The shared cache as a build, or a worker of another machine, sees it. Without a server that answers, it is empty. */
import type { ActionKey, Pack } from '../store/pack.js';
import type { ServerAddress } from '../workspace/server-address.js';
import { Gate } from './gate.js';
import { HttpCache } from './http-cache.js';
import { keyStart, type ShardName } from './manifest.js';
import type { ReceivedPack } from './packed.js';
import { type ExpectedSubject, Prefetcher } from './prefetcher.js';
import { ShardReader } from './shard-reader.js';
import { type SentShard, ShardWriter } from './shard-writer.js';
import { Transfer } from './transfer.js';

export interface SharedCacheOptions {
  readonly address: ServerAddress;
  readonly mode: 'read' | 'readwrite';
  /** Of an answer, and of what is sent. */
  readonly maxBytes: number;
  /** Milliseconds that a request may take. */
  readonly timeoutMs?: number;
  /** Whether some of a shard is here already. Absent: nothing is kept here. */
  readonly isHere?: (shard: ShardName) => boolean;
  /** All that is here of a shard. Absent: nothing is kept here. */
  readonly held?: (shard: ShardName) => Pack;
  /** Told of every pack that was sent. */
  readonly sent?: (sent: SentShard) => void;
}

export interface SharedCacheCounts {
  readonly fetchedBytes: number;
  /** Time during which some request was under way that reads what is missing. */
  readonly fetchMs: number;
  readonly sentBytes: number;
  readonly sendMs: number;
  /** Packs that were sent. */
  readonly sent: number;
  /** Packs that were to be sent, and were not. */
  readonly unsent: number;
  /** Answers that could not be used. */
  readonly failures: number;
  /** Whether the server is left alone from now on. */
  readonly off: boolean;
}

/** Milliseconds that a request may take where nobody says otherwise. */
const TIMEOUT_MS = 5000;

const READ_CONNECTIONS = 16;
const WRITE_CONNECTIONS = 4;

export class SharedCache {
  private readonly reads: HttpCache;
  private readonly writes: HttpCache;
  private readonly readGate: Gate;
  private readonly writeGate: Gate;
  private readonly fetched = new Transfer();
  private readonly sentOut = new Transfer();
  private readonly reader: ShardReader;
  private readonly prefetcher: Prefetcher;
  private readonly writer: ShardWriter | null;
  private packsSent = 0;
  /** What `trouble` has told. */
  private told = 0;

  constructor(private readonly options: SharedCacheOptions) {
    const { address, maxBytes, timeoutMs = TIMEOUT_MS, mode, isHere, held, sent } = options;
    const limits = { timeoutMs, maxBytes };
    this.reads = new HttpCache(address, { ...limits, connections: READ_CONNECTIONS });
    this.writes = new HttpCache(address, { ...limits, connections: WRITE_CONNECTIONS });
    // Who waits for an answer waits no longer than until it is clear that none comes.
    this.readGate = new Gate(() => this.reads.close());
    this.writeGate = new Gate(() => this.writes.close());
    this.reader = new ShardReader(this.reads, this.readGate, this.fetched, maxBytes);
    this.prefetcher = new Prefetcher(this.reader, isHere ?? (() => false));
    this.writer =
      mode === 'read'
        ? null
        : new ShardWriter({
            http: this.writes,
            gate: this.writeGate,
            transfer: this.sentOut,
            // What is taken says nothing of what is given: each has a gate.
            reader: new ShardReader(this.writes, this.readGate, new Transfer(), maxBytes),
            maxBytes,
            held: held ?? null,
            sent: (shard) => {
              this.packsSent++;
              sent?.(shard);
            },
          });
  }

  /** These will be built, in this order: what is missing of them here is fetched ahead, a few at a time. */
  expect(subjects: readonly ExpectedSubject[]): void {
    if (this.readGate.isOpen) this.prefetcher.expect(subjects);
  }

  /**
   * Packs that hold steps with these keys, and perhaps others: the newest first, whose outputs stand. Empty where the
   * server has none, or cannot be asked.
   */
  async find(shard: ShardName, keys: readonly ActionKey[]): Promise<ReceivedPack[]> {
    if (!this.readGate.isOpen) return [];
    const ahead = this.prefetcher.take(shard);
    const manifest = await (ahead?.manifest ?? this.reader.manifest(shard));
    const left = new Set(keys.map(keyStart));
    const packs: ReceivedPack[] = [];
    for (const reference of manifest ?? []) {
      if (left.size === 0) break;
      if (!reference.keys.some((start) => left.has(start))) continue;
      const pack = await (ahead?.packs.get(reference.digest) ?? this.reader.pack(reference));
      if (pack === null) continue;
      packs.push(pack);
      for (const { key } of pack.entries) left.delete(keyStart(key));
    }
    return packs;
  }

  /** Steps that ran here. They are sent, if the cache may be written, when their subject is finished. */
  offer(shard: ShardName, pack: Pack): void {
    this.writer?.offer(shard, pack);
  }

  /** Nothing more is asked for, or offered, of a subject. */
  finished({ name, shards }: ExpectedSubject): void {
    this.prefetcher.finished(name);
    for (const shard of shards) this.writer?.release(shard);
  }

  /** Waits until all that was offered is sent, but no longer than so many milliseconds, or until it is told to stop. */
  async settle(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.writer === null || signal?.aborted) return;
    let stop = () => {};
    const ended = new Promise<void>((resolve) => {
      stop = resolve;
      signal?.addEventListener('abort', stop, { once: true });
    });
    const timer = setTimeout(stop, ms);
    await Promise.race([this.writer.drained(), ended]);
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }

  /** Ends what is under way. What has not been sent by now counts as unsent. */
  close(): void {
    this.prefetcher.close();
    this.writer?.close();
    this.reads.close();
    this.writes.close();
  }

  get counts(): SharedCacheCounts {
    const { readGate, writeGate, fetched, sentOut } = this;
    return {
      fetchedBytes: fetched.bytes,
      fetchMs: fetched.tookMs,
      sentBytes: sentOut.bytes,
      sendMs: sentOut.tookMs,
      sent: this.packsSent,
      unsent: this.writer?.unsent ?? 0,
      failures: readGate.failures + writeGate.failures,
      off: !readGate.isOpen || !writeGate.isOpen,
    };
  }

  /** One sentence on what went wrong since this was asked last; null when nothing did. */
  trouble(): string | null {
    const { failures } = this.counts;
    if (failures === this.told) return null;
    this.told = failures;
    const { readGate, writeGate, options } = this;
    const reason = readGate.reason ?? writeGate.reason;
    const often = failures === 1 ? 'once' : `${failures} times`;
    const so = !readGate.isOpen
      ? 'it is left alone for the rest of this run'
      : !writeGate.isOpen
        ? 'nothing more is sent to it in this run'
        : 'what it did not give was run here';
    return `the shared cache ${options.address.url} failed ${often} (${reason}): ${so}`;
  }
}
