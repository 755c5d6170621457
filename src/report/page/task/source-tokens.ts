/** Takes a line of inlined source apart: what is called, what is named, what is counted. */

type Kind = 'keyword' | 'call' | 'name' | 'number' | 'rest';

export interface Token {
  readonly text: string;
  readonly kind: Kind;
}

const TOKEN = /[A-Za-z_]\w*|\d+|[^A-Za-z_\d]+/g;
const KEYWORDS = new Set(['def', 'return', 'None', 'True', 'False']);

/** The line in pieces that together are the line. */
export function tokensOf(line: string): Token[] {
  return [...line.matchAll(TOKEN)].map(({ 0: text, index }) => {
    if (/^\d/.test(text)) return { text, kind: 'number' };
    if (!/^\w/.test(text)) return { text, kind: 'rest' };
    if (KEYWORDS.has(text)) return { text, kind: 'keyword' };
    const isCall = line[index + text.length] === '(' && !line.startsWith('def ');
    return { text, kind: isCall ? 'call' : 'name' };
  });
}
