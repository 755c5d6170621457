/** The shared cache as builds and remote workers use it. It is empty if no server answers. */
import type { ActionKey, Pack } from '../store/pack.js';
import type { ServerAddress } from '../workspace/config/server-address.js';
import type { Bundle, ReceivedPack } from './bundle.js';
import { Gate } from './gate.js';
import { HttpCache } from './http-cache.js';
import { keyStart, type ShardName } from './manifest.js';
import { type ExpectedSubject, Prefetcher } from './prefetcher.js';
import { ShardReader } from './shard-reader.js';
import { type SentShard, ShardWriter } from './shard-writer.js';
import { Transfer } from './transfer.js';

export interface SharedCacheOptions {
  readonly address: ServerAddress;
  readonly mode: 'read' | 'readwrite';
  /** Maximum bytes of an answer, and of a request. */
  readonly maxBytes: number;
  /** Maximum milliseconds of a request. */
  readonly timeoutMs?: number;
  /** Whether a part of a phase of a shard is here already. Absent if nothing is stored here. */
  readonly isHere?: (shard: ShardName) => boolean;
  /** Everything that is here of a shard. Absent if nothing is stored here. */
  readonly held?: (shard: string) => Bundle;
  /** Called with every bundle that was sent. */
  readonly sent?: (sent: SentShard) => void;
}

export interface SharedCacheCounts {
  readonly fetchedBytes: number;
  /** Time during which some request for missing steps was running. */
  readonly fetchMs: number;
  readonly sentBytes: number;
  readonly sendMs: number;
  /** Number of bundles that were sent. */
  readonly sent: number;
  /** Number of bundles that should have been sent, but were not. */
  readonly unsent: number;
  /** Number of answers that could not be used. */
  readonly failures: number;
  /** Whether no more requests are made. */
  readonly off: boolean;
}

/** Default of the maximum milliseconds of a request. */
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
  private bundlesSent = 0;
  /** The problems that `trouble` has reported. */
  private reported = 0;

  constructor(private readonly options: SharedCacheOptions) {
    const { address, maxBytes, timeoutMs = TIMEOUT_MS, mode, isHere, held, sent } = options;
    const limits = { timeoutMs, maxBytes };
    this.reads = new HttpCache(address, { ...limits, connections: READ_CONNECTIONS });
    this.writes = new HttpCache(address, { ...limits, connections: WRITE_CONNECTIONS });
    // A caller waits no longer than until it is clear that no answer will come.
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
            // Failed reads say nothing about writes, so each direction has a gate of its own.
            reader: new ShardReader(this.writes, this.readGate, new Transfer(), maxBytes),
            maxBytes,
            bundles: this.reader,
            held: held ?? null,
            sent: (shard) => {
              this.bundlesSent++;
              sent?.(shard);
            },
          });
  }

  /** Announces the subjects that will be built, in this order: what is missing is fetched in advance, a few at a time. */
  expect(subjects: readonly ExpectedSubject[]): void {
    if (this.readGate.isOpen) this.prefetcher.expect(subjects);
  }

  /**
   * Packs that have steps with these keys, and perhaps others. The newest are first, and their outputs count. Empty
   * if the server has none, or cannot be asked.
   */
  async find({ phase, shard }: ShardName, keys: readonly ActionKey[]): Promise<ReceivedPack[]> {
    if (!this.readGate.isOpen) return [];
    const fetch = this.prefetcher.fetchOf(shard);
    const manifest = await fetch.manifest();
    // The usual case, without looking at every key: all that is wanted was sent together.
    const [only, ...others] = manifest;
    if (
      only !== undefined &&
      others.length === 0 &&
      keys.length > 0 &&
      only.keys.includes(keyStart(keys[0]))
    ) {
      const pack = (await fetch.bundle(only))?.get(phase);
      return pack === undefined ? [] : [pack];
    }
    const left = new Set(keys.map(keyStart));
    const packs: ReceivedPack[] = [];
    for (const reference of manifest) {
      if (left.size === 0) break;
      if (!reference.keys.some((start) => left.has(start))) continue;
      const pack = (await fetch.bundle(reference))?.get(phase);
      if (pack === undefined) continue;
      packs.push(pack);
      for (const { key } of pack.entries) left.delete(keyStart(key));
    }
    return packs;
  }

  /** Offers steps that ran here. They are sent, if the cache may be written, when their subject is finished. */
  offer(shard: ShardName, pack: Pack): void {
    this.writer?.offer(shard, pack);
  }

  /** Nothing more will be requested or offered of a shard. */
  finished(shard: string): void {
    this.prefetcher.finished(shard);
    this.writer?.release(shard);
  }

  /**
   * Waits until everything offered has been sent, but at most this many milliseconds, or until `signal` is aborted.
   */
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

  /** Ends running requests. Bundles that have not been sent by now count as unsent. */
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
      sent: this.bundlesSent,
      unsent: this.writer?.unsent ?? 0,
      failures: readGate.failures + writeGate.failures,
      off: !readGate.isOpen || !writeGate.isOpen,
    };
  }

  /** A sentence about the problems since the last call; null if there were none. */
  trouble(): string | null {
    const { failures } = this.counts;
    if (failures === this.reported) return null;
    this.reported = failures;
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
