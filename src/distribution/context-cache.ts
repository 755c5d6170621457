/** A worker's cache of data that many requests share; the least recently used data is dropped first. */

/** Maximum size in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

export class ContextCache {
  /** By digest, least recently used first; includes data that is being fetched. */
  private readonly kept = new Map<string, Promise<Uint8Array | null>>();
  private readonly sizes = new Map<string, number>();
  private bytes = 0;

  /** The cached data, or fetches it, once for all simultaneous requests. Null if it does not exist. */
  async get(digest: string, fetch: () => Promise<Uint8Array | null>): Promise<Uint8Array | null> {
    let found = this.kept.get(digest);
    if (found === undefined) {
      found = fetch();
      this.kept.set(digest, found);
      found.then(
        (data) => (data === null ? this.drop(digest) : this.keep(digest, data.length)),
        () => this.drop(digest),
      );
    } else {
      this.kept.delete(digest);
      this.kept.set(digest, found);
    }
    return found;
  }

  private keep(digest: string, size: number): void {
    this.sizes.set(digest, size);
    this.bytes += size;
    for (const eldest of this.kept.keys()) {
      if (this.bytes <= MOST_BYTES || eldest === digest) return;
      this.drop(eldest);
    }
  }

  private drop(digest: string): void {
    this.kept.delete(digest);
    this.bytes -= this.sizes.get(digest) ?? 0;
    this.sizes.delete(digest);
  }
}
