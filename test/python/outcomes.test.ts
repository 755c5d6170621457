/** What a program in Python comes to on a grid. */
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { gridsOf, Rig } from './rig.js';

const rig = new Rig();

it.each([
  [
    'lists of integers',
    'return [[3, 4], [5, 6]]',
    [
      [3, 4],
      [5, 6],
    ],
  ],
  ['tuples', 'return ((1,), (2,))', [[1], [2]]],
  ['booleans, which count as 0 and 1', 'return [[True, False, 1 > 0]]', [[1, 0, 1]]],
  ['entries that no task has', 'return [[-1, 255, 2**40]]', [[-1, 255, 2 ** 40]]],
  ['the grid itself', 'return grid', [[1, 2, 3]]],
])('gives a grid: %s', async (_, body, rows) => {
  const ended = await rig.end(`def transform(grid):\n    ${body}\n`);
  expect([ended.status, ended.rows]).toEqual(['ok', rows]);
});

it.each([
  ['nothing', 'None', 'None'],
  ['a number', '7', 'int'],
  ['text', '"abc"', 'str'],
  ['a list of numbers', '[1, 2]', 'rows that are int'],
  ['no rows', '[]', 'an empty list'],
  ['rows without cells', '[[], []]', 'empty rows'],
  ['rows of two lengths', '[[1], [1, 2]]', 'rows of different lengths'],
  ['floats', '[[1.0]]', 'a grid with float in it'],
  ['integers that no number holds', '[[2**70]]', 'a grid with an integer beyond 2^53 in it'],
  ['more cells than anybody wants', '[[0] * 1001] * 1001', 'more than a million cells'],
])('is not a grid: %s', async (_, value, told) => {
  const ended = await rig.end(`def transform(grid):\n    return ${value}\n`);
  expect([ended.status, ended.error]).toEqual(['not-a-grid', told]);
});

it.each([
  ['grid[9][9]', 'IndexError: list index out of range'],
  ['{}["a"]', "KeyError: 'a'"],
  ['missing(grid)', "NameError: name 'missing' is not defined"],
  ['1 / 0', 'ZeroDivisionError: division by zero'],
  ['grid + 1', 'TypeError: can only concatenate list (not "int") to list'],
  ['input()', 'EOFError: programs have no input'],
  ['exit()', "NameError: name 'exit' is not defined"],
  ['[[0] * 10**9]', 'MemoryError'],
])('is an error with its statement: %s', async (expression, told) => {
  const ended = await rig.end(`def transform(grid):\n    x = 1\n\n    return ${expression}\n`);
  // Statements are counted: def, x, return.
  expect([ended.status, ended.error, ended.node]).toEqual(['error', told, 2]);
});

it('tells the same wherever the memory ends', async () => {
  const hungry = 'def transform(grid):\n    a = [[0] * 10**6 for _ in range(1000)]\n    return grid\n';
  const modest = 'def transform(grid):\n    a = [0] * (3 * 10**7)\n    return grid\n';
  const programs = [(await rig.only(hungry)).program, (await rig.only(modest)).program];
  const inputs = gridsOf([[[1]], [[2]]]);
  const first = await rig.run(programs, inputs);
  const again = await rig.run(programs.toReversed(), inputs);
  expect(again.toReversed()).toEqual(first);
  expect(first[0][0]).toMatchObject({ status: 'error', error: 'MemoryError' });
  expect(first[1][0].status).toBe('ok');
});

it('lets a program change its grid, and no other see it', async () => {
  const { program } = await rig.only('def transform(grid):\n    grid[0][0] += 1\n    return grid\n');
  const ended = await rig.run([program, program], gridsOf([[[5]], [[5]]]));
  expect(ended.flat().map(({ rows }) => rows)).toEqual([[[6]], [[6]], [[6]], [[6]]]);
});

