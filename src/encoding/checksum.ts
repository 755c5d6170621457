/**
 * Checksums against accidental damage, and hashes for tables in memory that compare their entries: XXH64
 * (https://github.com/Cyan4973/xxHash), by xxhash-wasm. They never identify anything, because collisions can be made
 * on purpose; digest.ts has digests for that.
 */
import xxhash, { type XXHashAPI } from 'xxhash-wasm';

let hasher: XXHashAPI | null = null;

/** Compiles the WebAssembly. It must be awaited once before any other function of this module is called. */
export async function loadChecksums(): Promise<void> {
  hasher ??= await xxhash();
}

/** 64 bits, unsigned. */
export function checksum(bytes: Uint8Array): bigint {
  if (hasher === null) throw new Error('loadChecksums was not awaited');
  return hasher.h64Raw(bytes);
}
