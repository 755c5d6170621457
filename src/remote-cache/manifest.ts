/**
 * A manifest lists the packs that the server has of one shard, newest first. It has the first bytes of their keys, so that
 * a reader fetches only packs with steps that it lacks. It is a line of JSON, which people can read with `curl`. A small
 * newest pack follows the line: most shards have only one such pack, and need only one request.
 */
import { sha256Hex } from '../encoding/digest.js';
import type { ActionKey } from '../store/pack.js';

/** The steps of one phase that a subject needs, as in the store. */
export interface ShardName {
  readonly phase: string;
  /** The id of a task, or the digest of a file. */
  readonly shard: string;
}

export interface PackReference {
  /** SHA-256 of the bytes on the server, in hexadecimal. */
  readonly digest: string;
  readonly coding: string;
  /** Size on the server in bytes. */
  readonly bytes: number;
  /** Size after decompression in bytes. */
  readonly length: number;
  /** The first four bytes of each key. */
  readonly keys: Uint32Array;
  /** The pack itself, if the manifest contains it. */
  readonly content?: Uint8Array;
}

export type Manifest = readonly PackReference[];

/** Maximum number of packs of a shard: older ones are dropped, unless a newer one has their steps. */
export const MOST_PACKS = 64;

/** Maximum number of steps of a shard. */
export const MOST_KEYS = 131_072;

/** Maximum size of a manifest in bytes: one with that many packs and keys, and a pack. */
export const MANIFEST_BYTES = 1_000_000;

/** Maximum size in bytes of a pack that a manifest contains. */
const MOST_CONTENT = 32_768;

/** The path of a shard's manifest below the server's address. */
export function manifestPath({ phase, shard }: ShardName): string {
  return `ac/${sha256Hex(`battbuild 1\0${phase}\0${shard}`)}`;
}

export function packPath({ digest }: Pick<PackReference, 'digest'>): string {
  return `cas/${digest}`;
}

/** The first bytes of a key as a number. */
export function keyStart(key: ActionKey): number {
  const byte = (k: number) => key.charCodeAt(k);
  return ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0;
}

export function encodeManifest(manifest: Manifest): Uint8Array {
  const packs = manifest.map(({ keys, content: _, ...rest }) => {
    const bytes = Buffer.alloc(keys.length * 4);
    keys.forEach((key, k) => {
      bytes.writeUInt32BE(key, k * 4);
    });
    return { ...rest, entries: keys.length, keys: bytes.toString('base64') };
  });
  const line = Buffer.from(`${JSON.stringify({ battbuild: 1, packs })}\n`);
  const content = manifest[0]?.content;
  return content === undefined || content.length > MOST_CONTENT ? line : Buffer.concat([line, content]);
}

const NEW_LINE = 10;

/** Null if the bytes are not a manifest. */
export function decodeManifest(bytes: Uint8Array): Manifest | null {
  const end = bytes.indexOf(NEW_LINE);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end)));
  } catch {
    return null;
  }
  if (!isRecord(parsed) || parsed['battbuild'] !== 1 || !Array.isArray(parsed['packs'])) return null;
  const packs = parsed['packs'].map(packOf);
  if (!packs.every((pack) => pack !== null)) return null;
  const content = bytes.subarray(end + 1);
  const [newest, ...others] = packs;
  return newest === undefined || newest.bytes !== content.length
    ? packs
    : [{ ...newest, content }, ...others];
}

function packOf(value: unknown): PackReference | null {
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
 * `added`, followed by the present packs without those of its digest and those that `isCovered`, within the limits.
 */
export function mergeManifest(
  manifest: Manifest,
  added: PackReference,
  isCovered: (pack: PackReference) => boolean,
): Manifest {
  const merged = [added];
  let keys = added.keys.length;
  for (const pack of manifest) {
    if (pack.digest === added.digest || isCovered(pack)) continue;
    keys += pack.keys.length;
    if (merged.length >= MOST_PACKS || keys > MOST_KEYS) break;
    merged.push(pack);
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
