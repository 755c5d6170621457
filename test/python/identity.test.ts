/** Which files of Python are one program. */
import { describe, expect, it } from 'vitest';
import { Rig } from './rig.js';

const rig = new Rig();

async function body(source: string): Promise<string> {
  return (await rig.only(source)).body;
}

const PLAIN =
  'def transform(grid):\n    rows = [list(row) for row in grid]\n    rows.reverse()\n    return rows\n';

describe('one program', () => {
  it.each([
    ['other names', 'def transform(g):\n    x = [list(y) for y in g]\n    x.reverse()\n    return x\n'],
    ['another name of the entry', PLAIN.replace('transform', 'solve_00000001')],
    [
      'comments and a docstring',
      `# A comment.\n"""A module."""\n${PLAIN.replace(':\n', ':\n    "Turns it."\n    # Here.\n')}`,
    ],
    [
      'another layout',
      'def transform( grid ):\n  rows = [\n     list(row)\n     for row in grid ]\n  rows.reverse() ; return (rows)',
    ],
    ['a byte order mark and other line ends', `\uFEFF${PLAIN.replaceAll('\n', '\r\n')}`],
  ])('%s', async (_, source) => {
    expect(await body(source)).toBe(await body(PLAIN));
  });

  it.each([
    [
      'functions of the module',
      'def help_me(g):\n    return g\ndef p(g):\n    return help_me(g)',
      'def aid(q):\n    return q\ndef p(q):\n    return aid(q)',
    ],
    [
      'variables of the module',
      'SIZE = 3\ndef p(g):\n    return g[:SIZE]',
      'N = 3\ndef p(g):\n    return g[:N]',
    ],
    [
      'inner functions and what they share',
      'def p(g):\n    n = 0\n    def f():\n        nonlocal n\n        n += 1\n    f()\n    return [[n]]',
      'def p(g):\n    k = 0\n    def h():\n        nonlocal k\n        k += 1\n    h()\n    return [[k]]',
    ],
    [
      'what only looks like a clash',
      'def p(v1):\n    v0 = v1\n    return v0',
      'def p(a):\n    b = a\n    return b',
    ],
    [
      'spellings of constants',
      'def p(g):\n    return [[0x10, "a" "b" == "ab"]]',
      "def p(g):\n    return [[16, 'ab' == 'ab']]",
    ],
  ])('%s', async (_, first, second) => {
    expect(await body(first)).toBe(await body(second));
  });
});

describe('two programs', () => {
  it.each([
    ['another constant', 'def p(g):\n    return [[1]]', 'def p(g):\n    return [[2]]'],
    ['1, 1.0 and True', 'def p(g):\n    return [[1]]', 'def p(g):\n    return [[True]]'],
    ['another builtin', 'def p(g):\n    return max(g)', 'def p(g):\n    return min(g)'],
    [
      'names by which arguments are passed',
      'def f(a, b):\n    return a\ndef p(g):\n    return f(b=1, a=g)',
      'def f(b, a):\n    return b\ndef p(g):\n    return f(b=1, a=g)',
    ],
    [
      'names that are seen',
      'def p(g):\n    x = 1\n    return [[len(list(locals())[0])]]',
      'def p(g):\n    xyz = 1\n    return [[len(list(locals())[0])]]',
    ],
    [
      'names of attributes',
      'def p(g):\n    g.sort()\n    return g',
      'def p(g):\n    g.reverse()\n    return g',
    ],
    [
      'local and global names',
      'x = 1\ndef p(g):\n    x = 2\n    return [[x]]',
      'x = 1\ndef p(g):\n    y = 2\n    return [[x]]',
    ],
    [
      'what a name of a comprehension hides',
      'def p(g):\n    x = 5\n    y = [x for x in g[0]]\n    return [[x]]',
      'def p(g):\n    x = 5\n    y = [z for z in g[0]]\n    return [[y]]',
    ],
    [
      'names of classes',
      'class A: pass\ndef p(g):\n    return [[len(str(A))]]',
      'class ABC: pass\ndef p(g):\n    return [[len(str(ABC))]]',
    ],
    [
      'a name in a message',
      'def p(g):\n    try:\n        return x\n        x = 1\n    except UnboundLocalError as e:\n        return [[len(str(e))]]',
      'def p(g):\n    try:\n        return xyz\n        xyz = 1\n    except UnboundLocalError as e:\n        return [[len(str(e))]]',
    ],
  ])('%s', async (_, first, second) => {
    expect(await body(first)).not.toBe(await body(second));
  });

  it('those that are called otherwise', async () => {
    expect(await body('def p(g):\n    return g')).not.toBe(await body('def p(g, h):\n    return g'));
  });
});

