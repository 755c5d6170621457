/** Names what stands where something else was expected: mostly a construct of Python that the language leaves out. */
import type { DiagnosticCode } from '../../diagnostic.js';
import { type Lexer, Token } from './lexer.js';
import type { NameTable } from './names.js';
import { quoted } from './quote.js';
import { Word } from './symbols.js';

/** Where the unexpected token stands. */
export type Place = 'operand' | 'after operand' | 'statement' | 'after target' | 'top level' | 'elsewhere';

export interface Complaint {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint: string | null;
}

/** What to write instead of an operator, by its longest spelling. */
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

/** Reserved words as statements, where they are not of the language. */
const STATEMENTS = new Map([
  ['if', 'an if statement'],
  ['for', 'a loop'],
  ['while', 'a loop'],
  ['def', 'a nested function'],
  ['class', 'a class'],
  ['import', 'an import inside of a function'],
  ['from', 'an import inside of a function'],
]);

const HINTS = new Map([
  ['if', 'use branch(condition, a, b); both values are computed'],
  ['for', 'use apply, mapply, papply or their like'],
  ['while', 'use power(function, n)'],
  ['def', 'build functions with compose, chain, fork, lbind and rbind'],
  ['lambda', 'build functions with compose, chain, fork, lbind and rbind'],
]);

/** What the lexer's current token is, said against `expected`, which is what may stand in its place. */
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
      return outside('a string', 'only a docstring may stand at the beginning of a function');
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
        const message = 'only a name can be called';
        return { code: 'LANG021', message, hint: 'give the function a name in a line of its own first' };
      }
      if (place === 'after target') return expressionStatement();
      break;
    case Token.Close:
      if (expected !== EXPRESSION) {
        return { code: 'LANG004', message: 'this parenthesis closes nothing', hint: null };
      }
      break;
    case Token.Colon:
      if (place === 'after target') return outside('an annotation', null);
      break;
    case Token.Comma:
      if (place === 'after target')
        return outside('an assignment to several names', 'assign one name a line');
      if (place === 'after operand')
        return outside('a tuple without parentheses', 'put parentheses around it');
      break;
    case Token.Equals:
      if (place === 'after operand')
        return outside('an assignment to several names', 'assign one name a line');
      break;
    case Token.Newline:
      if (place === 'after target') return expressionStatement();
      break;
  }
  if (place === 'statement') return expressionStatement();
  return { code: 'LANG005', message: `expected ${expected}, found ${found(lexer)}`, hint: null };
}

export const EXPRESSION = 'an expression';

function found(lexer: Lexer): string {
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
  if (word === 'for' || word === 'async') return outside('a comprehension', HINTS.get('for')!);
  if (word === 'await' || word === 'yield') return outside(`"${word}"`, null);
  const message = `expected ${expected}, found the reserved word ${quoted(word)}`;
  return { code: 'LANG005', message, hint: null };
}

function foreign(lexer: Lexer, place: Place): Complaint {
  const text = lexer.slice(lexer.start, Math.min(lexer.start + 80, lexer.length));
  const character = [...text][0];
  const afterOperand = place === 'after operand' || place === 'after target';
  if (/^[0-9]/.test(text) || /^\.[0-9]/.test(text)) {
    const number = /^[0-9A-Za-z_.]*/.exec(text)![0];
    return outside(`the number ${quoted(number)}`, 'write integers in decimal digits, without leading zeros');
  }
  if (/^[A-Za-z"']/.test(text)) return outside('a string', null);
  if (character === '[') {
    if (!afterOperand) return outside('a list', 'write a tuple: (a, b)');
    return outside('a subscript', 'use index(grid, loc), first(container), last(container) or their like');
  }
  if (character === '{')
    return outside('a set or dictionary', 'use initset(value) and insert(value, container)');
  if (character === '.') return outside('an attribute', null);
  if (text.startsWith(':='))
    return outside('an assignment within an expression', 'assign in a line of its own');
  if (text.startsWith('->')) return outside('an annotation', null);
  if (character === ';') return outside('a second statement on a line', 'write one statement a line');
  if (character === '\\') {
    return outside('a line continued by a backslash', 'break lines inside of parentheses');
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
  return { code: 'LANG002', message: `the character ${shown} has no place here`, hint: null };
}
