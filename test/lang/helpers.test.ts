/** Functions of a file that call each other: a call means the body, as if it were written there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineSource } from '../../src/lang/inline.js';
import type { LoadedFunction } from '../../src/lang/load.js';
import { decodeProgram } from '../../src/lang/program/program.js';
import { decodeLines } from '../../src/lang/program/source-lines.js';
import { bodyOf, load, smallLanguage } from './small-language.js';

/** The function `solve` of a file without diagnostics. */
function solve(...lines: readonly string[]): LoadedFunction {
  const { functions, diagnostics } = load(`${lines.join('\n')}\n`);
  expect(diagnostics).toEqual([]);
  const found = functions.find(({ name }) => name === 'solve');
  if (found === undefined) throw new Error('there is no function solve');
  return found;
}

function sizeOf({ program }: LoadedFunction): number {
  return decodeProgram(program, smallLanguage).length;
}

describe('a call of a function of the file', () => {
  const body = bodyOf('return add(hmirror(I), fill(I, 1, 2))');

  it.each([
    ['before it', ['def f(x): return add(hmirror(x), fill(x, 1, 2))', 'def solve(I): return f(I)']],
    ['after it', ['def solve(I): return f(I)', 'def f(x): return add(hmirror(x), fill(x, 1, 2))']],
    ['of two', ['def f(x, y): return add(hmirror(x), y)', 'def solve(I): return f(I, fill(I, 1, 2))']],
    ['of none', ['def n(): return 1', 'def solve(I): return add(hmirror(I), fill(I, n(), 2))']],
    [
      'of three',
      ['def f(a, b, c): return add(b, c)', 'def solve(I): return f(7, hmirror(I), fill(I, 1, 2))'],
    ],
    [
      'of five',
      [
        'def f(a, b, c, d, e): return add(a, fill(c, d, e))',
        'def solve(I): return f(hmirror(I), 0, I, 1, 2)',
      ],
    ],
    [
      'with keywords',
      ['def f(x, y): return add(y, x)', 'def solve(I): return f(y=hmirror(I), x=fill(I, 1, 2))'],
    ],
    [
      'with some',
      ['def f(x, y, z): return add(x, fill(y, z, 2))', 'def solve(I): return f(hmirror(I), z=1, y=I)'],
    ],
    [
      'through others',
      [
        'def g(x): return f(x)',
        'def solve(I): return g(I)',
        'def f(x): return add(h(x), fill(x, 1, 2))',
        'def h(x): return hmirror(x)',
      ],
    ],
    [
      'on functions',
      ['def on(f, x): return f(x)', 'def solve(I): return add(on(hmirror, I), fill(I, 1, 2))'],
    ],
    [
      'that gives a primitive',
      ['def f(): return hmirror', 'def solve(I): return add(f()(I), fill(I, 1, 2))'],
    ],
    [
      'named like a primitive',
      ['def vmirror(x): return hmirror(x)', 'def solve(I): return add(vmirror(I), fill(I, 1, 2))'],
    ],
    [
      'that hides a primitive further down',
      ['def solve(I): return add(vmirror(I), fill(I, 1, 2))', 'def vmirror(x): return hmirror(x)'],
    ],
    [
      'in itself',
      ['def solve(I):', '    def f(x): return hmirror(x)', '    return add(f(I), fill(I, 1, 2))'],
    ],
  ])('is the same as its body: %s', (_, lines) => {
    expect(solve(...lines).body).toBe(body);
  });

  it('may be of a solver, which stays one if it is not called', () => {
    const { functions } = load('def a(I): return hmirror(I)\ndef b(I): return a(a(I))\n');
    expect(functions).toMatchObject([
      { name: 'a', helper: true, body: bodyOf('return hmirror(I)') },
      { name: 'b', helper: false, body: bodyOf('return hmirror(hmirror(I))') },
    ]);
  });

  it('counts as one in lines without effect, and in functions with an error', () => {
    const { functions } = load(
      'def a(I): return I\ndef b(I): return I\ndef c(I):\n    x = a(I)\n    return b(q)\n',
    );
    expect(functions).toMatchObject([
      { name: 'a', helper: true },
      { name: 'b', helper: true },
    ]);
  });

  it('takes the samples in the order of three parameters, whatever they are called', () => {
    const { functions } = load('def f(a, b, c): return (a, b, c)\ndef solve(S, I, C): return f(C, S, I)\n');
    expect(functions.find(({ name }) => name === 'solve')?.body).toBe(
      load('def solve(x, y, z): return (z, x, y)\n').functions[0].body,
    );
  });

  it('keeps the lines of the body', () => {
    const { line, lines } = solve(
      'def f(x):',
      '    y = hmirror(x)',
      '    return vmirror(y)',
      'def solve(I):',
      '    return f(I)',
    );
    expect(decodeLines(lines, line)).toEqual([5, 2, 3]);
  });

  it('is checked like that of a primitive', () => {
    const codes = (call: string) =>
      load(`def f(x, y): return add(x, y)\ndef solve(I): return ${call}\n`).diagnostics.map(
        ({ code, message }) => `${code} ${message}`,
      );
    expect(codes('f(I)')).toEqual(['LANG015 f takes 2 arguments, not 1']);
    expect(codes('f(I, z=1)')).toEqual(['LANG016 f has no parameter "z"']);
    expect(codes('f(I, x=1)')).toEqual(['LANG017 f is given "x" more than once']);
    expect(codes('f(y=1)')).toEqual(['LANG018 f is not given "x"']);
    expect(codes('f(y=1, I)')).toEqual(['LANG020 a positional argument follows a keyword argument']);
    expect(codes('rbind(f, I)')).toEqual(['LANG014 "f" is a function of this file, and can only be called']);
  });
});

