/**
 * Fetches ahead what will be asked for: of subjects whose turn comes soon, the shards that are not here at all. What is
 * here in part may need nothing.
 */
import { type Manifest, manifestPath, type ShardName } from './manifest.js';
import type { ReceivedPack } from './packed.js';
import type { ShardReader } from './shard-reader.js';

/** Subjects for which something is on its way, or waits to be asked for. */
const AHEAD = 16;

/** Packs of a shard that are fetched before anybody knows what is missing: the newest. */
const PACKS_AHEAD = 2;

/** A task or a file that will be built. */
export interface ExpectedSubject {
  readonly name: string;
  readonly shards: readonly ShardName[];
}

/** A shard that is on its way. */
export interface Fetched {
  readonly manifest: Promise<Manifest | null>;
  /** By digest. */
  readonly packs: ReadonlyMap<string, Promise<ReceivedPack | null>>;
}

export class Prefetcher {
  private waiting: ExpectedSubject[] = [];
  /** By subject: what was asked for, by the path of its manifest. */
  private readonly ahead = new Map<string, Map<string, Fetched>>();

  constructor(
    private readonly reader: ShardReader,
    /** Whether some of a shard is here. */
    private readonly isHere: (shard: ShardName) => boolean,
  ) {}

  /** In the order in which they will be asked for. */
  expect(subjects: readonly ExpectedSubject[]): void {
    this.waiting.push(...subjects);
    this.advance();
  }

  /** What is on its way of a shard; undefined when nothing is. */
  take(shard: ShardName): Fetched | undefined {
    const path = manifestPath(shard);
    for (const shards of this.ahead.values()) {
      const fetched = shards.get(path);
      if (fetched !== undefined) return fetched;
    }
    return undefined;
  }

  /** Nobody will ask for anything of this subject any more. */
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
      for (const reference of manifest?.slice(0, PACKS_AHEAD) ?? [])
        packs.set(reference.digest, this.reader.pack(reference));
      return manifest;
    });
    return { manifest, packs };
  }
}
