/**
 * What a solver file may contain besides functions: constants, and usual parts of Python files that a build ignores.
 */
import { describe, expect, it } from 'vitest';
import { bodyOf, load, loadOne } from './small-language.js';

const solver = 'def solve(I):\n    return hmirror(I)\n';
const { body } = loadOne(solver);

describe('without a word', () => {
  it.each([
    ['annotations', 'def solve(I: Grid) -> Grid:\n    O: "Grid" = hmirror(I)\n    return O\n'],
    [
      'long annotations',
      'def solve(I: Dict[str, (int, "a: b")] | None,) -> Callable[[int,\n  int], a.b]:\n    return hmirror(I)\n',
    ],
    ['another parameter', 'def solve(grid):\n    return hmirror(grid)\n'],
    ['a function in a line', 'def solve(I): return hmirror(I)\n'],
    ['statements in a line', 'def solve(I):\n    x = I; y = x;\n    pass; return hmirror(y);\n'],
    ['a docstring in a line', 'def solve(I): "text"; return hmirror(I)\n'],
    ['backslashes', 'def solve(I): \\\n  return \\\r\n hmirror \\\n(I)\n'],
    ['several targets', 'def solve(I):\n    a: Grid = b = c = hmirror(I)\n    return b\n'],
    [
      'a result that is called',
      'def solve(I): return identity(hmirror)(I)\n'.replace('identity(hmirror)(I)', 'hmirror(I)'),
    ],
    ['strings', '"""Solvers."""\n\'more\' "text"\ndef solve(I): return hmirror(I)\n"end"\n'],
    [
      'imports',
      'import a.b as c, d; from x import *\nfrom y import (\n  z,\n)\ndef solve(I): return hmirror(I)\n',
    ],
    [
      'guarded imports',
      `try:\n    from a import *\nexcept ImportError:\n    from .a import *\nelse:\n    pass\nfinally:\n    pass\n${solver}`,
    ],
    ['imports for types', `if TYPE_CHECKING:\n    from a import Grid\nelse:\n    import b\n${solver}`],
    [
      'a main part',
      `${solver}if __name__ == '__main__':\n    for x in []:\n        def g(): pass\nelif 1:\n    y = 1\n`,
    ],
    [
      'types',
      `Grid = Tuple[\n  Tuple[int]\n]\nA: TypeAlias = "x"\nn: int\ntype B = list[int]\na, b = 1, 2\nx.y = z[0] = 3\nn += 1\n${solver}`,
    ],
    ['constants', `N = 0\nPAIR: Pair = (N, -1)\n${solver}`],
    ['pass', `pass\n${solver}`],
  ])('%s', (_, source) => {
    expect(loadOne(source).body).toBe(body);
  });

  it('calls of what a call gives, and integers as Python writes them', () => {
    expect(bodyOf('return rbind(fill, I)(1_000, 0x1F)')).toBe(
      bodyOf('f = rbind(fill, I)', 'return f(1000, 31)'),
    );
    expect(bodyOf('return add(0b101, 0o17)')).toBe(bodyOf('return add(5, 15)'));
    expect(bodyOf('return compose(rbind, fill)(I)(0xFF)(00)')).toBe(
      bodyOf('f = compose(rbind, fill)', 'g = f(I)', 'h = g(255)', 'return h(0)'),
    );
  });
});

