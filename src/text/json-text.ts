/** JSON for a terminal: the same value, without any character that a terminal obeys. */
import { UNSAFE } from './printable.js';

const BEYOND_ASCII = /[^ -~]/;

/** The value as JSON on one line. In strings, characters that are not printable are escaped as `\u202e`. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return BEYOND_ASCII.test(text) ? text.replace(UNSAFE, escaped) : text;
}

/** One escape for each half of a character beyond U+FFFF. */
function escaped(character: string): string {
  let escapes = '';
  for (let k = 0; k < character.length; k++) {
    escapes += `\\u${character.charCodeAt(k).toString(16).padStart(4, '0')}`;
  }
  return escapes;
}