it('takes entries by their names, in order, and every solver of a task where there are no others', async () => {
  const names = async (source: string, entry = '') =>
    (await rig.load(source, entry)).functions.map(({ name, line }) => `${name}:${line}`);
  const two = 'def p(g):\n    return g\ndef transform(g):\n    return g\n';
  expect(await names(two)).toEqual(['transform:3']);
  expect(await names(two, 'p')).toEqual(['p:1']);
  expect(
    await names('def solve_a(g):\n    return g\ndef aid(g):\n    return g\ndef solve_b(g):\n    return g'),
  ).toEqual(['solve_a:1', 'solve_b:5']);
  expect(await names('import math\nflip = lambda g: g[::-1]')).toEqual(['flip:2']);
});

it.each([
  ['PY001', 'def p(g):\n    return (', 2, 12, "'(' was never closed"],
  [
    'PY001',
    'def p(g):\n    print "a"',
    2,
    5,
    "Missing parentheses in call to 'print'. Did you mean print(...)?",
  ],
  ['PY001', Uint8Array.of(0x64, 0xff, 0xfe, 0x0a), 1, null, /^Non-UTF-8 code/],
  ['PY001', 'x = 1\0', null, null, 'this is no text: it has a zero byte'],
  ['PY001', `def p(g):\n    return ${'('.repeat(10_000)}`, null, null, /nested|parentheses/],
  ['PY001', `def p(g):\n    return ${'not '.repeat(200_000)}g`, null, null, /nested/],
  ['PY002', 'x = 1', null, null, 'there is no function in this file'],
  ['PY002', 'def p():\n    return 1', 1, 1, 'p takes no grid'],
  ['PY002', 'def p(a, b, c, d):\n    return 1', 1, 1, 'p needs 4 arguments'],
  ['PY002', 'async def p(g):\n    return g', 1, 1, 'p cannot be called: it is async'],
  [
    'PY003',
    'import math, numpy.linalg as la\ndef p(g):\n    return g',
    1,
    1,
    'needs numpy.linalg, which is not offered',
  ],
  ['PY003', 'from scipy import ndimage\ndef p(g):\n    return g', 1, 1, 'needs scipy, which is not offered'],
  ['PY003', 'from . import a\ndef p(g):\n    return g', 1, 1, 'needs ., which is not offered'],
  ['PY004', 'n = int(input())\ndef p(g):\n    return g', 1, 9, 'reads input when it is loaded'],
])('says %s of a file that is of no use', async (code, source, line, column, message) => {
  const { functions, diagnostics } = await rig.load(source);
  expect(functions).toEqual([]);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({ code, severity: 'error' });
  expect(diagnostics[0].message).toMatch(message);
  if (line !== null) expect(diagnostics[0].line).toBe(line);
  if (column !== null) expect(diagnostics[0].column).toBe(column);
});

it('names another entry where that is not there', async () => {
  const { diagnostics } = await rig.load('def p(g):\n    return g', 'run');
  expect(diagnostics).toMatchObject([{ code: 'PY002', message: 'there is no function run: there are p' }]);
});
