/**
 * A manifest lists the bundles that the server has of one shard, newest first. It has the first bytes of their keys, so
 * that a reader fetches only bundles with steps that it lacks. It is a line of JSON, which people can read with `curl`. A
 * small newest bundle follows the line: most shards have only one such bundle, and need only one request.
 */
import { sha256Hex } from '../encoding/digest.js';
import type { ActionKey } from '../store/pack.js';

/** The steps of one phase that a subject needs, as in the store. On the server, all phases of a shard are together. */
export interface ShardName {
  readonly phase: string;
  /** The id of a task, or the digest of a file. */
  readonly shard: string;
}

export interface BundleReference {
  /** SHA-256 of the bytes on the server, in hexadecimal. */
  readonly digest: string;
  readonly coding: string;
  /** Size on the server in bytes. */
  readonly bytes: number;
  /** Size after decompression in bytes. */
  readonly length: number;
  /** The first four bytes of each key. */
  readonly keys: Uint32Array;
  /** The bundle itself, if the manifest contains it. */
  readonly content?: Uint8Array;
}

export type Manifest = readonly BundleReference[];

/** Maximum number of bundles of a shard: older ones are dropped, unless a newer one has their steps. */
export const MOST_BUNDLES = 64;

/** Maximum number of steps of a shard. */
export const MOST_KEYS = 131_072;

/** Maximum size of a manifest in bytes: one with that many bundles and keys, and a bundle. */
export const MANIFEST_BYTES = 1_000_000;

/** Maximum size in bytes of a bundle that a manifest contains. */
const MOST_CONTENT = 65_536;

/** The path of a shard's manifest below the server's address. */
export function manifestPath(shard: string): string {
  return `ac/${sha256Hex(`battbuild 2\0${shard}`)}`;
}

export function bundlePath({ digest }: Pick<BundleReference, 'digest'>): string {
  return `cas/${digest}`;
}

/** The first bytes of a key as a number. */
export function keyStart(key: ActionKey): number {
  const byte = (k: number) => key.charCodeAt(k);
  return ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0;
}

export function encodeManifest(manifest: Manifest): Uint8Array {
  const bundles = manifest.map(({ keys, content: _, ...rest }) => {
    const bytes = Buffer.alloc(keys.length * 4);
    keys.forEach((key, k) => {
      bytes.writeUInt32BE(key, k * 4);
    });
    return { ...rest, entries: keys.length, keys: bytes.toString('base64') };
  });
  const line = Buffer.from(`${JSON.stringify({ battbuild: 2, bundles })}\n`);
  const content = manifest[0]?.content;
  return content === undefined || content.length > MOST_CONTENT ? line : Buffer.concat([line, content]);
}

const NEW_LINE = 10;

/** Null if the bytes are not a manifest. */
export function decodeManifest(bytes: Uint8Array): Manifest | null {
  const end = bytes.indexOf(NEW_LINE);
  let parsed: unknown;
  try {
    // Everything in it is ASCII.
    parsed = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, Math.max(0, end)).toString('latin1'));
  } catch {
    return null;
  }
  if (!isRecord(parsed) || parsed['battbuild'] !== 2 || !Array.isArray(parsed['bundles'])) return null;
  const bundles = parsed['bundles'].map(referenceOf);
  if (!bundles.every((reference) => reference !== null)) return null;
  const content = bytes.subarray(end + 1);
  const [newest, ...others] = bundles;
  return newest === undefined || newest.bytes !== content.length
    ? bundles
    : [{ ...newest, content }, ...others];
}

function referenceOf(value: unknown): BundleReference | null {
  if (!isRecord(value)) return null;
  const { digest, coding, bytes, length, entries, keys } = value;
  if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) return null;
  if (typeof coding !== 'string' || !isSize(bytes) || !isSize(length) || !isSize(entries)) return null;
  if (typeof keys !== 'string') return null;
  const packed = Buffer.from(keys, 'base64');
  if (packed.length !== entries * 4) return null;
  const starts = new Uint32Array(entries);
  for (let k = 0; k < entries; k++) starts[k] = packed.readUInt32BE(k * 4);
  return { digest, coding, bytes, length, keys: starts };
}

/**
 * `added`, followed by the present bundles without those of its digest and those that `isCovered`, within the limits.
 */
export function mergeManifest(
  manifest: Manifest,
  added: BundleReference,
  isCovered: (bundle: BundleReference) => boolean,
): Manifest {
  const merged = [added];
  let keys = added.keys.length;
  for (const bundle of manifest) {
    if (bundle.digest === added.digest || isCovered(bundle)) continue;
    keys += bundle.keys.length;
    if (merged.length >= MOST_BUNDLES || keys > MOST_KEYS) break;
    merged.push(bundle);
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
