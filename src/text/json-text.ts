/** JSON that a terminal may see: it means the same, and no character of it is obeyed. */
import { UNSAFE } from './printable.js';

const BEYOND_ASCII = /[^ -~]/;

/** The value as JSON on one line; in strings, what is not printable is written as `\u202e`, which JSON allows. */
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
