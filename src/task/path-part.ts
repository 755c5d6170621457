/** A task's id as part of a path: safe on every file system, and different for different ids. */
import { sha256Hex } from '../encoding/digest.js';

/** Of characters: what comes before and after it in a path has room as well, where names have 255 bytes. */
const LONGEST = 120;

/** What a shortened id ends with: `~` and digits of its digest. No other id has a `~`, as that is escaped. */
const DIGITS = 16;

/** Letters of ASCII, digits, `_` and `-` stay; all else is written as `%` and its bytes. What is long is cut. */
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