describe('a function within a function', () => {
  it('sees the variables around it as they are when it is called', () => {
    const lines = [
      'def solve(I):',
      '    k = 1',
      '    def f(x): return add(x, k)',
      '    a = f(I)',
      '    k = 2',
      '    return (a, f(I))',
    ];
    expect(solve(...lines).body).toBe(bodyOf('return (add(I, 1), add(I, 2))'));
  });

  it('sees those of all functions around it, and its siblings in any order', () => {
    const lines = [
      'def solve(I):',
      '    def f(x):',
      '        def g(y): return h(add(I, add(x, y)))',
      '        return g(2)',
      '    def h(z): return hmirror(z)',
      '    return f(1)',
    ];
    expect(solve(...lines).body).toBe(bodyOf('return hmirror(add(I, add(1, 2)))'));
  });

  it('leaves the lines of what it sees where they are', () => {
    const { line, lines } = solve(
      'def h(x): return x',
      'def solve(I):',
      '    def f(): return hmirror(I)',
      '    return f()',
    );
    expect(decodeLines(lines, line)).toEqual([4, 3]);
  });

  it('is seen by nobody else', () => {
    const { diagnostics } = load(
      'def a(I):\n    def f(x): return x\n    return f(I)\ndef b(I): return f(I)\n',
    );
    expect(diagnostics).toMatchObject([{ code: 'LANG012', line: 4 }]);
  });

  it('can be called below its definition only, when what it uses is assigned', () => {
    const early = load('def a(I):\n    x = f(I)\n    def f(x): return x\n    return x\n').diagnostics;
    expect(early).toMatchObject([{ code: 'LANG013', line: 2, column: 9 }]);
    const unset = load('def a(I):\n    def f(x): return add(x, k)\n    y = f(I)\n    k = 1\n    return y\n');
    expect(unset.diagnostics).toMatchObject([
      { code: 'LANG013', line: 3, message: '"f" uses "k", which is not assigned yet' },
    ]);
  });

  it('with an error spoils the function around it', () => {
    const { functions, diagnostics } = load('def a(I):\n    def f(x): return x + 1\n    return I\n');
    expect([functions.length, diagnostics.map(({ code }) => code)]).toEqual([0, ['LANG006']]);
  });

  it('may be nested twenty deep', () => {
    const nested = (deep: number): string => {
      const defs = Array.from({ length: deep }, (_, k) => `${' '.repeat(k)}def f${k}(x):\n`);
      const returns = Array.from(
        { length: deep },
        (_, k) => `${' '.repeat(k + 1)}return ${k === deep - 1 ? 'I' : `f${k + 1}(x)`}\n`,
      );
      return defs.join('') + returns.reverse().join('').replace('return I', 'return x');
    };
    expect(load(nested(21)).diagnostics).toEqual([]);
    expect(load(nested(22)).diagnostics.map(({ code }) => code)).toEqual(['LANG006']);
  });
});

