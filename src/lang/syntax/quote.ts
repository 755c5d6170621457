/** Quotes text of the user in messages. */

const LONGEST = 40;

/** A name or a piece of text in quotes: on one line, printable, and shortened if it is long. */
export function quoted(text: string): string {
  return `"${shortened(text)}"`;
}

/** The same without quotes. */
export function shortened(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
  return short.replace(/[\p{C}"]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
