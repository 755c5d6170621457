/**
 * Fetches shards before they are requested: those of the next subjects of which a phase is completely missing here. If
 * a part of every phase is here, perhaps nothing is needed.
 */
import type { ShardName } from './manifest.js';
import { ShardFetch } from './shard-fetch.js';
import type { ShardReader } from './shard-reader.js';

/** Maximum number of subjects that are being fetched or wait to be requested. */
const AHEAD = 16;

/** A task or a file that will be built: its shard, and the phases that it goes through. */
export interface ExpectedSubject {
  readonly shard: string;
  readonly phases: readonly string[];
}

export class Prefetcher {
  private waiting: ExpectedSubject[] = [];
  private readonly open = new Map<string, ShardFetch>();

  constructor(
    private readonly reader: ShardReader,
    /** Whether a part of a phase is here. */
    private readonly isHere: (shard: ShardName) => boolean,
  ) {}

  /** In the order in which they will be requested. */
  expect(subjects: readonly ExpectedSubject[]): void {
    this.waiting.push(...subjects);
    this.advance();
  }

  /** What is fetched of the shard until it is finished. Of one that nobody expected, nothing is kept. */
  fetchOf(shard: string): ShardFetch {
    const open = this.open.get(shard);
    if (open !== undefined) return open;
    const fetch = new ShardFetch(this.reader, shard);
    const others = this.waiting.filter((subject) => subject.shard !== shard);
    if (others.length < this.waiting.length) this.open.set(shard, fetch);
    this.waiting = others;
    return fetch;
  }

  /** The shard will not be requested any more. */
  finished(shard: string): void {
    if (this.open.delete(shard)) this.advance();
    else this.waiting = this.waiting.filter((subject) => subject.shard !== shard);
  }

  close(): void {
    this.waiting = [];
    this.open.clear();
  }

  private advance(): void {
    while (this.open.size < AHEAD) {
      const subject = this.waiting.shift();
      if (subject === undefined) return;
      const { shard, phases } = subject;
      const fetch = new ShardFetch(this.reader, shard);
      this.open.set(shard, fetch);
      if (!phases.every((phase) => this.isHere({ phase, shard }))) void fetch.ahead();
    }
  }
}