describe('a circle of calls', () => {
  it.each([
    ['def f(I): return f(I)\n', 'f calls itself: f -> f', 1],
    [
      'def f(x): return g(x)\ndef g(x): return f(x)\ndef solve(I): return f(I)\n',
      'f calls itself: f -> g -> f',
      2,
    ],
    ['def solve(I):\n    def f(x): return f(x)\n    return f(I)\n', 'f calls itself: f -> f', 2],
  ])('is shown, once: %j', (source, message, line) => {
    const { functions, diagnostics } = load(source);
    expect(functions).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'LANG027', message, line }]);
  });

  it('is shortened when it is long', () => {
    const source = Array.from(
      { length: 10_000 },
      (_, k) => `def f${k}(x): return f${(k + 1) % 10_000}(x)\n`,
    ).join('');
    const { diagnostics } = load(source);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0].message).toBe('f0 calls itself: f0 -> f1 -> f2 -> f3 -> f4 -> f5 -> ... -> f0');
  });
});

describe('what is shared stays shared', () => {
  const levels = (count: number, twice: (name: string) => string): string[] => [
    'def f0(x): return hmirror(x)',
    ...Array.from({ length: count }, (_, k) => `def f${k + 1}(x): return ${twice(`f${k}`)}`),
    `def solve(I): return f${count}(I)`,
  ];

  it('through sixty levels of functions that call the one before twice', () => {
    const found = solve(...levels(60, (f) => `add(${f}(x), ${f}(x))`));
    expect(sizeOf(found)).toBe(62);
    const text = inlineSource(decodeProgram(found.program, smallLanguage), 'solve', smallLanguage);
    expect(text.length).toBeLessThan(4000);
    expect(load(text).functions[0].body).toBe(found.body);
  });

  it('whatever the arguments are called and wherever they are computed', () => {
    const found = solve('def same(y): return y', ...levels(60, (f) => `add(${f}(x=x), ${f}(same(x)))`));
    expect(sizeOf(found)).toBe(62);
  });

  it('and what cannot be shared is an error before it is too much', () => {
    const { functions, diagnostics } = load(`${levels(60, (f) => `${f}(${f}(x))`).join('\n')}\n`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['LANG028']);
    expect(functions.length).toBeLessThan(20);
  });

  it('in chains of thousands of functions', () => {
    const chain = Array.from({ length: 2000 }, (_, k) => `def f${k + 1}(x): return f${k}(x)`);
    expect(solve('def f0(x): return hmirror(x)', ...chain, 'def solve(I): return f2000(I)').body).toBe(
      bodyOf('return hmirror(I)'),
    );
  });
});

/** An expression over parameters and calls of functions: as text, and as text with all bodies inlined. */
interface Written {
  readonly text: string;
  readonly inlined: string;
}

describe('any functions that call those before them', () => {
  const choices = fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 });

  it('give the program that their bodies give', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 1, max: 5 }), (numbers, count) => {
        let at = 0;
        const next = (below: number): number => numbers[at++ % numbers.length] % below;
        const helpers: { parameters: number; inlined: (values: readonly string[]) => string }[] = [];
        const expression = (
          parameters: readonly string[],
          values: readonly string[],
          depth: number,
        ): Written => {
          const form = depth === 0 ? 0 : next(4);
          if (form === 0 || (form === 3 && helpers.length === 0)) {
            const k = next(parameters.length + 1);
            return k === parameters.length
              ? { text: '7', inlined: '7' }
              : { text: parameters[k], inlined: values[k] };
          }
          const operands = (many: number) =>
            Array.from({ length: many }, () => expression(parameters, values, depth - 1));
          const join = (parts: readonly Written[], key: keyof Written) =>
            parts.map((part) => part[key]).join(', ');
          if (form < 3) {
            const name = ['hmirror', 'add'][form - 1];
            const parts = operands(form);
            return { text: `${name}(${join(parts, 'text')})`, inlined: `${name}(${join(parts, 'inlined')})` };
          }
          const k = next(helpers.length);
          const parts = operands(helpers[k].parameters);
          return {
            text: `f${k}(${join(parts, 'text')})`,
            inlined: helpers[k].inlined(parts.map(({ inlined }) => inlined)),
          };
        };
        let source = '';
        for (let k = 0; k < count; k++) {
          const parameters = Array.from({ length: next(4) }, (_, j) => `p${j}`);
          const marks = parameters.map((_, j) => `<${j}>`);
          const { text, inlined } = expression(parameters, marks, 3);
          source += `def f${k}(${parameters.join(', ')}): return ${text}\n`;
          const body = inlined;
          helpers.push({
            parameters: parameters.length,
            inlined: (given) => body.replace(/<(\d)>/g, (_, j) => given[Number(j)]),
          });
        }
        const { text, inlined } = expression(['I'], ['I'], 4);
        const { functions } = load(`${source}def solve(I): return ${text}\n`);
        expect(functions.find(({ name }) => name === 'solve')?.body).toBe(bodyOf(`return ${inlined}`));
      }),
    );
  });
});
