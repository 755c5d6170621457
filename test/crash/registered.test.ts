/** Files that the store registered, but that the process had not written when it was killed. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workspaceName } from '../../src/build/selection/selection.js';
import { Store } from '../../src/store/store.js';
import { exampleWorkspace, RECOLORED } from '../build/example.js';
import { buildIn, linesOf, treeOf, workspaceOf, writeFiles } from '../build/rig.js';

const LATE = {
  'solvers/late.py': `def solve_${RECOLORED}_00000009(I):\n    return fill(I, 4, ofcolor(I, 1))\n`,
};

it('are written by the next build, though the folder of their links is as it was left', async () => {
  const clean = exampleWorkspace(LATE);
  await buildIn(clean);
  const wanted = treeOf(join(clean, 'out'));
  const root = exampleWorkspace();
  await buildIn(root);
  const before = treeOf(join(root, 'out'));
  const fresh = [...wanted.keys()].filter((name) => !before.has(name));
  const folders = new Set([...before.keys()].map((name) => name.slice(0, name.lastIndexOf('/'))));
  // Otherwise the test would show nothing: the folder of the link must exist.
  expect(
    fresh.filter(
      (name) => name.startsWith('solver_dir/') && folders.has(name.slice(0, name.lastIndexOf('/'))),
    ),
  ).toHaveLength(1);
  const store = Store.open(join(root, 'cache'));
  const { out, ...rest } = workspaceOf(root);
  store.write(() => store.published.add(out.path, workspaceName({ out, ...rest }) + RECOLORED, fresh));
  store.close();
  writeFiles(root, LATE);
  await buildIn(root);
  expect(linesOf(treeOf(join(root, 'out')))).toEqual(linesOf(wanted));
});
