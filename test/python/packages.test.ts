/** Packages that are offered to programs in Python: wheels of pure Python. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wheelsIn } from '../../src/workspace/discovery/wheels.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { buildIn, temporaryFolder, workspaceOf, writeFiles } from '../build/rig.js';
import { gridsOf, Rig } from './rig.js';
import { wheelOf } from './wheel.js';

const GRIDS = wheelOf({
  'gridtools/__init__.py':
    'from .turning import turned\nfrom . import shared\nimport collections\n__all__ = ["turned"]\n',
  'gridtools/turning.py':
    'from gridtools.shared import SIZE\ndef turned(g):\n    from . import later\n    return later.rows(g[::-1])\n',
  'gridtools/shared.py': 'SIZE = 3\nseen = []\n',
  'gridtools/later.py': 'def rows(g):\n    return [list(r) for r in zip(*g)]\n',
  'gridtools/outside.py': 'import os\n',
  'gridtools/__main__.py': 'raise SystemExit\n',
  'gridtools/deep/er/module.py': 'from ...shared import SIZE as size\n',
  'single.py': 'def two():\n    return 2\n',
  'gridtools-1.0.dist-info/METADATA': 'Name: gridtools\n',
});

function rigWith(wheels: Readonly<Record<string, string | Buffer>>): Rig {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(wheels)) writeFileSync(join(folder, name), content);
  const roots = [{ path: folder, name: 'packages', explicit: true }];
  const excluded = { folders: [], ignored: { ignores: () => false } };
  return new Rig({ wheels: wheelsIn(roots, () => excluded as never, nodeFileSystem) });
}

it('offers the modules of wheels, and what they need of each other', async () => {
  const rig = rigWith({ 'gridtools-1.0-py3-none-any.whl': GRIDS });
  const ends = async (source: string) => {
    const { status, error, rows } = await rig.end(source, [[1, 2]]);
    return status === 'ok' ? rows : `${status}: ${error}`;
  };
  expect(await ends('from gridtools import turned\ndef p(g):\n    return turned(g)')).toEqual([[1], [2]]);
  expect(await ends('import gridtools.shared as s\ndef p(g):\n    return [[s.SIZE]]')).toEqual([[3]]);
  expect(await ends('import gridtools.shared\ndef p(g):\n    return gridtools.turned(g)')).toEqual([
    [1],
    [2],
  ]);
  expect(await ends('import gridtools.deep.er.module as m\ndef p(g):\n    return [[m.size]]')).toEqual([[3]]);
  expect(await ends('import single\ndef p(g):\n    return [[single.two()]]')).toEqual([[2]]);
});

it('leaves nothing of one cell in a package for the next, and counts what runs in it', async () => {
  const rig = rigWith({ 'gridtools-1.0-py3-none-any.whl': GRIDS });
  const counting =
    'import gridtools.shared as s\ndef p(g):\n    s.seen.append(1)\n    s.SIZE = 9\n    return [[len(s.seen)]]';
  const { program } = await rig.only(counting);
  const other = (await rig.only('import gridtools.shared as s\ndef p(g):\n    return [[s.SIZE]]')).program;
  const ended = await rig.run([program, other, program], gridsOf([[[1]], [[2]]]));
  expect(ended.flat().map(({ rows }) => rows?.[0][0])).toEqual([1, 1, 3, 3, 1, 1]);
  const endless = rigWith({ 'e-1-py3-none-any.whl': wheelOf({ 'e.py': 'def f():\n    while 1: pass\n' }) });
  expect(await endless.end('import e\ndef p(g):\n    e.f()')).toMatchObject({ status: 'over-budget' });
});

it('says of what is not offered why, where it is needed', async () => {
  const rig = rigWith({
    'gridtools-1.0-py3-none-any.whl': GRIDS,
    'numpy-9-cp314-cp314-any.whl': wheelOf({ 'numpy/__init__.py': '', 'numpy/core.so': 'x' }),
    'broken-1-py3-none-any.whl': 'no archive',
    'damaged-1-py3-none-any.whl': Buffer.from(wheelOf({ 'a.py': '', 'damaged.py': 'x = 1' })).fill(7, 30, 60),
    'endless-1-py3-none-any.whl': wheelOf({ 'endless.py': 'while True: pass' }),
    'wrong-1-py3-none-any.whl': wheelOf({ 'wrong.py': 'x = (' }),
    'failing-1-py3-none-any.whl': wheelOf({
      'failing/__init__.py': 'import failing.part\n1 / 0\n',
      'failing/part.py': '',
    }),
  });
  const says = async (module: string) => {
    const { diagnostics } = await rig.load(`import ${module}\ndef p(g):\n    return g`);
    return diagnostics.map(({ code, message }) => `${code}: ${message}`).join();
  };
  const refused = (module: string, why: string) => `PY003: needs ${module}, which cannot be offered: ${why}`;
  expect(await says('gridtools.outside')).toBe(refused('gridtools.outside', 'gridtools.outside needs os'));
  expect(await says('numpy.linalg')).toBe(
    refused('numpy.linalg', 'numpy-9-cp314-cp314-any.whl has compiled parts'),
  );
  expect(await says('broken')).toBe(refused('broken', 'broken-1-py3-none-any.whl is no wheel'));
  expect(await says('damaged')).toBe(refused('damaged', 'damaged-1-py3-none-any.whl is damaged'));
  expect(await says('endless')).toBe(refused('endless', 'endless takes too long to load'));
  expect(await says('wrong')).toBe(
    refused('wrong', "wrong does not load: SyntaxError: '(' was never closed"),
  );
  expect(await says('failing.part')).toBe(
    refused('failing.part', 'failing does not load: ZeroDivisionError: division by zero'),
  );
  expect(await says('scipy')).toBe('PY003: needs scipy, which is not offered');
  expect(await says('gridtools')).toBe('');
});

it('is in the keys: other packages, other outcomes', async () => {
  const root = temporaryFolder();
  const task = { train: [{ input: [[1]], output: [[2]] }], test: [{ input: [[1]], output: [[2]] }] };
  writeFiles(root, {
    'tasks/task001.json': JSON.stringify(task),
    'python/task001.py': 'import two\ndef p(g):\n    return [[two.two()]]\n',
    'python/task001-b.py': 'def p(g):\n    return [[2]]\n',
    'config/battbuild.json': '{ "python": "python", "python.packages": "packages" }',
    'packages/README': '',
  });
  const wheel = join(root, 'packages/two-1-py3-none-any.whl');
  const build = async () => {
    const { summary, diagnostics } = await buildIn(root);
    return [summary.cellsRun, summary.solved, diagnostics.map(({ code }) => code).join()];
  };
  expect(await build()).toEqual([2, 1, 'FILE002,PY003']);
  writeFileSync(wheel, wheelOf({ 'two.py': 'def two():\n    return 1\n' }));
  expect(await build()).toEqual([4, 1, '']);
  expect(await build()).toEqual([0, 1, '']);
  const before = workspaceOf(root).wheels.digest;
  writeFileSync(wheel, wheelOf({ 'two.py': 'def two():\n    return 2\n' }));
  expect(workspaceOf(root).wheels.digest).not.toBe(before);
  expect(await build()).toEqual([4, 1, '']);
  writeFileSync(wheel, wheelOf({ 'two.py': 'def two():\n    return 1\n' }));
  // Known from before.
  expect(await build()).toEqual([0, 1, '']);
});
