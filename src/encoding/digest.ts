/**
 * Digests that name what is stored, compared between runs or shared: SHA-256 throughout, and MD5 where the layout of
 * published files asks for it. `node:crypto` is loaded with the first digest, since a build in which nothing changed
 * makes none and loading it takes 8 ms.
 */
import type * as Crypto from 'node:crypto';

let loaded: typeof Crypto | null = null;

function crypto(): typeof Crypto {
  loaded ??= process.getBuiltinModule('node:crypto');
  return loaded;
}

/** 32 bytes. Text is digested as UTF-8. */
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

/** For what is digested in parts. */
export function newSha256(): Crypto.Hash {
  return crypto().createHash('sha256');
}

/** 32 hexadecimal digits. */
export function md5Hex(data: string | Uint8Array): string {
  return crypto().hash('md5', data, 'hex');
}

/** A name that nobody else has. */
export function randomId(): string {
  return crypto().randomUUID();
}
