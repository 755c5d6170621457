/** Splits a line of inlined source into calls, names, numbers and the rest. */

type Kind = 'keyword' | 'call' | 'name' | 'number' | 'rest';

export interface Token {
  readonly text: string;
  readonly kind: Kind;
}

const TOKEN = /[A-Za-z_]\w*|\d+|[^A-Za-z_\d]+/g;
const KEYWORDS = new Set(['def', 'return', 'None', 'True', 'False']);

/** The pieces of the line; joined, they are the line. */
export function tokensOf(line: string): Token[] {
  return [...line.matchAll(TOKEN)].map(({ 0: text, index }) => {
    if (/^\d/.test(text)) return { text, kind: 'number' };
    if (!/^\w/.test(text)) return { text, kind: 'rest' };
    if (KEYWORDS.has(text)) return { text, kind: 'keyword' };
    const isCall = line[index + text.length] === '(' && !line.startsWith('def ');
    return { text, kind: isCall ? 'call' : 'name' };
  });
}
