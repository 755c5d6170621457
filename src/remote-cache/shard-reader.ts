/** Reads from the server: the manifest of a shard first, then the bundles that may have missing steps. */
import { canUnpack, type ReceivedBundle, unpack } from './bundle.js';
import type { Gate } from './gate.js';
import type { HttpCache } from './http-cache.js';
import {
  type BundleReference,
  bundlePath,
  decodeManifest,
  MANIFEST_BYTES,
  type Manifest,
  manifestPath,
} from './manifest.js';
import type { Transfer } from './transfer.js';

export class ShardReader {
  /** Digests of bundles that a manifest names, but that the server lacks or has damaged. */
  private readonly lost = new Set<string>();

  constructor(
    private readonly http: HttpCache,
    private readonly gate: Gate,
    private readonly transfer: Transfer,
    /** Maximum bytes of a bundle, compressed or not. */
    private readonly maxBytes: number,
  ) {}

  /** Empty if the server has no valid manifest; null if the server cannot be asked. */
  async manifest(shard: string): Promise<Manifest | null> {
    const answer = await this.get(manifestPath(shard), MANIFEST_BYTES);
    if (answer.kind === 'failed') return null;
    if (answer.kind === 'absent') return [];
    const manifest = decodeManifest(answer.bytes);
    if (manifest === null) {
      this.gate.failed('it has a list of steps that is none');
      return [];
    }
    this.gate.succeeded();
    return manifest;
  }

  /** Whether this machine can read the bundle, as far as it knows. */
  isUsable(bundle: BundleReference): boolean {
    return bundle.length <= this.maxBytes && canUnpack(bundle) && !this.isLost(bundle);
  }

  /** Whether the server turned out not to have the bundle. Other machines cannot use it either. */
  isLost({ digest }: BundleReference): boolean {
    return this.lost.has(digest);
  }

  /** The server has the bundle (again). */
  isStored({ digest }: BundleReference): void {
    this.lost.delete(digest);
  }

  /** Null if it is missing, or if its digest is wrong. */
  async bundle(reference: BundleReference): Promise<ReceivedBundle | null> {
    const { content } = reference;
    const here = content === undefined ? null : await unpack(content, reference);
    if (here !== null) return here;
    const answer = await this.get(bundlePath(reference), reference.bytes);
    const bundle = answer.kind === 'found' ? await unpack(answer.bytes, reference) : null;
    if (bundle !== null) this.gate.succeeded();
    else if (answer.kind !== 'failed') {
      this.lost.add(reference.digest);
      if (answer.kind === 'found') this.gate.failed('its answer is not what the digest says');
    }
    return bundle;
  }

  private async get(path: string, maxBytes: number) {
    const answer = await this.transfer.during(() => this.gate.pass(() => this.http.get(path, maxBytes)));
    if (answer.kind === 'found') this.transfer.bytes += answer.bytes.length;
    return answer;
  }
}
