/** Every static error: its code, position and message. */
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic.js';
import { load, solver } from './small-language.js';

/** The diagnostics of a function with these lines: `CODE line:column`, lines counted within the body from 1. */
function locationsOf(...lines: readonly string[]): string[] {
  return load(solver(...lines)).diagnostics.map(
    ({ code, line, column }) => `${code} ${line! - 1}:${column! - 4}`,
  );
}

function only(source: string | Uint8Array): Diagnostic {
  const { diagnostics } = load(source);
  expect(diagnostics).toHaveLength(1);
  return diagnostics[0];
}

describe('names', () => {
  it('that are unknown are reported once a function, with the closest known name', () => {
    const source = solver('mirrored = hmirror(I)', 'x = hmirrror(mirored)', 'return add(mirored, x)');
    expect(load(source).diagnostics).toMatchObject([
      {
        code: 'LANG012',
        line: 3,
        column: 9,
        hint: 'did you mean "hmirror"?',
        severity: 'error',
        file: 'a.py',
      },
      { code: 'LANG012', line: 3, column: 18, hint: 'did you mean "mirrored"?' },
    ]);
  });

  it('have no suggestion when none is close', () => {
    expect(only(solver('return elephant')).hint).toBeNull();
    expect(only(solver('return Q')).hint).toBeNull();
  });

  it('are suggested in their own letter case', () => {
    expect(only(solver('return add(I, zero)')).hint).toBe('did you mean "ZERO"?');
  });

  it('that are assigned further down are used before assignment', () => {
    expect(locationsOf('x = add(y, y)', 'y = I', 'return x')).toEqual(['LANG013 1:9']);
    expect(locationsOf('x = x', 'return x')).toEqual(['LANG013 1:5']);
    expect(locationsOf('x = f(I)', 'f = hmirror', 'return x')).toEqual(['LANG013 1:5']);
  });

  it('of other functions of the file are no values, before and after their definition', () => {
    const { diagnostics, functions } = load(
      'def a(I):\n    return compose(b, b)\ndef b(I):\n    return I\ndef c(I):\n    return b\n',
    );
    expect(diagnostics).toMatchObject([
      { code: 'LANG014', line: 2, column: 20 },
      { code: 'LANG014', line: 2, column: 23 },
      { code: 'LANG014', line: 6, column: 12 },
    ]);
    expect(functions.map(({ name }) => name)).toEqual(['b']);
  });

  it('of the parameters S and C are unknown in a function of I', () => {
    expect(locationsOf('return add(S, C)')).toEqual(['LANG012 1:12', 'LANG012 1:15']);
  });

  it('of the language that become local variables after their use get a warning', () => {
    const { diagnostics, functions } = load(
      solver('x = add(ONE, TWO)', 'add = ONE', 'ONE = x', 'return ONE'),
    );
    expect(diagnostics).toMatchObject([
      { code: 'LANG025', severity: 'warning', line: 3, column: 5 },
      { code: 'LANG025', severity: 'warning', line: 4, column: 5 },
    ]);
    expect(functions).toHaveLength(1);
  });

  it('are not unknown because the line that assigns them has an error', () => {
    expect(locationsOf('x = I + 1', 'return hmirror(x)')).toEqual(['LANG006 1:7']);
    expect(locationsOf('if I:', '    x = I', 'return x')).toEqual(['LANG006 1:1']);
  });
});

