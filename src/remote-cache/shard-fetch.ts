/** What is fetched of one shard: its manifest and each bundle once, though its phases ask for them one after another. */
import type { ReceivedBundle } from './bundle.js';
import type { BundleReference, Manifest } from './manifest.js';
import type { ShardReader } from './shard-reader.js';

/** Number of bundles, the newest, that are fetched before the missing keys are known. */
const BUNDLES_AHEAD = 2;

export class ShardFetch {
  private asked: Promise<Manifest> | null = null;
  /** By digest. */
  private readonly bundles = new Map<string, Promise<ReceivedBundle | null>>();

  constructor(
    private readonly reader: ShardReader,
    private readonly shard: string,
  ) {}

  /** The bundles that can be read here. Empty if the server cannot be asked. */
  manifest(): Promise<Manifest> {
    this.asked ??= this.reader
      .manifest(this.shard)
      .then((manifest) => manifest?.filter((reference) => this.reader.isUsable(reference)) ?? []);
    return this.asked;
  }

  bundle(reference: BundleReference): Promise<ReceivedBundle | null> {
    const { digest } = reference;
    let bundle = this.bundles.get(digest);
    if (bundle === undefined) {
      bundle = this.reader.bundle(reference);
      this.bundles.set(digest, bundle);
    }
    return bundle;
  }

  /** Fetches what will probably be asked for. */
  async ahead(): Promise<void> {
    const manifest = await this.manifest();
    for (const reference of manifest.slice(0, BUNDLES_AHEAD)) void this.bundle(reference);
  }
}
