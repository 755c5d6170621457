/**
 * Sends steps that ran here to the server, in the background: the bundle first, then the manifest that names it.
 *
 * Servers of this protocol have no compare-and-swap: writing a manifest may undo a change made since it was read. So
 * a writer reads the manifest again after a while, or when there is nothing else to do, and writes once more if its
 * bundle is no longer listed. A bundle that is lost nevertheless causes a miss for some reader. When 4 machines
 * enter 32 bundles into one manifest, 23 or 24 are lost without the second check, and 0 or 1 with it
 * (bench/scale-out/manifests.ts). A manifest for each machine would lose none, but cost every reader one more request
 * for each shard and machine.
 */

import { stopwatch } from '../stopwatch.js';
import type { ActionKey, BlobKey, Pack, PackEntry } from '../store/pack.js';
import { type Bundle, packUp } from './bundle.js';
import type { Gate } from './gate.js';
import type { HttpCache } from './http-cache.js';
import {
  type BundleReference,
  bundlePath,
  encodeManifest,
  keyStart,
  type Manifest,
  MOST_KEYS,
  manifestPath,
  mergeManifest,
  type ShardName,
} from './manifest.js';
import type { ShardReader } from './shard-reader.js';
import type { Transfer } from './transfer.js';

/** Maximum number of shards that are sent at once. */
const JOBS = 4;

/** A bundle of this many bytes is sent, even if more of its shard may follow. */
const FULL_BYTES = 4_000_000;

/** Maximum bytes that wait to be sent; further bundles are not sent. */
const MOST_WAITING = 64_000_000;

/** A shard with this many bundles is sent as one, as far as it is here. */
const COMPACT_AT = 8;

/** How often a writer checks that its bundle is still listed. */
const MOST_CHECKS = 4;

/** Milliseconds until a check, from and to. */
const PAUSE_MS = [100, 400] as const;

export interface SentShard {
  readonly shard: string;
  readonly steps: number;
  readonly bytes: number;
  /** On the stopwatch. */
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface ShardWriterOptions {
  readonly http: HttpCache;
  readonly gate: Gate;
  readonly transfer: Transfer;
  /** Reads manifests. */
  readonly reader: ShardReader;
  /** Knows which bundles can be read. */
  readonly bundles: Pick<ShardReader, 'isUsable' | 'isLost' | 'isStored'>;
  /** Maximum bytes of a bundle, compressed or not. */
  readonly maxBytes: number;
  /** Everything that is here of a shard; null if nothing is stored here. */
  readonly held: ((shard: string) => Bundle) | null;
  readonly sent: (sent: SentShard) => void;
  /** How often a writer checks that its bundle is still listed. Default 4. */
  readonly checks?: number;
}

/** What was offered of one phase. */
interface Offered extends Pack {
  readonly entries: PackEntry[];
  readonly blobs: Map<BlobKey, Uint8Array>;
}

class Job {
  readonly bundle = new Map<string, Offered>();
  bytes = 0;

  constructor(readonly shard: string) {}

  add(phase: string, { entries, blobs }: Pack): void {
    const offered: Offered = this.bundle.get(phase) ?? { entries: [], blobs: new Map() };
    this.bundle.set(phase, offered);
    for (const entry of entries) {
      offered.entries.push(entry);
      this.bytes += entry.value.length + 52;
    }
    for (const [key, blob] of blobs) {
      if (!offered.blobs.has(key)) this.bytes += blob.length + 24;
      offered.blobs.set(key, blob);
    }
  }
}

/** A bundle that was entered into the manifest of its shard. */
interface Entered {
  readonly shard: string;
  readonly reference: BundleReference;
  readonly isCovered: (bundle: BundleReference) => boolean;
  /** How often it was entered. */
  readonly times: number;
}

export class ShardWriter {
  /** Number of bundles that were offered and not sent: there was no time, no room, or the server refused them. */
  unsent = 0;
  private readonly gathering = new Map<string, Job>();
  private readonly ready: Job[] = [];
  private readonly entered = new Map<Entered, NodeJS.Timeout>();
  private readonly due: Entered[] = [];
  /** Shards whose manifests are being read and written; never the same one twice at once. */
  private readonly busy = new Set<string>();
  private sending = 0;
  private checking = 0;
  private waitingBytes = 0;
  private isDraining = false;
  private closed = false;
  private idle: (() => void)[] = [];

