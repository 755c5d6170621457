/**
 * Action keys. A phase writes its inputs through one interface with two implementations: one computes a digest, the
 * other an explanation in words. So what is hashed and what `explain` shows cannot differ.
 */

import { ByteWriter } from '../encoding/bytes.js';
import { sha256Binary } from '../encoding/digest.js';
import type { ActionKey } from '../store/pack.js';

/** Caches the digest of a part that many keys share. */
export class KeyPart {
  /** A character a byte. */
  digest: string | null = null;
}

export interface KeyWriter {
  /**
   * Writes one input of the step. The name is part of the key: adding, renaming or reordering fields changes the key.
   */
  field(name: string, value: string | number | Uint8Array): void;
  /** The same for bytes that are given as a string, a character each. */
  binary(name: string, value: string): void;
  /**
   * Writes fields that other keys share; `memo` caches their digest. Invariant: `fields` depends only on the owner of
   * `memo`.
   */
  part(memo: KeyPart, fields: (writer: KeyWriter) => void): void;
}

/**
 * Writes fields into a buffer, each with its name, type and length, so that different lists of fields give different
 * bytes.
 */
class DigestWriter implements KeyWriter {
  private readonly bytes = new ByteWriter(512);

  /** Begins with `head`, the bytes of fields. */
  begin(head: Uint8Array): void {
    this.bytes.length = 0;
    this.bytes.raw(head);
  }

  field(name: string, value: string | number | Uint8Array): void {
    this.bytes.string(name);
    if (typeof value === 'string') this.bytes.byte(1).string(value);
    else if (typeof value === 'number') this.bytes.byte(2).number(value);
    else this.bytes.byte(3).sized(value);
  }

  binary(name: string, value: string): void {
    this.bytes.string(name).byte(3).unsigned(value.length).latin1(value);
  }

  part(memo: KeyPart, fields: (writer: KeyWriter) => void): void {
    memo.digest ??= digestFields(fields);
    this.bytes.byte(4).latin1(memo.digest);
  }

  digest(): string {
    return sha256Binary(this.bytes.view());
  }

  /** A copy of what has been written. */
  written(): Uint8Array {
    return this.bytes.finish();
  }
}

/**
 * Unused writers, for reuse: a build makes hundreds of thousands of keys. A part needs a writer of its own while its
 * key is written.
 */
const idle: DigestWriter[] = [];

const NOTHING = new Uint8Array();

function digestFields(fields: (writer: KeyWriter) => void, head: Uint8Array = NOTHING): string {
  const writer = idle.pop() ?? new DigestWriter();
  writer.begin(head);
  fields(writer);
  const digest = writer.digest();
  idle.push(writer);
  return digest;
}

/** The first fields of keys, by phase. */
const heads = new Map<string, { readonly version: string; readonly bytes: Uint8Array }>();

function headOf(phase: string, version: string): Uint8Array {
  const known = heads.get(phase);
  if (known?.version === version) return known.bytes;
  const writer = new DigestWriter();
  writer.field('phase', phase);
  writer.field('version', version);
  const bytes = writer.written();
  heads.set(phase, { version, bytes });
  return bytes;
}

/** The action key of a step: SHA-256 over the phase, its version and the fields that `fields` writes. */
export function actionKey(phase: string, version: string, fields: (writer: KeyWriter) => void): ActionKey {
  return digestFields(fields, headOf(phase, version)) as ActionKey;
}

/** One input of a step as `explain` shows it. */
export interface KeyInput {
  readonly name: string;
  readonly value: string;
}

/** The inputs of a key as text; digests are in hexadecimal. */
export function keyInputs(version: string, fields: (writer: KeyWriter) => void): KeyInput[] {
  const inputs: KeyInput[] = [];
  const writer: KeyWriter = {
    field: (name, value) => {
      inputs.push({
        name,
        value: value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value),
      });
    },
    binary: (name, value) => {
      inputs.push({ name, value: Buffer.from(value, 'latin1').toString('hex') });
    },
    part: (_memo, partFields) => partFields(writer),
  };
  writer.field('version', version);
  fields(writer);
  return inputs;
}

/** The same, together with the key itself. */
export function explainKey(
  phase: string,
  version: string,
  fields: (writer: KeyWriter) => void,
): { key: ActionKey; inputs: KeyInput[] } {
  return { key: actionKey(phase, version, fields), inputs: keyInputs(version, fields) };
}
