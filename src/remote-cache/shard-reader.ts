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
    return manifest.filter((pack) => pack.length <= this.maxBytes && canUnpack(pack));
  }

  /** Null if it is missing, or if its digest is wrong. */
  async pack(reference: PackReference): Promise<ReceivedPack | null> {
    const { content } = reference;
    const here = content === undefined ? null : await unpack(content, reference);
    if (here !== null) return here;
    const answer = await this.get(packPath(reference), reference.bytes);
    if (answer.kind !== 'found') return null;
    const pack = await unpack(answer.bytes, reference);
    if (pack === null) this.gate.failed('its answer is not what the digest says');
    else this.gate.succeeded();
    return pack;
  }

  private async get(path: string, maxBytes: number) {
    const answer = await this.transfer.during(() => this.gate.pass(() => this.http.get(path, maxBytes)));
    if (answer.kind === 'found') this.transfer.bytes += answer.bytes.length;
    return answer;
  }
}
