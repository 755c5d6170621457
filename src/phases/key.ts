/**
 * Action keys, written through one interface with two implementations: a digest, and an explanation in words. What is
 * hashed and what `explain` shows can therefore never drift apart.
 */

import { ByteWriter } from '../encoding/bytes.js';
import { sha256 } from '../encoding/digest.js';
import type { ActionKey } from '../store/pack.js';

/** Holds the digest of a part of a key that many keys have in common. */
export class KeyPart {
  digest: Uint8Array | null = null;
}

export interface KeyWriter {
  /** One input of the step. The name is part of the key: adding, renaming or reordering fields changes it. */
  field(name: string, value: string | number | Uint8Array): void;
  /** Fields that other keys share; `memo` saves digesting them again. Invariant: `fields` depends on `memo`'s owner only. */
  part(memo: KeyPart, fields: (writer: KeyWriter) => void): void;
}

/** Writes fields into a buffer, each with its name, its type and its length, so that no two lists of fields are alike. */
class DigestWriter implements KeyWriter {
  private readonly bytes = new ByteWriter(512);

  clear(): void {
    this.bytes.length = 0;
  }

  field(name: string, value: string | number | Uint8Array): void {
    this.bytes.string(name);
    if (typeof value === 'string') this.bytes.byte(1).string(value);
    else if (typeof value === 'number') this.bytes.byte(2).number(value);
    else this.bytes.byte(3).sized(value);
  }

  part(memo: KeyPart, fields: (writer: KeyWriter) => void): void {
    memo.digest ??= digestFields(fields);
    this.bytes.byte(4).raw(memo.digest);
  }

  digest(): Buffer {
    return sha256(this.bytes.view());
  }
}

/** Writers that wait for use: a build makes hundreds of thousands of keys. Parts are written while a key is. */
const idle: DigestWriter[] = [];

function digestFields(fields: (writer: KeyWriter) => void): Buffer {
  const writer = idle.pop() ?? new DigestWriter();
  writer.clear();
  fields(writer);
  const digest = writer.digest();
  idle.push(writer);
  return digest;
}

/** The action key of a step: SHA-256 over the phase, its version and the fields that `fields` writes. */
export function actionKey(phase: string, version: string, fields: (writer: KeyWriter) => void): ActionKey {
  const digest = digestFields((writer) => {
    writer.field('phase', phase);
    writer.field('version', version);
    fields(writer);
  });
  return digest.toString('latin1') as ActionKey;
}

/** One input of a step as `explain` shows it. */
export interface KeyInput {
  readonly name: string;
  readonly value: string;
}

/** The inputs that a key is made of, as text, digests in hexadecimal. */
export function keyInputs(version: string, fields: (writer: KeyWriter) => void): KeyInput[] {
  const inputs: KeyInput[] = [];
  const writer: KeyWriter = {
    field: (name, value) => {
      inputs.push({
        name,
        value: value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value),
      });
    },
    part: (_memo, partFields) => partFields(writer),
  };
  writer.field('version', version);
  fields(writer);
  return inputs;
}

/** The same with the key itself. */
export function explainKey(
  phase: string,
  version: string,
  fields: (writer: KeyWriter) => void,
): { key: ActionKey; inputs: KeyInput[] } {
  return { key: actionKey(phase, version, fields), inputs: keyInputs(version, fields) };
}