  constructor(private readonly options: ShardWriterOptions) {}

  /** The offered packs of a shard are sent together, when the shard is finished. */
  offer({ phase, shard }: ShardName, pack: Pack): void {
    const job = this.gathering.get(shard) ?? new Job(shard);
    const before = job.bytes;
    job.add(phase, pack);
    this.waitingBytes += job.bytes - before;
    this.gathering.set(shard, job);
    if (job.bytes >= FULL_BYTES) this.release(shard);
  }

  /** Nothing more will be offered of this shard. */
  release(shard: string): void {
    const job = this.gathering.get(shard);
    if (job === undefined) return;
    this.gathering.delete(shard);
    if (this.waitingBytes > MOST_WAITING || !this.options.gate.isOpen || this.closed) {
      this.drop(job);
      return;
    }
    this.ready.push(job);
    this.next();
  }

  /** Resolves when nothing is left to send. */
  async drained(): Promise<void> {
    for (const shard of [...this.gathering.keys()]) this.release(shard);
    this.isDraining = true;
    for (const one of [...this.entered.keys()]) this.checkNow(one);
    if (!this.isIdle) await new Promise<void>((resolve) => this.idle.push(resolve));
    this.isDraining = false;
  }

  /** Bundles that have not been sent by now are dropped. */
  close(): void {
    this.closed = true;
    this.unsent += this.sending;
    for (const job of [...this.ready.splice(0), ...this.gathering.values()]) this.drop(job);
    this.gathering.clear();
    for (const timer of this.entered.values()) clearTimeout(timer);
    this.entered.clear();
    this.due.length = 0;
  }

  private get isIdle(): boolean {
    return this.sending + this.checking + this.ready.length + this.due.length === 0;
  }

  private drop(job: Job): void {
    this.waitingBytes -= job.bytes;
    this.unsent++;
  }

  private next(): void {
    while (this.sending + this.checking < JOBS && !this.closed) {
      const job = this.takeFree(this.ready);
      const one = job === undefined ? this.takeFree(this.due) : undefined;
      if (job !== undefined) void this.run(job);
      else if (one !== undefined) void this.check(one);
      else break;
    }
    if (this.isIdle) for (const resolve of this.idle.splice(0)) resolve();
  }

  /** Takes the first job whose manifest is free. */
  private takeFree<Item extends Job | Entered>(items: Item[]): Item | undefined {
    const at = items.findIndex(({ shard }) => !this.busy.has(shard));
    return at < 0 ? undefined : items.splice(at, 1)[0];
  }

  private async run(job: Job): Promise<void> {
    this.busy.add(job.shard);
    this.sending++;
    const isSent = await this.send(job);
    this.sending--;
    this.busy.delete(job.shard);
    this.waitingBytes -= job.bytes;
    // On closing, all running jobs were counted.
    if (!isSent && !this.closed) this.unsent++;
    this.next();
  }