describe('calls', () => {
  it('of a primitive need as many arguments as it has parameters', () => {
    const { message, hint, line, column } = only(solver('return hmirror(fill(I, 3))'));
    expect(message).toBe('fill takes 3 arguments, not 2');
    expect(hint).toBe('its parameters are (grid, value, patch)');
    expect([line, column]).toEqual([2, 20]);
    expect(locationsOf('return hmirror()')).toEqual(['LANG015 1:8']);
    expect(locationsOf('return hmirror(I, I)')).toEqual(['LANG015 1:8']);
    expect(locationsOf('return fill(1, 2, 3, 4, grid=5)')).toEqual(['LANG015 1:8']);
  });

  it('count, even in lines without effect', () => {
    expect(locationsOf('x = hmirror(I, I)', 'return I')).toEqual(['LANG015 1:5']);
  });

  it('may name parameters that exist', () => {
    const { message, hint } = only(solver('return fill(I, valu=3, patch=I)'));
    expect(message).toBe('fill has no parameter "valu"');
    expect(hint).toBe('its parameters are (grid, value, patch)');
  });

  it('give each parameter once', () => {
    expect(locationsOf('return fill(I, value=1, value=2, patch=I)')).toEqual(['LANG017 1:25']);
    expect(locationsOf('return fill(I, grid=I, value=1)')).toEqual(['LANG017 1:16']);
  });

  it('give every parameter', () => {
    const { code, message } = only(solver('return fill(I, patch=I)'));
    expect([code, message]).toEqual(['LANG018', 'fill is not given "value"']);
    expect(locationsOf('return fill(patch=I)')).toEqual(['LANG018 1:8']);
  });

  it('have keywords after the other arguments', () => {
    expect(locationsOf('return fill(grid=I, 1, I)')).toEqual(['LANG020 1:8']);
  });

  it('of local variables have no keywords', () => {
    expect(locationsOf('f = hmirror', 'return f(piece=I)')).toEqual(['LANG019 2:10']);
    expect(locationsOf('return I(piece=I)')).toEqual(['LANG019 1:10']);
  });

  it('are of names that can hold a function', () => {
    for (const line of ['ONE(I)', '(hmirror)(I)', '(hmirror(I))(I)', '3(I)', 'True(I)', '()(I)', '-1(I)']) {
      expect(load(solver(`return ${line}`)).diagnostics, line).toMatchObject([{ code: 'LANG021' }]);
    }
  });

  it('have arguments of their own', () => {
    for (const line of [
      'fill(I,, I)',
      'fill(,I)',
      'fill(I I)',
      'fill(a=)',
      'fill(a=b=I)',
      '(a=I)',
      '(,)',
      'f(*I)',
    ]) {
      expect(load(solver(`return ${line}`)).diagnostics.length, line).toBeGreaterThan(0);
    }
  });
});

describe('constructs outside the language', () => {
  it.each([
    ['x = I + 1', 'the operator +'],
    ['x = I ** 2', 'the operator **'],
    ['x = I // 2', 'the operator //'],
    ['x = I == 2', 'the operator =='],
    ['x = I <= 2', 'the operator <='],
    ['x = -I', 'the operator -'],
    ['x = +1', 'the operator +'],
    ['x = ~1', 'the operator ~'],
    ['x = not I', 'the operator not'],
    ['x = I and I', 'the operator and'],
    ['x = I in I', 'the operator in'],
    ['x = I[0]', 'a subscript'],
    ['x = [I]', 'a list'],
    ['x = {I}', 'a set or dictionary'],
    ['x = I.y', 'an attribute'],
    ['x = "text"', 'a string'],
    ['x = f"text"', 'a string'],
    ['x = b"text"', 'a string'],
    ['x = lambda y: y', 'a lambda'],
    ['x = I if I else I', 'a conditional expression'],
    ['x = (y for y in I)', 'a comprehension'],
    ['x = (y := I)', 'an assignment within an expression'],
    ['x = 1.5', 'the number "1.5"'],
    ['x = .5', 'the number ".5"'],
    ['x = 1e3', 'the number "1e3"'],
    ['x = 0x1G', 'the number "0x1G"'],
    ['x = 007', 'the number "007"'],
    ['x = 1__000', 'the number "1__000"'],
    ['x = 1_', 'the number "1_"'],
    ['x = I, I', 'a tuple without parentheses'],
    ['x, y = I, I', 'unpacking'],
    ['x += 1', 'an augmented assignment'],
    ['x -= 1', 'an augmented assignment'],
    ['x //= 1', 'an augmented assignment'],
    ['hmirror(I)', 'a statement that is neither an assignment nor the return'],
    ['x', 'a statement that is neither an assignment nor the return'],
    ['(x)', 'a statement that is neither an assignment nor the return'],
    ['x = [y for y in I]', 'a comprehension'],
    ['x = {y for y in I}', 'a comprehension'],
    ['x = {y: I for y in I}', 'a comprehension'],
    ['x = [[y for y in I]]', 'a list'],
    ['assert I', 'the statement "assert"'],
    ['if I: pass', 'an if statement'],
    ['for y in I: pass', 'a loop'],
    ['while I: pass', 'a loop'],
    ['async def g(y): return y', 'an async function'],
    ['with I as y: pass', 'a with statement'],
    ['try: pass', 'a try statement'],
    ['class A: pass', 'a class'],
    ['import os', 'an import inside of a function'],
    ['@cache', 'a decorator'],
  ])('%s', (line, construct) => {
    const { diagnostics, functions } = load(solver(line, 'return I'));
    expect(diagnostics[0]).toMatchObject({
      code: 'LANG006',
      message: `${construct} is outside the language`,
      line: 2,
    });
    expect(functions).toEqual([]);
  });

  it.each([
    ['def solve(I=None):', 'a default value', 12],
    ['def solve(I: Grid = None):', 'a default value', 19],
    ['def solve(*I):', 'the "*" of a parameter list', 11],
    ['def solve(I, **rest):', 'the "*" of a parameter list', 14],
    ['def solve(I, /):', 'the "/" of a parameter list', 14],
  ])('%s', (header, construct, column) => {
    const diagnostic = only(`${header}\n    return I\n`);
    expect(diagnostic).toMatchObject({
      code: 'LANG006',
      message: `${construct} is outside the language`,
      column,
    });
  });

  it('include decorated functions', () => {
    const { diagnostics, functions } = load('@cache\ndef a(I):\n    return I\ndef b(I):\n    return I\n');
    expect(diagnostics).toMatchObject([{ code: 'LANG006', line: 1, column: 1 }]);
    expect(functions.map(({ name }) => name)).toEqual(['b']);
  });
});

