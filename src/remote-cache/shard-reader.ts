/** Reads shards from the server: the manifest first, then the packs that may have missing steps. */
import type { Gate } from './gate.js';
import type { HttpCache } from './http-cache.js';
import {
  decodeManifest,
  MANIFEST_BYTES,
  type Manifest,
  manifestPath,
  type PackReference,
  packPath,
  type ShardName,
} from './manifest.js';
import { canUnpack, type ReceivedPack, unpack } from './packed.js';
import type { Transfer } from './transfer.js';

export class ShardReader {
  /** Digests of packs that a manifest names, but that the server lacks or has damaged. */
  private readonly lost = new Set<string>();

  constructor(
    private readonly http: HttpCache,
    private readonly gate: Gate,
    private readonly transfer: Transfer,
    /** Maximum bytes of a pack, compressed or not. */
    private readonly maxBytes: number,
  ) {}

  /** Empty if the server has no valid manifest; null if the server cannot be asked. */
  async manifest(shard: ShardName): Promise<Manifest | null> {
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

  /** Whether this machine can read the pack, as far as it knows. */
  isUsable(pack: PackReference): boolean {
    return pack.length <= this.maxBytes && canUnpack(pack) && !this.isLost(pack);
  }

  /** Whether the server turned out not to have the pack. Other machines cannot use it either. */
  isLost({ digest }: PackReference): boolean {
    return this.lost.has(digest);
  }

  /** The server has the pack (again). */
  isStored({ digest }: PackReference): void {
    this.lost.delete(digest);
  }

  /** Null if it is missing, or if its digest is wrong. */
  async pack(reference: PackReference): Promise<ReceivedPack | null> {
    const { content } = reference;
    const here = content === undefined ? null : await unpack(content, reference);
    if (here !== null) return here;
    const answer = await this.get(packPath(reference), reference.bytes);
    const pack = answer.kind === 'found' ? await unpack(answer.bytes, reference) : null;
    if (pack !== null) this.gate.succeeded();
    else if (answer.kind !== 'failed') {
      this.lost.add(reference.digest);
      if (answer.kind === 'found') this.gate.failed('its answer is not what the digest says');
    }
    return pack;
  }

  private async get(path: string, maxBytes: number) {
    const answer = await this.transfer.during(() => this.gate.pass(() => this.http.get(path, maxBytes)));
    if (answer.kind === 'found') this.transfer.bytes += answer.bytes.length;
    return answer;
  }
}
