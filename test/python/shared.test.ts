/** Programs in Python and a shared cache: what one machine loaded and ran, another takes. */
import { expect, it, onTestFinished } from 'vitest';
import { buildIn, linesOf, recordedIn, temporaryFolder, treeOf, writeFiles } from '../build/rig.js';
import { CacheServer } from '../remote-cache/cache-server.js';

const TASK = JSON.stringify({
  train: [{ input: [[1, 2]], output: [[2, 1]] }],
  test: [{ input: [[6, 7]], output: [[7, 6]] }],
});
const FILES = {
  'tasks/task001.json': TASK,
  'solvers/mirror.py': 'def solve_task001(I):\n    return vmirror(I)\n',
  'python/mirror.py': 'def transform(grid):\n    return [row[::-1] for row in grid]\n',
  'python/endless.py': 'def transform(grid):\n    while True:\n        pass\n',
  'python/learns.py': 'def solve(S, I):\n    return S[0][1]\n',
  'python/fails.py': 'def p(g):\n    return g[7]\n',
};

it('has their cells and files, whatever they came to', async () => {
  const server = await CacheServer.start();
  onTestFinished(() => server.stop());
  const machine = (mode: string) => {
    const root = temporaryFolder();
    const config = { python: 'python', 'cache.remote': server.url, 'cache.remote.mode': mode };
    writeFiles(root, { ...FILES, 'config/battbuild.json': JSON.stringify(config) });
    return root;
  };
  const [first, second] = [machine('readwrite'), machine('read')];
  const filled = await buildIn(first);
  expect(filled.summary).toMatchObject({
    cellsRun: 10,
    pythonPrograms: 4,
    remote: { unsent: 0, failures: 0 },
  });
  const taken = await buildIn(second);
  expect([taken.ran, taken.summary.cellsRun]).toEqual([{}, 0]);
  expect(taken.summary.remote?.phases).toMatchObject({ load: 5, validate: 10 });
  const left = (root: string) => [linesOf(treeOf(`${root}/out`)), recordedIn(root)];
  expect(left(second)).toEqual(left(first));
});
