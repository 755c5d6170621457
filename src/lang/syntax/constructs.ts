/** Names an unexpected token in a message: usually a construct of Python that the language does not have. */
import type { DiagnosticCode } from '../../diagnostic.js';
import { type Lexer, Token } from './lexer.js';
import type { NameTable } from './names.js';
import { quoted } from './quote.js';
import { Word } from './symbols.js';

/** The position of the unexpected token. */
export type Place = 'operand' | 'after operand' | 'statement' | 'after target' | 'top level' | 'elsewhere';

export interface Complaint {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint: string | null;
}

/** What to write instead of an operator; keys are the longest spellings. */
const OPERATORS = new Map([
  ['+', 'use add(a, b)'],
  ['-', 'use subtract(a, b), or invert(n) for the negative of n'],
  ['*', 'use multiply(a, b)'],
  ['/', 'use divide(a, b), which rounds down'],
  ['//', 'use divide(a, b)'],
  ['**', 'use multiply(a, b)'],
  ['%', 'use even(n), or divide and subtract'],
  ['==', 'use equality(a, b)'],
  ['!=', 'use flip(equality(a, b))'],
  ['<', 'use greater(b, a)'],
  ['>', 'use greater(a, b)'],
  ['<=', 'use flip(greater(a, b))'],
  ['>=', 'use flip(greater(b, a))'],
  ['&', 'use intersection(a, b) or both(a, b)'],
  ['|', 'use combine(a, b) or either(a, b)'],
  ['and', 'use both(a, b)'],
  ['or', 'use either(a, b)'],
  ['not', 'use flip(b)'],
  ['in', 'use contained(value, container)'],
  ['is', 'use equality(a, b)'],
]);

const OPERATOR = /^(\*\*|\/\/|<<|>>|==|!=|<=|>=|[+\-*/%@<>&|^~])/;

/** Names of statements by their reserved words, if the language does not have them. */
const STATEMENTS = new Map([
  ['if', 'an if statement'],
  ['for', 'a loop'],
  ['while', 'a loop'],
  ['class', 'a class'],
  ['import', 'an import inside of a function'],
  ['from', 'an import inside of a function'],
  ['async', 'an async function'],
  ['try', 'a try statement'],
  ['with', 'a with statement'],
]);

/** Names of top-level statements by their reserved words. */
export const WITHOUT_PLACE: ReadonlyMap<string, string> = new Map([
  ['class', 'a class'],
  ['async', 'an async function'],
  ['for', 'a loop'],
  ['while', 'a loop'],
  ['with', 'a with statement'],
]);

const HINTS = new Map([
  ['if', 'use branch(condition, a, b); both values are computed'],
  ['for', 'use apply, mapply, papply or their like'],
  ['while', 'use power(function, n)'],
  ['lambda', 'build functions with compose, chain, fork, lbind and rbind'],
  ['assert', 'remove it'],
  ['import', 'put it at the top of the file'],
  ['from', 'put it at the top of the file'],
  ['class', 'write functions outside of classes'],
  ['async', 'remove "async"'],
]);

/** The message about the lexer's current token; `expected` is what would be allowed instead of it. */
export function complaint(lexer: Lexer, names: NameTable, place: Place, expected: string): Complaint {
  switch (lexer.kind) {
    case Token.Foreign:
      return foreign(lexer, place);
    case Token.Name:
      if (lexer.name < Word.count) return reservedWord(names.text(lexer.name), place, expected);
      break;
    case Token.Minus:
      if (lexer.bytes[lexer.at] === 0x3d) return augmented();
      return operator('-');
    case Token.String:
      return outside('a string', NO_STRINGS);
    case Token.Unterminated:
      return {
        code: 'LANG024',
        message: 'this string does not end',
        hint: 'close it with the quotes it began with',
      };
    case Token.Unclosed:
      return { code: 'LANG004', message: 'this parenthesis is not closed', hint: null };
    case Token.Open:
      if (place === 'after operand') {
        const message = 'only a name, or what a call gives, can be called';
        return { code: 'LANG021', message, hint: 'give the function a name in a line of its own first' };
      }
      if (place === 'after target') return expressionStatement();
      break;
    case Token.Close:
      if (expected !== EXPRESSION) {
        return { code: 'LANG004', message: 'this parenthesis closes nothing', hint: null };
      }
      break;
    case Token.Comma:
      if (place === 'after target') return outside('unpacking', UNPACKED);
      if (place === 'after operand')
        return outside('a tuple without parentheses', 'put parentheses around it');
      break;
    case Token.Arrow:
      return operator('->');
    case Token.Semicolon:
    case Token.Newline:
      if (place === 'after target') return expressionStatement();
      break;
  }
  if (place === 'statement') return expressionStatement();
  return { code: 'LANG005', message: `expected ${expected}, found ${found(lexer)}`, hint: null };
}

/** Of characters that no editor shows. */
export const UNSEEN = 'it cannot be seen: remove it, or write the line anew';

const UNPACKED = 'assign one name a line: a = first(x), b = last(x)';
const SUBSCRIPT = 'use index(grid, loc), first(container), last(container) or their like';
const NO_STRINGS = 'there are no strings but the one at the beginning of a function, which is ignored';
const COMPREHENSION = 'use apply(function, container), sfilter(container, condition) or their like';

/** At most this many tokens are read to tell a list from a comprehension. */
const LONGEST_LOOK_AHEAD = 1000;

export const EXPRESSION = 'an expression';

