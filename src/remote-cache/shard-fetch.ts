/** What is fetched of one shard: its manifest and each bundle once, though its phases ask for them one after another. */
import type { ReceivedBundle } from './bundle.js';
import type { BundleReference, Manifest } from './manifest.js';
import type { ShardReader } from './shard-reader.js';

/** Number of bundles, the newest, that are fetched before the missing keys are known. */
const BUNDLES_AHEAD = 2;

export class ShardFetch {
  private asked: Promise<Manifest | null> | null = null;
  /** By digest. */
  private readonly bundles = new Map<string, Promise<ReceivedBundle | null>>();

  constructor(
    private readonly reader: ShardReader,
    private readonly shard: string,
  ) {}

  /** The bundles that can be read here. Empty if the server did not answer; then the next phase asks again. */
  async manifest(): Promise<Manifest> {
    const manifest = await this.askForManifest();
    if (manifest === null) this.asked = null;
    return this.usableIn(manifest);
  }

  /** Null if it cannot be had; then the next phase asks again. */
  async bundle(reference: BundleReference): Promise<ReceivedBundle | null> {
    const bundle = await this.askForBundle(reference);
    if (bundle === null) this.bundles.delete(reference.digest);
    return bundle;
  }

  /** Fetches what will probably be asked for. */
  async ahead(): Promise<void> {
    const manifest = this.usableIn(await this.askForManifest());
    for (const reference of manifest.slice(0, BUNDLES_AHEAD)) void this.askForBundle(reference);
  }

  private askForManifest(): Promise<Manifest | null> {
    this.asked ??= this.reader.manifest(this.shard);
    return this.asked;
  }

  private askForBundle(reference: BundleReference): Promise<ReceivedBundle | null> {
    const { digest } = reference;
    const asked = this.bundles.get(digest) ?? this.reader.bundle(reference);
    this.bundles.set(digest, asked);
    return asked;
  }

  private usableIn(manifest: Manifest | null): Manifest {
    return manifest?.filter((reference) => this.reader.isUsable(reference)) ?? [];
  }
}