  /** False if the server does not have the job's steps afterwards. */
  private async send({ shard, bundle: offered }: Job): Promise<boolean> {
    const { reader, bundles, maxBytes, sent } = this.options;
    const startedAt = stopwatch.now();
    const manifest = await reader.manifest(shard);
    if (manifest === null) return false;
    const known = new Set<number>();
    // A bundle that this machine cannot read is sent in a form that it can read; one that the server lost is sent again.
    for (const one of manifest) if (bundles.isUsable(one)) for (const start of one.keys) known.add(start);
    const fresh = without(offered, known);
    const steps = stepsIn(fresh).length;
    if (steps === 0) return true;
    const bundle = this.compacted(shard, manifest) ?? fresh;
    const { reference, bytes } = await packUp(bundle);
    if (reference.bytes > maxBytes || reference.length > maxBytes) return false;
    if (!(await this.put(bundlePath(reference), bytes))) return false;
    bundles.isStored(reference);
    const isCovered = coveredBy(stepsIn(bundle).map(({ key }) => key));
    if (!(await this.enter({ shard, reference, isCovered, times: 1 }, manifest))) return false;
    const endedAt = stopwatch.now();
    sent({ shard, steps, bytes: bytes.length, startedAt, endedAt });
    return true;
  }

  /** The whole shard as it is here, if the server has it in many parts; otherwise null. */
  private compacted(shard: string, manifest: Manifest): Bundle | null {
    const { held } = this.options;
    if (held === null || this.closed || manifest.length < COMPACT_AT) return null;
    const whole = new Job(shard);
    for (const [phase, pack] of held(shard)) whole.add(phase, pack);
    const { bundle, bytes } = whole;
    return bytes > FULL_BYTES || stepsIn(bundle).length > MOST_KEYS / 2 ? null : bundle;
  }

  /** Enters a bundle into the manifest of its shard; `manifest` is the current one. False if it cannot be written. */
  private async enter(one: Entered, manifest: Manifest): Promise<boolean> {
    const { shard, reference, isCovered } = one;
    const { bundles, checks = MOST_CHECKS } = this.options;
    const merged = mergeManifest(manifest, reference, (one) => bundles.isLost(one) || isCovered(one));
    if (!(await this.put(manifestPath(shard), encodeManifest(merged)))) return false;
    if (one.times > checks || this.closed) return true;
    const [from, to] = PAUSE_MS;
    // It does not keep the process alive.
    const timer = setTimeout(() => this.checkNow(one), from + Math.random() * (to - from)).unref();
    this.entered.set(one, timer);
    if (this.isDraining) this.checkNow(one);
    return true;
  }

  private checkNow(one: Entered): void {
    clearTimeout(this.entered.get(one));
    this.entered.delete(one);
    this.due.push(one);
    this.next();
  }

  private async check(one: Entered): Promise<void> {
    const { reference, shard, times } = one;
    this.busy.add(shard);
    this.checking++;
    const manifest = await this.options.reader.manifest(shard);
    const isNamed = manifest?.some(({ digest }) => digest === reference.digest) ?? true;
    if (!isNamed) await this.enter({ ...one, times: times + 1 }, manifest as Manifest);
    this.checking--;
    this.busy.delete(shard);
    this.next();
  }

  private async put(path: string, bytes: Uint8Array): Promise<boolean> {
    const { gate, http, transfer } = this.options;
    const answer = await transfer.during(() => gate.pass(() => http.put(path, bytes)));
    if (answer.kind !== 'found') return false;
    gate.succeeded();
    transfer.bytes += bytes.length;
    return true;
  }
}

/** Whether all steps of a bundle are among these. */
function coveredBy(keys: readonly ActionKey[]): (bundle: BundleReference) => boolean {
  const starts = new Set(keys.map(keyStart));
  return (bundle) => bundle.keys.every((start) => starts.has(start));
}

function stepsIn(bundle: Bundle): PackEntry[] {
  return [...bundle.values()].flatMap(({ entries }) => entries);
}

/** The steps whose keys do not begin so; a phase that has none is left out. */
function without(bundle: Bundle, known: ReadonlySet<number>): Bundle {
  const rest = new Map<string, Pack>();
  for (const [phase, { entries, blobs }] of bundle) {
    const fresh = entries.filter(({ key }) => !known.has(keyStart(key)));
    if (fresh.length > 0) rest.set(phase, { entries: fresh, blobs });
  }
  return rest;
}