describe('a backslash', () => {
  it('ends its line, and another line follows', () => {
    expect(locationsOf('x = \\ ', '  I', 'return x')).toEqual(['LANG002 1:5']);
    expect(locationsOf('x = I \\ # why', 'return x')).toEqual(['LANG002 1:7']);
    expect(load('def a(I):\n    return I\\').diagnostics).toMatchObject([
      { code: 'LANG002', line: 2, column: 13 },
    ]);
    expect(load('def a(I):\n    return \\\ndef b(I):\n    return I\n')).toMatchObject({
      diagnostics: [{ code: 'LANG002', line: 2, column: 12 }],
      functions: [{ name: 'b' }],
    });
  });
});

describe('functions', () => {
  it('have one parameter or three, if no other calls them', () => {
    for (const list of ['()', '(I, J)', '(S, I, C, D)']) {
      expect(only(`def a${list}:\n    return 1\n`), list).toMatchObject({
        code: 'LANG008',
        severity: 'warning',
        line: 1,
        column: 1,
      });
    }
  });

  it('have parameters with names, each of its own', () => {
    expect(only('def a(I, J, I):\n    return I\n')).toMatchObject({
      code: 'LANG017',
      severity: 'error',
      message: 'the parameter "I" is there twice',
      column: 13,
    });
    for (const [list, column] of [
      ['(I S)', 9],
      ['(3)', 7],
      ['((I))', 7],
      ['(True)', 7],
      ['(,)', 7],
    ] as const) {
      expect(only(`def a${list}:\n    return I\n`), list).toMatchObject({ code: 'LANG005', column });
    }
  });

  it('return something', () => {
    expect(only('def a(I):\n    x = I\n')).toMatchObject({ code: 'LANG010', line: 1, column: 1 });
    expect(only('def a(I):\n    "doc"\n')).toMatchObject({ code: 'LANG010' });
    expect(only('def a(I):\ndef b(I):\n    return I\n')).toMatchObject({ code: 'LANG010', line: 1 });
    expect(only('def a(I):')).toMatchObject({ code: 'LANG010' });
    expect(locationsOf('return')).toEqual(['LANG005 1:7']);
    expect(locationsOf('x =', 'return I')).toEqual(['LANG005 1:4']);
  });

  it('end with the return', () => {
    expect(locationsOf('return I', 'x = I', 'y = q')).toEqual(['LANG011 2:1']);
    expect(locationsOf('return I', 'return I')).toEqual(['LANG011 2:1']);
  });

  it('have names of their own: the first definition stands, good or bad', () => {
    const { diagnostics, functions } = load('def a(I):\n    return 1\ndef a(I):\n    return 2\n');
    expect(diagnostics).toMatchObject([{ code: 'LANG009', line: 3, column: 5 }]);
    expect(functions).toMatchObject([{ name: 'a', line: 1 }]);
    const broken = load('def a(I):\n    return q\ndef a(I):\n    return 2\n');
    expect(broken.diagnostics.map(({ code }) => code)).toEqual(['LANG012', 'LANG009']);
    expect(broken.functions).toEqual([]);
  });

  it('have a whole header, and a body on lines of its own', () => {
    const headers = ['def', 'def (I):', 'def 3(I):', 'def if(I):', 'def a:', 'def a(I)', 'def a(I'];
    for (const header of headers) {
      expect(load(`${header}\n    return I\n`).diagnostics.length, header).toBe(1);
      expect(load(`${header}\n    return I\n`).functions, header).toEqual([]);
    }
  });
});