it('gives the demonstrations to an entry that needs two or three arguments', async () => {
  const two = await rig.only('def solve(S, I):\n    return S[0][1]\n');
  const three = await rig.only('def solve(S, I, C):\n    return [[len(S), C is None] + I[0]]\n');
  expect([two.parameters, three.parameters]).toEqual(['SIC', 'SIC']);
  const grids = gridsOf([[[4]]], [[[[1]], [[2, 2]]]]);
  const ended = await rig.run([two.program, three.program], grids);
  expect(ended.flat().map(({ rows }) => rows)).toEqual([[[2, 2]], [[1, 1, 4]]]);
});

it('runs the module anew for each grid, and not as the main program', async () => {
  const source = [
    'calls = []',
    'def p(g):',
    '    calls.append(1)',
    '    return [[len(calls)]]',
    'if __name__ == "__main__":',
    '    raise SystemExit',
  ].join('\n');
  const { program } = await rig.only(source);
  const ended = await rig.run([program], gridsOf([[[1]], [[2]], [[3]]]));
  expect(ended[0].map(({ rows }) => rows)).toEqual([[[1]], [[1]], [[1]]]);
});

it.each([
  [
    'collections, itertools, math',
    'from collections import Counter\nimport itertools, math\ndef p(g):\n    return [[len(Counter(itertools.chain(*g))), math.gcd(4, 6)]]',
    [[3, 2]],
  ],
  [
    'data classes',
    'from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int = 3\ndef p(g):\n    return [[A().x]]',
    [[3]],
  ],
  [
    'enumerations',
    'from enum import IntEnum\nclass C(IntEnum):\n    RED = 2\ndef p(g):\n    return [[C.RED]]',
    [[2]],
  ],
  [
    'named tuples',
    'from collections import namedtuple\nP = namedtuple("P", "x y")\ndef p(g):\n    return [list(P(1, 2))]',
    [[1, 2]],
  ],
  [
    'annotations and typing',
    'from typing import List\nGrid = List[List[int]]\ndef p(g: Grid) -> Grid:\n    return g',
    [[1, 2, 3]],
  ],
  [
    'generators',
    'def cells(g):\n    for r in g:\n        yield from r\ndef p(g):\n    return [list(cells(g))]',
    [[1, 2, 3]],
  ],
  [
    'classes',
    'class Box:\n    def __init__(self, g):\n        self.g = g\n    def turned(self):\n        return [list(r) for r in zip(*self.g)]\ndef p(g):\n    return Box(g).turned()',
    [[1], [2], [3]],
  ],
  [
    'caches',
    'from functools import lru_cache\n@lru_cache(None)\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\ndef p(g):\n    return [[f(40) % 10]]',
    [[5]],
  ],
  [
    'deep copies',
    'from copy import deepcopy\ndef p(g):\n    h = deepcopy(g)\n    h[0][0] = 9\n    return g + h',
    [
      [1, 2, 3],
      [9, 2, 3],
    ],
  ],
  [
    'regular expressions',
    'import re\ndef p(g):\n    return [[len(x) for x in re.findall("a+", "aabaaa")]]',
    [[2, 3]],
  ],
  ['golf', 'p=lambda g:[*zip(*g[::-1])]', [[1], [2], [3]]],
  [
    'golf by other encodings',
    'def p(g):\n    return [[len("ab".encode(e)) for e in ("L1", "U8", "437", "cp1252", "utf-16", "U7")]]',
    [[2, 2, 2, 2, 6, 2]],
  ],
  ['files in other encodings', Buffer.from('#coding:L1\np=lambda g:[[ord("\xe9")]]', 'latin1'), [[233]]],
  ['files of Windows', Buffer.from('# coding: cp1252\np=lambda g:[[ord("\x80")]]', 'latin1'), [[8364]]],
  [
    'golf that is packed',
    `import zlib\nexec(zlib.decompress(bytes(${JSON.stringify([...zip('p=lambda g:[r[::-1]for r in g]')])})))`,
    [[3, 2, 1]],
  ],
  ['match', 'def p(g):\n    match g:\n        case [[a, *_]]:\n            return [[a]]', [[1]]],
])('offers %s', async (_, source, rows) => {
  const ended = await rig.end(source);
  expect([ended.status, ended.error, ended.rows]).toEqual(['ok', null, rows]);
});

function zip(text: string): Uint8Array {
  return deflateSync(text);
}
