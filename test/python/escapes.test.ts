/** A program in Python does not get out of its cell: a corpus of attempts, and what they are not to touch. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../build/rig.js';
import { ATTEMPTS } from './escape-attempts.js';
import { type Ended, gridsOf, Rig } from './rig.js';

const rig = new Rig({ wallSeconds: 20 });
const names = Object.keys(ATTEMPTS);

/** What says whether anything of an attempt is left: it sees modules, builtins, chance and addresses. */
const PROBE = `
import random, json, math, collections, sys, time, re
def p(g):
    seen = [random.randrange(10), len(vars(random)), len(vars(json)), len(vars(collections)), len(dir(__builtins__))]
    seen += [id(g) % 97, id(p) % 89, sys.getrecursionlimit(), int(time.time()), len(object.__subclasses__())]
    return [[x % 10**6 for x in seen] + [sum(map(len, g))]]
`;

it('knows more than sixty attempts', () => {
  expect(names.length).toBeGreaterThanOrEqual(60);
});

it('ends each attempt in an outcome, leaves nothing of it, and gives none what it wants', async () => {
  const file = join(temporaryFolder(), 'secret');
  writeFileSync(file, 'secret');
  const probe = (await rig.only(PROBE)).program;
  const inputs = gridsOf([[[1, 2]]]);
  const [[clean]] = await rig.run([probe], inputs);
  expect(clean.status).toBe('ok');
  const got: string[] = [];
  const left: string[] = [];
  for (const name of names) {
    const { program } = await rig.only(ATTEMPTS[name].replaceAll('FILE', file), 'p');
    const [[first], [after], [again]] = await rig.run([program, probe, program], inputs, { events: 100_000 });
    if (JSON.stringify(first.rows) === '[[1]]') got.push(name);
    if (JSON.stringify(after) !== JSON.stringify(clean)) left.push(name);
    if (describe(first) !== describe(again))
      left.push(`${name}: ${describe(first)}, then ${describe(again)}`);
  }
  expect({ got, left }).toEqual({ got: [], left: [] });
  expect(readFileSync(file, 'utf8')).toBe('secret');
  expect(existsSync('/tmp/left')).toBe(false);
}, 300_000);

/** Where the machine's own stack ends is not the program's to say. */
function describe({ status, error, rows, cost }: Ended): string {
  return status === 'crashed' ? status : JSON.stringify([status, error, rows, cost]);
}

it.each([
  ['a loop in C', 'def p(g):\n    return [[10 ** 10 ** 8 % 7]]'],
  [
    'a regular expression that explodes',
    'import re\ndef p(g):\n    return [[len(re.findall("(a+)+$", "a" * 40 + "b"))]]',
  ],
])(
  'ends %s by the clock, and goes on',
  async (_, source) => {
    const impatient = new Rig({ wallSeconds: 2 });
    const { program } = await impatient.only(source);
    await expect(impatient.run([program], gridsOf([[[1]]]))).rejects.toThrow(
      'timeout: it ended no cell for 2 s',
    );
    expect((await impatient.end('def p(g):\n    return g')).status).toBe('ok');
  },
  120_000,
);

it('has no way to a server on this machine', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const source = `
import random
def p(g):
    for way in ("_socket", "socket"):
        try:
            s = __import__(way).socket()
            s.connect(("127.0.0.1", ${port}))
            return [[1]]
        except BaseException:
            pass
    return [[0]]
`;
  expect((await rig.end(source)).rows).toEqual([[0]]);
  await new Promise((resolve) => server.close(resolve));
  expect(connections).toBe(0);
});
