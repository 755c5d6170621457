/**
 * Makes text from inputs safe to show: terminals obey control characters, and some characters change the direction of
 * text.
 */

/**
 * Control and format characters (among them all that change direction), lone surrogates, line and paragraph
 * separators.
 */
export const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text with each of these characters escaped, as `\x1b` or `\u{202e}`. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = (character.codePointAt(0) as number).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
  });
}