describe('the top level', () => {
  it('holds no statements with a body, but for guards', () => {
    const { diagnostics, functions } = load(
      'x = hmirror(\n1)\nif x:\n    y = 2\n    z = 3\nclass A:\n    def a(I):\n        return I\ndef b(I):\n    return I\n',
    );
    expect(diagnostics.map(({ code, line, message }) => `${code} ${line} ${message}`)).toEqual([
      'LANG007 3 an if statement has no place at the top level of a file',
      'LANG007 6 a class has no place at the top level of a file',
    ]);
    expect(functions.map(({ name }) => name)).toEqual(['b']);
  });

  it('reports a string that is not alone on its line', () => {
    expect(load('"x" def a(I):\n    return I\n').diagnostics).toMatchObject([
      { code: 'LANG007', severity: 'error' },
    ]);
  });

  it('is not indented', () => {
    expect(only('  import os\n')).toMatchObject({ code: 'LANG003', line: 1, column: 3 });
    expect(load('  def a(I):\n    return I\n').functions).toEqual([]);
  });

  it('has no half imports', () => {
    expect(only('from x import (a,\n')).toMatchObject({ code: 'LANG004' });
    expect(only('import os = 1\n')).toMatchObject({ code: 'LANG005', column: 11 });
    expect(only('import os\n    x = 1\n')).toMatchObject({ code: 'LANG003', line: 2 });
  });
});

describe('indentation', () => {
  it('is the same for all lines of a function', () => {
    expect(load('def a(I):\n    x = I\n      y = I\n    return x\n').diagnostics).toMatchObject([
      { code: 'LANG003', line: 3, column: 7 },
    ]);
    expect(load('def a(I):\n    x = I\n  return x\n').diagnostics).toMatchObject([
      { code: 'LANG003', line: 3, column: 3 },
    ]);
  });

  it('does not depend on how wide a tab is', () => {
    expect(only('def a(I):\n        x = I\n\treturn x\n')).toMatchObject({
      code: 'LANG003',
      line: 3,
      column: 2,
    });
  });
});

describe('parentheses', () => {
  it('are reported where they are opened when they are left open', () => {
    expect(locationsOf('x = add(I, (1, 2)', 'return x')).toEqual(['LANG004 1:5']);
    expect(locationsOf('return hmirror((I, (1, 2))')).toEqual(['LANG004 1:8']);
    expect(load('def a(I):\n    return (I').diagnostics).toMatchObject([
      { code: 'LANG004', line: 2, column: 12 },
    ]);
  });

  it('are reported where they close nothing', () => {
    expect(locationsOf('x = add(I, 1))', 'return x')).toEqual(['LANG004 1:14']);
  });
});

