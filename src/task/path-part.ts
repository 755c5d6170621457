/** A task's id as a part of a path: valid on every file system, and different for different ids. */
import { sha256Hex } from '../encoding/digest.js';

/** Maximum number of characters. File systems allow 255 bytes; the rest is for what precedes and follows the id. */
const LONGEST = 120;

/** The end of a shortened id: `~` and digits of its digest. No other id has a `~`, because it is escaped. */
const DIGITS = 16;

/**
 * ASCII letters and digits, `_` and `-` stay; every other character is written as `%` and its bytes. Long ids are
 * cut.
 */
export function pathPartOf(id: string): string {
  const escaped = id.replace(/[^A-Za-z0-9_-]+/g, escapedBytes);
  if (escaped.length <= LONGEST) return escaped;
  const digest = sha256Hex(id);
  return `${escaped.slice(0, LONGEST - DIGITS - 1)}~${digest.slice(0, DIGITS)}`;
}

function escapedBytes(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(
    '',
  );
}
