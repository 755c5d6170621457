/**
 * Digests identify data that is stored, shared, or compared between runs: SHA-256, and MD5 where the layout of
 * published files requires it. `node:crypto` is loaded for the first digest: loading it takes 8 ms, and a build in
 * which nothing changed makes no digest.
 */
import type * as Crypto from 'node:crypto';

let loaded: typeof Crypto | null = null;

function crypto(): typeof Crypto {
  loaded ??= process.getBuiltinModule('node:crypto');
  return loaded;
}

/** 32 bytes. Text is digested as UTF-8. It takes several times as long as `sha256Binary`: Node makes a buffer of its own. */
export function sha256(data: string | Uint8Array): Buffer {
  return crypto().hash('sha256', data, 'buffer');
}

/** 64 hexadecimal digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return crypto().hash('sha256', data, 'hex');
}

/** 32 characters of one byte each. */
export function sha256Binary(data: string | Uint8Array): string {
  return crypto().hash('sha256', data, 'binary');
}

/** For data that is digested in parts. */
export function newSha256(): Crypto.Hash {
  return crypto().createHash('sha256');
}

/** 32 hexadecimal digits. */
export function md5Hex(data: string | Uint8Array): string {
  return crypto().hash('md5', data, 'hex');
}

/** A unique name. */
export function randomId(): string {
  return crypto().randomUUID();
}