describe('integers', () => {
  it('are exact', () => {
    expect(load(solver('return add(9007199254740991, -9007199254740991)')).diagnostics).toEqual([]);
    expect(locationsOf('return 9007199254740992')).toEqual(['LANG022 1:8']);
    expect(locationsOf('return -9007199254740992')).toEqual(['LANG022 1:8']);
    expect(locationsOf(`return ${'9'.repeat(400)}`)).toEqual(['LANG022 1:8']);
  });
});

describe('strings', () => {
  it('end', () => {
    expect(locationsOf('"one', 'return I')).toEqual(['LANG024 1:1']);
    expect(locationsOf('"""three', 'return I')).toEqual(['LANG024 1:1']);
  });
});

describe('characters', () => {
  it('are UTF-8', () => {
    const bytes = new TextEncoder().encode('# é\ndef a(I):\n    return I # é\xff\ndef b(I):\n    return I\n');
    const latin1 = bytes.indexOf(0xc3, 10);
    bytes.set([0xe9, 0x20], latin1 + 2);
    const { diagnostics, functions } = load(bytes);
    expect(diagnostics).toMatchObject([
      { code: 'LANG001', line: 3, column: 17, message: 'the byte 0xE9 is not UTF-8' },
    ]);
    expect(functions.map(({ name }) => name)).toEqual(['b']);
  });

  it.each([
    [[0x80]],
    [[0xc0, 0x80]],
    [[0xc3]],
    [[0xe0, 0x80, 0x80]],
    [[0xed, 0xa0, 0x80]],
    [[0xf0, 0x80, 0x80, 0x80]],
    [[0xf4, 0x90, 0x80, 0x80]],
    [[0xf5, 0x80, 0x80, 0x80]],
    [[0xff, 0xfe]],
  ])('%j is not UTF-8', (bytes) => {
    expect(only(Uint8Array.from([0x23, 0xc3, 0xa9, ...bytes]))).toMatchObject({
      code: 'LANG001',
      line: 1,
      column: 3,
    });
  });

  it('are printable: no NUL anywhere, nothing invisible between tokens', () => {
    expect(load('def a(I):\n    return I # \0\n').diagnostics).toMatchObject([
      { code: 'LANG002', line: 2, column: 16, message: 'the character U+0000 has no place here' },
    ]);
    expect(load('def a(I):\n    return I # \0\n').functions).toEqual([]);
    expect(only(solver('return I\u0007')).message).toBe('the character U+0007 has no place here');
    expect(only(solver('return \u00a0I')).message).toBe('the character U+00A0 has no place here');
    expect(only(solver('return I ÷ I')).message).toBe('the character "÷" (U+00F7) has no place here');
  });

  it('are counted in code points for columns', () => {
    expect(only('def a(I):\n    "😀é" "\t"[0]; return I\n')).toMatchObject({ line: 2, column: 13 });
    expect(only('def a(I):\n    "😀é"; return I + 1\n')).toMatchObject({ line: 2, column: 20 });
  });

  it('of names are shown escaped and shortened', () => {
    const { message } = only(solver(`return ${'a'.repeat(1000)}`));
    expect(message.length).toBeLessThan(100);
  });
});

describe('the number of diagnostics', () => {
  it('is at most 20 a function, and one that says so', () => {
    const lines = Array.from({ length: 50 }, (_, k) => `x${k} = unknown${k}`);
    const { diagnostics } = load(solver(...lines, 'return I'));
    expect(diagnostics).toHaveLength(21);
    expect(diagnostics[20]).toMatchObject({ code: 'LANG023', line: 22 });
  });

  it('is at most 200 a file, and one that says so; good functions after them count', () => {
    const bad = Array.from({ length: 300 }, (_, k) => `def a${k}(I):\n    return unknown\n`);
    const { diagnostics, functions } = load(`${bad.join('')}def good(I):\n    return I\n`);
    expect(diagnostics).toHaveLength(201);
    expect(diagnostics[200]).toMatchObject({ code: 'LANG023', line: 402 });
    expect(functions.map(({ name }) => name)).toEqual(['good']);
  });

  it('left out does not make a function good', () => {
    const bad = Array.from({ length: 300 }, (_, k) => `def a${k}(I):\n    return unknown\n`);
    expect(load(bad.join('')).functions).toEqual([]);
  });
});