function found(lexer: Lexer): string {
  if (lexer.kind === Token.Semicolon) return 'the end of the statement';
  return lexer.kind === Token.Newline ? 'the end of the line' : quoted(lexer.slice(lexer.start, lexer.at));
}

function outside(construct: string, hint: string | null): Complaint {
  return { code: 'LANG006', message: `${construct} is outside the language`, hint };
}

function operator(spelling: string): Complaint {
  return outside(`the operator ${spelling}`, OPERATORS.get(spelling) ?? null);
}

function augmented(): Complaint {
  return outside('an augmented assignment', 'assign to a new name');
}

function expressionStatement(): Complaint {
  return outside('a statement that is neither an assignment nor the return', 'write NAME = expression');
}

function reservedWord(word: string, place: Place, expected: string): Complaint {
  const hint = HINTS.get(word) ?? OPERATORS.get(word) ?? null;
  if (place === 'statement') return outside(STATEMENTS.get(word) ?? `the statement ${quoted(word)}`, hint);
  if (OPERATORS.has(word)) return outside(`the operator ${word}`, hint);
  if (word === 'lambda') return outside('a lambda', hint);
  if (word === 'if' || word === 'else') return outside('a conditional expression', HINTS.get('if')!);
  if (word === 'for' || word === 'async') return comprehension();
  if (word === 'await' || word === 'yield') return outside(`"${word}"`, null);
  const message = `expected ${expected}, found the reserved word ${quoted(word)}`;
  return { code: 'LANG005', message, hint: null };
}

function comprehension(): Complaint {
  return outside('a comprehension', COMPREHENSION);
}

/** Whether a bracket, which is the current token, directly contains a `for`: then it is a comprehension. */
function holdsFor(lexer: Lexer): boolean {
  const mark = lexer.mark();
  const { depth } = lexer;
  let found = false;
  for (let left = LONGEST_LOOK_AHEAD; left > 0 && !found; left--) {
    const kind = lexer.next();
    if (lexer.lineDone || lexer.depth < depth) break;
    found = kind === Token.Name && lexer.name === Word.for && lexer.depth === depth;
  }
  lexer.goTo(mark);
  return found;
}

function foreign(lexer: Lexer, place: Place): Complaint {
  const text = lexer.slice(lexer.start, Math.min(lexer.start + 80, lexer.length));
  const character = [...text][0];
  const afterOperand = place === 'after operand' || place === 'after target';
  if (/^[0-9]/.test(text) || /^\.[0-9]/.test(text)) {
    const number = /^[0-9A-Za-z_.]*/.exec(text)![0];
    const hint =
      /[.eEjJ]/.test(number) && !/^0[xX]/.test(number)
        ? 'write an integer'
        : 'write it without leading zeros';
    return outside(`the number ${quoted(number)}`, hint);
  }
  if (/^[A-Za-z"']/.test(text)) return outside('a string', NO_STRINGS);
  if (character === '[') {
    if (afterOperand) return outside('a subscript', SUBSCRIPT);
    return holdsFor(lexer) ? comprehension() : outside('a list', 'write a tuple: (a, b)');
  }
  if (character === '{') {
    if (holdsFor(lexer)) return comprehension();
    return outside('a set or dictionary', 'use initset(value) and insert(value, container)');
  }
  if (character === '.') {
    return outside('an attribute', 'write the name alone: what is imported needs no module before it');
  }
  if (text.startsWith(':='))
    return outside('an assignment within an expression', 'assign in a line of its own');
  if (character === '\\') {
    const message = 'a backslash stands here that does not end its line';
    return { code: 'LANG002', message, hint: 'nothing may follow it on its line, and another line must' };
  }
  const spelling = OPERATOR.exec(text)?.[0];
  if (spelling === undefined) return stray(character);
  if (spelling === '@' && (place === 'top level' || place === 'statement'))
    return outside('a decorator', null);
  if (place === 'after target' && /^(\*\*|\/\/|<<|>>|[+\-*/%@&|^])=/.test(text)) return augmented();
  return operator(spelling);
}

function stray(character: string): Complaint {
  const point = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  const shown = /[\p{C}\p{Z}]/u.test(character) ? `U+${point}` : `${quoted(character)} (U+${point})`;
  return {
    code: 'LANG002',
    message: `the character ${shown} has no place here`,
    hint: lookalikeHint(character),
  };
}

/** A hint for a character that often comes with copied text; null for any other character. */
function lookalikeHint(character: string): string | null {
  if (INVISIBLE.test(character)) return UNSEEN;
  if (/\p{Z}/u.test(character)) return 'it looks like a blank: put a blank in its place';
  for (const [sign, alike] of LOOKALIKES) {
    if (alike.includes(character)) return `it looks like ${sign}: put that in its place`;
  }
  return null;
}

const INVISIBLE = /[\p{Cc}\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/u;

const LOOKALIKES: readonly (readonly [sign: string, alike: string])[] = [
  ['"', '\u201c\u201d\u201e\u201f\u2033\uff02\u00ab\u00bb'],
  ["'", '\u2018\u2019\u201a\u201b\u2032\uff07\u00b4'],
  ['-', '\u2010\u2011\u2012\u2013\u2014\u2212\uff0d'],
  ['(', '\uff08'],
  [')', '\uff09'],
  [',', '\uff0c\u3001\u201a'],
  ['=', '\uff1d'],
  [':', '\uff1a'],
  ['#', '\uff03'],
  ['_', '\uff3f'],
];
