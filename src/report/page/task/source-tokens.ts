/** Splits a line of inlined source into calls, names, numbers and the rest. */

type Kind = 'keyword' | 'call' | 'name' | 'number' | 'rest';

export interface Token {
  readonly text: string;
  readonly kind: Kind;
}

/** Texts and comments are taken as they are: nothing in them is a name. */
const TOKEN = /#.*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*|\d+|[^A-Za-z_\d"'#]+|["']/g;
const KEYWORDS = new Set(
  (
    'def return None True False if elif else for while in not and or is lambda import from as try except finally raise ' +
    'with class break continue pass yield global nonlocal assert del async await'
  ).split(' '),
);

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
