/** Packs as they are on the server: compressed, and named by the digest of the compressed bytes. */
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { sha256Hex } from '../encoding/digest.js';
import { decodePack, encodePack, NO_RUN, type Pack } from '../store/pack.js';
import { keyStart, type PackReference } from './manifest.js';

type Compress = (bytes: Uint8Array) => Promise<Uint8Array>;
interface Limits {
  readonly maxOutputLength: number;
  readonly chunkSize: number;
}

interface Coding {
  readonly name: string;
  readonly compress: Compress;
  readonly decompress: (bytes: Uint8Array, limits: Limits) => Promise<Uint8Array>;
  readonly decompressNow: (bytes: Uint8Array, limits: Limits) => Uint8Array;
}

const DEFLATE: Coding = {
  name: 'deflate',
  compress: promisify(zlib.deflate),
  decompress: promisify(zlib.inflate),
  decompressNow: zlib.inflateSync,
};

/** The best first. Node has zstd from 22.15 on; an older Node misses packs that others compressed with it. */
const CODINGS: readonly Coding[] =
  zlib.zstdCompress === undefined
    ? [DEFLATE]
    : [
        {
          name: 'zstd',
          compress: promisify(zlib.zstdCompress) as Compress,
          decompress: promisify(zlib.zstdDecompress) as Coding['decompress'],
          decompressNow: zlib.zstdDecompressSync,
        },
        DEFLATE,
      ];

export interface PackedPack {
  readonly reference: PackReference;
  readonly bytes: Uint8Array;
}

/** A pack, and the bytes that it was decoded from. */
export interface ReceivedPack extends Pack {
  readonly payload: Uint8Array;
}

/** Up to this decompressed size, a pack is decompressed synchronously: passing it to another thread takes longer. */
const SMALL = 300_000;

export async function packUp(pack: Pack): Promise<PackedPack> {
  const entries = pack.entries.map((entry) => ({ ...entry, run: NO_RUN }));
  const payload = encodePack({ entries, blobs: pack.blobs });
  const [coding] = CODINGS;
  const bytes = await coding.compress(payload);
  const reference = {
    digest: sha256Hex(bytes),
    coding: coding.name,
    bytes: bytes.length,
    length: payload.length,
    keys: Uint32Array.from(entries, ({ key }) => keyStart(key)),
    content: bytes,
  };
  return { reference, bytes };
}

export function canUnpack({ coding }: PackReference): boolean {
  return CODINGS.some(({ name }) => name === coding);
}

/** The pack that the reference names; null if the bytes are no pack, or another one. */
export async function unpack(bytes: Uint8Array, reference: PackReference): Promise<ReceivedPack | null> {
  const coding = CODINGS.find(({ name }) => name === reference.coding);
  if (coding === undefined || sha256Hex(bytes) !== reference.digest) return null;
  try {
    // Some versions of Node accept a truncated stream, so the length is compared too.
    const { length } = reference;
    const limits = { maxOutputLength: Math.max(1, length), chunkSize: Math.min(Math.max(64, length), SMALL) };
    const output =
      length <= SMALL ? coding.decompressNow(bytes, limits) : await coding.decompress(bytes, limits);
    if (output.length !== length) return null;
    // A plain Uint8Array: the `slice` of a Buffer would be a view, and readers rely on a copy.
    const payload = new Uint8Array(output.buffer, output.byteOffset, output.length);
    const pack = decodePack(payload);
    return pack.entries.every(({ run }) => run === NO_RUN) ? { ...pack, payload } : null;
  } catch {
    // It is no stream of this coding, is larger than announced, or is no pack.
    return null;
  }
}
