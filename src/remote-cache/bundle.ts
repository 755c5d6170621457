/**
 * A bundle has the steps of one shard that were sent together: a pack for each phase. On the server it is compressed, and
 * named by the digest of the compressed bytes.
 */
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { sha256Hex } from '../encoding/digest.js';
import { decodePack, encodePack, NO_RUN, type Pack } from '../store/pack.js';
import { type BundleReference, keyStart } from './manifest.js';

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

/** Packs by phase. */
export type Bundle = ReadonlyMap<string, Pack>;

export interface PackedBundle {
  readonly reference: BundleReference;
  readonly bytes: Uint8Array;
}

/** A pack, and the bytes that it was decoded from. */
export interface ReceivedPack extends Pack {
  readonly payload: Uint8Array;
}

export type ReceivedBundle = ReadonlyMap<string, ReceivedPack>;

/** Up to this decompressed size, a bundle is decompressed synchronously: passing it to another thread takes longer. */
const SMALL = 300_000;

export async function packUp(bundle: Bundle): Promise<PackedBundle> {
  const packs = [...bundle].map(([phase, { entries, blobs }]) => {
    return [phase, { entries: entries.map((entry) => ({ ...entry, run: NO_RUN })), blobs }] as const;
  });
  const payload = encodeBundle(packs);
  const [coding] = CODINGS;
  const bytes = await coding.compress(payload);
  const reference = {
    digest: sha256Hex(bytes),
    coding: coding.name,
    bytes: bytes.length,
    length: payload.length,
    keys: Uint32Array.from(
      packs.flatMap(([, { entries }]) => entries),
      ({ key }) => keyStart(key),
    ),
    content: bytes,
  };
  return { reference, bytes };
}

export function canUnpack({ coding }: BundleReference): boolean {
  return CODINGS.some(({ name }) => name === coding);
}

/** The bundle that the reference names; null if the bytes are no bundle, or another one. */
export async function unpack(bytes: Uint8Array, reference: BundleReference): Promise<ReceivedBundle | null> {
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
    return decodeBundle(new Uint8Array(output.buffer, output.byteOffset, output.length));
  } catch {
    // It is no stream of this coding, is larger than announced, or is no bundle.
    return null;
  }
}

function encodeBundle(packs: readonly (readonly [string, Pack])[]): Uint8Array {
  const writer = new ByteWriter().unsigned(packs.length);
  for (const [phase, pack] of packs) writer.string(phase).sized(encodePack(pack));
  return writer.finish();
}

/** Null if it claims to know runs of this machine. Throws RangeError if it is malformed. */
function decodeBundle(bytes: Uint8Array): ReceivedBundle | null {
  const reader = new ByteReader(bytes);
  const bundle = new Map<string, ReceivedPack>();
  for (let count = reader.unsigned(); count > 0; count--) {
    const phase = reader.string();
    const payload = reader.sized();
    const pack = decodePack(payload);
    if (!pack.entries.every(({ run }) => run === NO_RUN)) return null;
    bundle.set(phase, { ...pack, payload });
  }
  if (!reader.done) throw new RangeError('a bundle goes on after its end');
  return bundle;
}