describe('a constant of the file', () => {
  it.each([
    ['3', '3'],
    ['-1', '-1'],
    ['0x1F', '31'],
    ['1_000', '1000'],
    ['True', 'True'],
    ['None', 'None'],
    ['TWO', '2'],
    ['(1, (UP, ()))', '(1, ((-1, 0), ()))'],
    ['(OTHER, OTHER)', '(5, 5)'],
    ['ANOTHER = 4', '4'],
  ])('may be %s', (literal, value) => {
    const { functions, diagnostics } = load(`OTHER = 5\nX = ${literal}\ndef solve(I): return add(I, X)\n`);
    expect(diagnostics).toEqual([]);
    expect(functions[0].body).toBe(bodyOf(`return add(I, ${value})`));
  });

  it('has its last value, wherever it is used', () => {
    expect(loadOne('X = 1\ndef solve(I): return add(I, X)\nX = 2\n').body).toBe(bodyOf('return add(I, 2)'));
  });

  it('hides a name of the language, and is hidden by variables and parameters', () => {
    expect(loadOne('def solve(I): return add(I, ZERO)\nZERO = 7\n').body).toBe(bodyOf('return add(I, 7)'));
    expect(loadOne('X = 1\ndef solve(X):\n    return hmirror(X)\n').body).toBe(body);
    expect(loadOne('I = 1\ndef solve(J):\n    I = hmirror(J)\n    return I\n').body).toBe(body);
  });

  it('cannot be called', () => {
    expect(load('X = 1\ndef solve(I): return X(I)\n').diagnostics).toMatchObject([
      { code: 'LANG021', line: 2 },
    ]);
  });

  it.each(['Tuple[int]', 'hmirror(I)', '[1, 2]', '1 + 1', 'vmirror', '"text"', '1.5', 'UNKNOWN', '(1, X)'])(
    'is no %s: then its name is unknown, and why is said',
    (value) => {
      const { diagnostics } = load(`X = ${value}\ndef solve(I): return add(I, X)\n`);
      expect(diagnostics).toMatchObject([
        {
          code: 'LANG012',
          line: 2,
          message: 'the name "X" is unknown: what line 1 assigns to it is no literal',
        },
      ]);
    },
  );
});

describe('another name', () => {
  it('makes a solver of a primitive of one argument, and of a solver', () => {
    const { functions, diagnostics } = load(`solve_a = hmirror\n${solver}solve_b = solve\nother = fill\n`);
    expect(diagnostics).toEqual([]);
    expect(functions).toMatchObject([
      { name: 'solve_a', line: 1, helper: true, body },
      { name: 'solve', line: 2, helper: false, body },
      { name: 'solve_b', line: 4, helper: true, body },
    ]);
  });
});

describe('ignored, and said', () => {
  it.each(['print("x")', 'sys.path.append("..")', 'a.b.c(1)(2)', 'main()'])('%s', (call) => {
    const { functions, diagnostics } = load(`${call}\n${solver}`);
    expect(diagnostics).toMatchObject([{ code: 'LANG026', line: 1, column: 1 }]);
    expect(diagnostics[0].severity).not.toBe('error');
    expect(functions).toMatchObject([{ body }]);
  });
});

