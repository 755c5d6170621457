/** Random solvers written in many ways: irrelevant changes keep the body hash, relevant ones change it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadOne, smallLanguage } from './small-language.js';

type Expression =
  | { readonly kind: 'I' | 'True' | 'False' | 'None' }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly id: number; readonly items: readonly Expression[] };

const PRIMITIVES = smallLanguage.primitives;

const expression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    fc.record({ kind: fc.constantFrom('I', 'True', 'False', 'None') }),
    fc.record({ kind: fc.constant('integer'), value: fc.integer({ min: -2, max: 11 }) }),
    fc.record({ kind: fc.constant('function'), id: fc.nat(PRIMITIVES.length - 1) }),
    fc.record({ kind: fc.constant('tuple'), items: fc.array(tie('expression'), { maxLength: 3 }) }),
    fc
      .tuple(fc.nat(PRIMITIVES.length - 1), fc.array(tie('expression'), { minLength: 4, maxLength: 4 }))
      .map(([id, items]) => ({
        kind: 'call' as const,
        id,
        items: items.slice(0, PRIMITIVES[id].parameters.length),
      })),
  ),
})).expression as fc.Arbitrary<Expression>;

/** An endless sequence of small numbers that decide the style. */
class Taste {
  private at = 0;
  constructor(private readonly numbers: readonly number[]) {}
  next(below: number): number {
    return this.numbers.length === 0 ? 0 : this.numbers[this.at++ % this.numbers.length] % below;
  }
}

const taste = fc.array(fc.nat(1 << 20), { maxLength: 40 });

/** Writes an expression as a function in a style given by `taste`; without one, in the plainest style. */
class Writer {
  private readonly lines: string[] = [];
  private locals = 0;
  constructor(
    private readonly taste: Taste,
    private readonly style: number,
  ) {}

  write(expression: Expression): string {
    const result = this.text(expression);
    const end = ['\n', '\r\n', '\r', '  # done\n'][this.taste.next(4)];
    const indent = ['    ', ' ', '\t', '  \t'][this.style % 4];
    const body = [...this.lines, `return ${result}`].map((line) => `${indent}${line}`);
    const header = ['def solve(I):', 'def solve ( I ) :  # head', 'def  other(S, I, C):'][this.style % 3];
    const doc = this.style % 2 === 0 ? [] : [`${indent}"""x = I + 1"""`];
    return [header, ...doc, ...body, ''].join(end === '  # done\n' ? '\n' : end);
  }

  private text(expression: Expression): string {
    const { taste } = this;
    let text = this.plain(expression);
    if (taste.next(5) === 1) text = `(${text})`;
    if (taste.next(7) === 1) text = `( # a ) comment\n${text}\n)`;
    if (taste.next(4) !== 1) return text;
    if (taste.next(3) === 1) this.lines.push(`dead = ${text}`, `dead = hmirror(dead)`, '', '# nothing');
    const name = `${['x', 'größe_', 'I_', '__'][this.style % 4]}${this.locals++}`;
    this.lines.push(`${name}${taste.next(2) === 1 ? '=' : '  =  '}${text}`);
    return name;
  }

  private plain(expression: Expression): string {
    switch (expression.kind) {
      case 'integer':
        return this.integer(expression.value);
      case 'function':
        return PRIMITIVES[expression.id].name;
      case 'tuple':
        return this.tuple(expression.items);
      case 'call':
        return this.call(expression.id, expression.items);
      case 'True':
        return this.taste.next(2) === 1 ? 'T' : 'True';
      case 'False':
        return this.taste.next(2) === 1 ? 'F' : 'False';
      default:
        return expression.kind;
    }
  }

  private integer(value: number): string {
    const digits = value < 0 && this.taste.next(2) === 1 ? `- ${-value}` : String(value);
    if (this.taste.next(2) === 0) return digits;
    for (const [name, constant] of smallLanguage.constants) if (constant === value) return name;
    return digits;
  }

  private tuple(items: readonly Expression[]): string {
    const zero = (item: Expression): boolean => item.kind === 'integer' && item.value === 0;
    if (items.length === 2 && items.every(zero) && this.taste.next(2) === 1) return 'ORIGIN';
    return `(${items.map((item) => this.text(item)).join(', ')}${items.length === 1 || this.comma(items) ? ',' : ''})`;
  }

  private comma(items: readonly Expression[]): boolean {
    return items.length > 0 && this.taste.next(3) === 1;
  }

  private call(id: number, items: readonly Expression[]): string {
    const { name, parameters } = PRIMITIVES[id];
    const texts = items.map((item) => this.text(item));
    let callee = name;
    const positional = this.taste.next(2) === 1 ? this.taste.next(texts.length + 1) : texts.length;
    if (positional === texts.length && this.taste.next(6) === 1) {
      callee = `function_${this.locals++}`;
      this.lines.push(`${callee} = ${name}`);
    }
    const named = texts.map((text, k) => (k < positional ? text : `${parameters[k].name} = ${text}`));
    const keywords = named.slice(positional);
    if (this.taste.next(2) === 1) keywords.reverse();
    const blank = ['', ' ', '\n  '][this.taste.next(3)];
    const list = [...named.slice(0, positional), ...keywords].join(`,${blank}`);
    return `${callee}${blank === ' ' ? ' ' : ''}(${blank}${list}${this.comma(items) ? ',' : ''}${blank})`;
  }
}

function bodyOfText(text: string): string {
  return loadOne(text).body;
}

function plainly(expression: Expression): string {
  return new Writer(new Taste([]), 0).write(expression);
}

/** A different expression: one integer in it, or the whole, is replaced. */
function changed(expression: Expression): Expression {
  if (expression.kind === 'integer') return { kind: 'integer', value: expression.value + 1 };
  if (expression.kind === 'tuple' && expression.items.length > 0) {
    return { kind: 'tuple', items: expression.items.slice(1) };
  }
  if (expression.kind === 'call') {
    const [first, ...others] = expression.items;
    return { ...expression, items: [changed(first), ...others] };
  }
  return { kind: 'tuple', items: [expression] };
}

describe('a solver written in another way', () => {
  it('is the same program: names, blanks, comments, line breaks, keywords, constants, named parts, dead lines', () => {
    fc.assert(
      fc.property(expression, taste, fc.nat(11), (solver, numbers, style) => {
        const text = new Writer(new Taste(numbers), style).write(solver);
        expect(bodyOfText(text), text).toBe(bodyOfText(plainly(solver)));
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same program with its independent lines in another order', () => {
    const calls = fc.array(fc.tuple(expression, fc.nat()), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(calls, (parts) => {
        const lines = parts.map(([part], k) => `    x${k} = ${plainly(part).split('return ')[1]}`);
        const result = `    return (${parts.map((_, k) => `x${k}`).join(', ')})\n`;
        const shuffled = lines
          .map((line, k) => ({ line, rank: parts[k][1] }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ line }) => line);
        const text = (order: readonly string[]): string => `def a(I):\n${order.join('')}${result}`;
        expect(bodyOfText(text(shuffled))).toBe(bodyOfText(text(lines)));
      }),
      { numRuns: 300 },
    );
  });
});

describe('another solver', () => {
  it('is another program', () => {
    fc.assert(
      fc.property(expression, taste, fc.nat(11), (solver, numbers, style) => {
        const text = new Writer(new Taste(numbers), style).write(changed(solver));
        expect(bodyOfText(text), text).not.toBe(bodyOfText(plainly(solver)));
      }),
      { numRuns: 1000 },
    );
  });
});
