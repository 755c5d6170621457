/** Programs in Python of all kinds, made by chance: valid and broken, plain and hostile, deep, endless and hungry. */

import { Random } from '../../bench/workspace/random.js';

const EXPRESSIONS = [
  'g[0][0]',
  'len(g)',
  'x',
  'y + 1',
  'x * 7 % 10',
  'max(x, y)',
  'sum(g[0])',
  '(x if x > y else y)',
  'abs(x - y)',
  'g[-1][-1]',
  'len(set(c for r in g for c in r))',
  'sorted(g[0])[0]',
  'x // (y + 1)',
  'int(x > 3) + 2',
  'min(map(max, g))',
  '[*zip(*g)][0][0]',
  '{1: 2}.get(x, 3)',
  'x ^ y',
  'x << 2',
  '10 ** 20 % 7',
  'g[x][y]',
  'x / y',
  '"a" * x',
  'None',
  'unknown',
  'sum(1 for _ in range(x))',
  'next(iter({x, y}))',
  'len(str(g)) % 10',
  'hash((x, y)) % 10',
  'id(g) % 7',
  'ord("a") % 10',
];
const STATEMENTS = [
  'x = E',
  'y = E',
  'x += 1',
  'x, y = y, x',
  'for k in range(3):\n    x += k',
  'if x > y:\n    x = E\nelse:\n    y = E',
  'while x < 5:\n    x += 1',
  'g = [r[::-1] for r in g]',
  'g = [list(r) for r in zip(*g)]',
  'g[0][0] = E',
  'try:\n    x = E\nexcept Exception:\n    y = 1',
  'def f(a):\n    return a + x',
  'x = (lambda a: a + E)(y)',
  'assert x is not None',
  'g.append(g[0])',
  'del g[0]',
  'import math',
  'from collections import Counter\nx = Counter(g[0])[1]',
  'import random\nx = random.randrange(10)',
  'global z\nz = E',
  'while True:\n    x = 1',
  'for k in range(10 ** 9):\n    pass',
  'x = [0] * 10 ** 7\nx = 1',
  'def h(n):\n    return h(n + 1)\nh(0)',
  'import json\njson.loads("[" * 10 ** 5)',
  'x = "a" * 10 ** 9',
  'import math\nmath.left = 5',
  'import random\nrandom.choice = None',
  'import collections\ncollections.Counter.update = None',
  'class A:\n    n = 0\nA.n += 1\nx = A.n',
  'print(x)',
  'exec("x = 3")',
  'raise ValueError(x)',
  '__builtins__["len"] = lambda s: 9',
  'import sys\nsys.setrecursionlimit(50)',
  'import decimal\ndecimal.getcontext().prec = 3',
  'yield x',
  'return [[E]]',
  'x = input()',
];
const BROKEN = [
  'x = = 1',
  'def',
  '   y = 2',
  'x = (',
  '"abc',
  'print x',
  'return return',
  '\u0000',
  '\u00e9 = 1 +',
  'for',
  '1 = x',
  'lambda: (yield',
  'async def p(g): await',
];
const MODULES = [
  'import math\n',
  'from typing import List\n',
  '"""A module."""\n',
  '# A comment.\n',
  'N = 3\n',
  'seen = []\n',
  'import numpy\n',
];

/** The program with this number. */
export function programNumber(seed: number): string {
  const random = new Random(String(seed));
  const lines: string[] = ['x = len(g)', 'y = len(g[0])'];
  const count = 1 + random.below(6);
  for (let k = 0; k < count; k++) {
    let statement = random.chance(0.03)
      ? random.pick(BROKEN)
      : random.pick(random.chance(0.6) ? STATEMENTS.slice(0, 20) : STATEMENTS);
    while (statement.includes('E')) {
      const at = /\bE\b/.exec(statement);
      if (at === null) break;
      statement = statement.slice(0, at.index) + random.pick(EXPRESSIONS) + statement.slice(at.index + 1);
    }
    lines.push(...statement.split('\n'));
  }
  lines.push(random.chance(0.8) ? 'return g' : `return [[${random.pick(EXPRESSIONS)}]]`);
  const head = random.chance(0.3) ? random.pick(MODULES) : '';
  const name = random.pick(['p', 'transform', 'solve', 'main', 'solve_00000001']);
  if (random.chance(0.02))
    return `${head}p = lambda g: [[${random.pick(EXPRESSIONS).replaceAll(/\b[xy]\b/g, '1')}]]\n`;
  return `${head}def ${name}(g):\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
}