describe('one mistake has one message', () => {
  const said = (source: string) =>
    load(source).diagnostics.map(({ code, line, message }) => `${code} ${line} ${message}`);

  it.each([
    [
      'a comprehension over lines',
      'def a(I):\n    x = identity(\n        v\n        for v in I\n        if v\n    )\n    return x\n',
      'LANG006 4 a comprehension is outside the language',
    ],
    [
      'one that is not indented',
      'def a(I):\n    x = identity(v\n    for v in I)\n    return x\n',
      'LANG006 3 a comprehension is outside the language',
    ],
    [
      'a list over lines',
      'def a(I):\n    x = [\n        1,\n        hmirror(\n    I),\n    ]\n    return add(x, x)\n',
      'LANG006 2 a list is outside the language',
    ],
    [
      'a conditional over lines',
      'def a(I):\n    x = (hmirror(I)\n         if T\n         else I)\n    return x\n',
      'LANG006 3 a conditional expression is outside the language',
    ],
    [
      'an operator over lines',
      'def a(I):\n    x = (I\n         and I)\n    return x\n',
      'LANG006 3 the operator and is outside the language',
    ],
    [
      'a lambda',
      'def a(I):\n    f = lambda x: hmirror(x)\n    return f(f(I))\n',
      'LANG006 2 a lambda is outside the language',
    ],
    [
      'unpacking',
      'def a(I):\n    x, y = I\n    (z, (w, v)) = x\n    return (x, y)\n'.replace(
        '    (z, (w, v)) = x\n',
        '',
      ),
      'LANG006 2 unpacking is outside the language',
    ],
    [
      'a walrus',
      'def a(I):\n    x = add((y := I), 1)\n    return add(x, y)\n',
      'LANG006 2 an assignment within an expression is outside the language',
    ],
    [
      'a loop',
      'def a(I):\n    for x in I:\n        y = x\n    else:\n        z = 1\n    return add(x, add(y, z))\n',
      'LANG006 2 a loop is outside the language',
    ],
    [
      'an import in a function',
      'def a(I):\n    from x import y\n    return y(I)\n',
      'LANG006 2 an import inside of a function is outside the language',
    ],
    [
      'a default value',
      'def f(x, y=1): return x\ndef a(I): return f(I)\n',
      'LANG006 1 a default value is outside the language',
    ],
    [
      'a helper with an error',
      'def f(x): return x + 1\ndef a(I): return f(I)\ndef b(I):\n    x = f(I)\n    return I\n',
      'LANG006 1 the operator + is outside the language',
    ],
    [
      'a circle that others call',
      'def f(x): return g(x)\ndef g(x): return f(x)\ndef a(I): return add(f(I), g(I))\n',
      'LANG027 2 f calls itself: f -> g -> f',
    ],
    [
      'a loop at the top level',
      'for x, y in z:\n    w = x\n    def f(v): return v\ndef a(I): return f(add(w, add(x, y)))\n',
      'LANG007 1 a loop has no place at the top level of a file',
    ],
    [
      'a class',
      'class A(B):\n    x = 1\n    def f(self): return x\n\ndef a(I): return A(I)\n',
      'LANG007 1 a class has no place at the top level of a file',
    ],
    [
      'an async function',
      'async def f(x):\n    return x\ndef a(I): return f(I)\n',
      'LANG007 1 an async function has no place at the top level of a file',
    ],
    [
      'a decorator',
      '@cache\ndef f(x): return x\ndef a(I): return f(I)\n',
      'LANG006 1 a decorator is outside the language',
    ],
    [
      'text',
      "Here is the solver, as asked:\n\n1. It mirrors.\n   * the grid\n2. Don't (use it.\n\ndef a(I): return I\n",
      'LANG007 1 this is neither an import, a constant nor a function',
    ],
    [
      'Markdown',
      'Sure! Here it is:\n\n```python\ndef a(I): return I\n```\n\nIt is fine.\n',
      'LANG029 1 this looks like Markdown',
    ],
    [
      'a merge conflict',
      'def a(I):\n<<<<<<< HEAD\n    return I\n=======\n    return 1\n>>>>>>> b\n',
      'LANG029 2 a merge conflict was left in this file',
    ],
    [
      'lines of another indentation',
      'def a(I):\n    x = I\n  y = x\n  z = y\n  return z\n',
      'LANG003 3 this line is indented differently from the lines before it',
    ],
    [
      'statements after the return',
      'def a(I):\n    return I\n    x = q\n    return x\n',
      'LANG011 3 this line follows the return of its function',
    ],
  ])('%s', (_, source, message) => {
    expect(said(source)).toEqual([message]);
  });

  it('of a file in UTF-16, too', () => {
    const utf16 = new Uint8Array(Buffer.from('\ufeffdef a(I):\n    return I\n', 'utf16le'));
    expect(load(utf16).diagnostics).toMatchObject([
      { code: 'LANG001', line: 1, column: 1, message: 'this file is UTF-16, not UTF-8' },
    ]);
  });

  it('and every other mistake has its own', () => {
    const source =
      'def a(I):\n    x = [v\n         for v in I]\n    y = I + 1\n    z = unknown(x)\n    return add(y, z)\n';
    expect(said(source)).toEqual([
      'LANG006 2 a comprehension is outside the language',
      'LANG006 4 the operator + is outside the language',
      'LANG012 5 the name "unknown" is unknown',
    ]);
  });
});

describe('a hint fits', () => {
  it.each([
    ['x = “I”', 'it looks like ": put that in its place'],
    ['x\u00a0= I', 'it looks like a blank: put a blank in its place'],
    ['x = I\u200b', 'it cannot be seen: remove it, or write the line anew'],
    ['x = I\0', 'it cannot be seen: remove it, or write the line anew'],
    ['x = add(1\uff0c 2)', 'it looks like ,: put that in its place'],
    ['x = 1.5', 'write an integer'],
    ['x, y = I', 'assign one name a line: a = first(x), b = last(x)'],
    ['print(I)', 'write NAME = expression'],
    ['x = dsl.hmirror(I)', 'write the name alone: what is imported needs no module before it'],
    ['x = imported(I)', 'imports are ignored (line 1): put the function into this file'],
    ['x = hmiror(I)', 'did you mean "hmirror"?'],
    ['x = helpr(I)', 'did you mean "helper"?'],
    ['x = CONSTAN', 'did you mean "CONSTANT"?'],
  ])('%s', (line, hint) => {
    const source = `from a import imported\nCONSTANT = 1\ndef helper(x): return x\ndef solve(I):\n    ${line}\n    return helper(I)\n`;
    expect(load(source).diagnostics).toMatchObject([{ line: 5, hint }]);
  });
});
