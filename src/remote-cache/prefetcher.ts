/**
 * Fetches shards before they are requested: those of the next subjects that are completely missing here. A shard that
 * is partly here may need nothing.
 */
import { type Manifest, manifestPath, type ShardName } from './manifest.js';
import type { ReceivedPack } from './packed.js';
import type { ShardReader } from './shard-reader.js';

/** Maximum number of subjects that are being fetched or wait to be requested. */
const AHEAD = 16;

/** Number of packs of a shard, the newest, that are fetched before the missing keys are known. */
const PACKS_AHEAD = 2;

/** A task or a file that will be built. */
export interface ExpectedSubject {
  readonly name: string;
  readonly shards: readonly ShardName[];
}

/** A shard that is being fetched. */
export interface Fetched {
  readonly manifest: Promise<Manifest | null>;
  /** By digest. */
  readonly packs: ReadonlyMap<string, Promise<ReceivedPack | null>>;
}

export class Prefetcher {
  private waiting: ExpectedSubject[] = [];
  /** By subject: the requested shards, by the paths of their manifests. */
  private readonly ahead = new Map<string, Map<string, Fetched>>();

  constructor(
    private readonly reader: ShardReader,
    /** Whether a part of a shard is here. */
    private readonly isHere: (shard: ShardName) => boolean,
  ) {}

  /** In the order in which they will be requested. */
  expect(subjects: readonly ExpectedSubject[]): void {
    this.waiting.push(...subjects);
    this.advance();
  }

  /** The shard if it is being fetched; else undefined. */
  take(shard: ShardName): Fetched | undefined {
    const path = manifestPath(shard);
    for (const shards of this.ahead.values()) {
      const fetched = shards.get(path);
      if (fetched !== undefined) return fetched;
    }
    return undefined;
  }

  /** The subject will not be requested any more. */
  finished(name: string): void {
    if (this.ahead.delete(name)) this.advance();
    else this.waiting = this.waiting.filter((subject) => subject.name !== name);
  }

  close(): void {
    this.waiting = [];
    this.ahead.clear();
  }

  private advance(): void {
    while (this.ahead.size < AHEAD) {
      const subject = this.waiting.shift();
      if (subject === undefined) return;
      const shards = subject.shards.filter((shard) => !this.isHere(shard));
      this.ahead.set(subject.name, new Map(shards.map((shard) => [manifestPath(shard), this.fetch(shard)])));
    }
  }

  private fetch(shard: ShardName): Fetched {
    const packs = new Map<string, Promise<ReceivedPack | null>>();
    const manifest = this.reader.manifest(shard).then((manifest) => {
      const usable = manifest?.filter((pack) => this.reader.isUsable(pack)) ?? [];
      for (const reference of usable.slice(0, PACKS_AHEAD))
        packs.set(reference.digest, this.reader.pack(reference));
      return manifest;
    });
    return { manifest, packs };
  }
}
