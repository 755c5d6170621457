/** The budget of a program in Python is counted: the same count ends it everywhere, whatever it does about that. */
import { expect, it } from 'vitest';
import { gridsOf, Rig } from './rig.js';

const rig = new Rig();
const EVENTS = 20_000;

it.each([
  ['a loop', 'def p(g):\n    while True:\n        pass'],
  [
    'recursion by turns',
    'def p(g):\n    def f():\n        try:\n            return f()\n        except RecursionError:\n            return 0\n    while 1:\n        f()',
  ],
  [
    'a generator',
    'def p(g):\n    def f():\n        while True:\n            yield 1\n    return [[sum(f())]]',
  ],
  [
    'a comprehension',
    'def p(g):\n    import itertools\n    return [[x for x in itertools.count() if x < 0]]',
  ],
  ['a lambda in a sort', 'def p(g):\n    return [sorted(range(10**5), key=lambda x: -x)]'],
  [
    'one that catches everything',
    'def p(g):\n    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass',
  ],
  [
    'one that has a last word',
    'def p(g):\n    try:\n        while True:\n            pass\n    finally:\n        while True:\n            pass',
  ],
  [
    'one that catches and returns',
    'def p(g):\n    try:\n        while True:\n            pass\n    except BaseException:\n        return g',
  ],
  ['one that only loads', 'while True:\n    pass\ndef p(g):\n    return g'],
  [
    'a method that compares',
    'class A:\n    def __lt__(self, other):\n        return True\ndef p(g):\n    while True:\n        sorted([A() for _ in range(99)])',
  ],
  [
    'a finalizer',
    'class A:\n    def __del__(self):\n        while True:\n            pass\ndef p(g):\n    A()\n    return g',
  ],
  ['code that is made', 'def p(g):\n    exec("while True: pass")'],
  ['a module of ours', 'import random\ndef p(g):\n    while True:\n        random.random()'],
  ['a task', 'async def f():\n    while True:\n        pass\ndef p(g):\n    f().send(None)'],
])('ends %s', async (_, source) => {
  const { program } = await rig.only(source, 'p');
  const ended = await rig.run([program], gridsOf([[[1]], [[1]]]), { events: EVENTS });
  for (const one of ended[0]) expect(one).toMatchObject({ status: 'over-budget', cost: EVENTS, rows: null });
});

it('counts loops and calls, the same on every run and beside every other program', async () => {
  const looping = await rig.only(
    'def p(g):\n    n = 0\n    for i in range(1000):\n        n += i\n    return [[n]]',
  );
  const calling = await rig.only(
    'def p(g):\n    def f(n):\n        return n if n < 2 else f(n - 1) + f(n - 2)\n    return [[f(10)]]',
  );
  const [[first], [second]] = await rig.run([looping.program, calling.program], gridsOf([[[1]]]));
  // Module, entry, a thousand turns; module, entry, 177 calls.
  expect([first.cost, second.cost]).toEqual([1002, 179]);
  const again = await rig.run([calling.program, looping.program, calling.program], gridsOf([[[1]]]));
  expect(again.map(([{ cost }]) => cost)).toEqual([179, 1002, 179]);
});

it('ends what is at the limit, and not what is within it', async () => {
  const { program } = await rig.only('def p(g):\n    for i in range(100):\n        pass\n    return g');
  const within = await rig.run([program], gridsOf([[[1]]]), { events: 102 });
  const beyond = await rig.run([program], gridsOf([[[1]]]), { events: 101 });
  expect([within[0][0].status, beyond[0][0].status]).toEqual(['ok', 'over-budget']);
});
