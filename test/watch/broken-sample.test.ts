/** What a watch reports of a sample that matched before and no longer does, in an edited workspace. */
import { expect, it } from 'vitest';
import { solver, WatchRig, workspaceFolder } from './rig.js';

it('names the first sample that broke, and counts the cells that differ', async () => {
  const rig = new WatchRig(workspaceFolder());
  await rig.rest();
  rig.write('solvers/mirror.py', solver('solve_mirror', 'I'));
  expect((await rig.built()).broken).toEqual([
    { task: 'mirror', kind: 'demo', index: 0, status: 'ok', cells: { differ: 2, of: 2 } },
  ]);
  rig.write('solvers/mirror.py', solver('solve_mirror', 'vmirror(I)'));
  expect((await rig.built()).broken).toEqual([]);
  rig.write('solvers/mirror.py', solver('solve_mirror', 'upscale(I, TWO)'));
  expect((await rig.built()).broken).toMatchObject([{ kind: 'demo', index: 0, status: 'ok', cells: null }]);
  rig.write('solvers/mirror.py', solver('solve_mirror', 'vmirror(I)'));
  await rig.built();
  rig.write('solvers/mirror.py', solver('solve_mirror', 'first(ofcolor(I, NINE))'));
  expect((await rig.built()).broken).toMatchObject([{ kind: 'demo', index: 0, cells: null }]);
});

it('is told of a renamed solver that it is the same', async () => {
  const rig = new WatchRig(workspaceFolder());
  await rig.rest();
  rig.remove('solvers/mirror.py');
  rig.write('solvers/turned.py', solver('solve_mirror', 'vmirror(I)'));
  const { tasks, solved, lost } = await rig.built();
  expect([solved, lost]).toEqual([[], []]);
  expect(tasks.map(({ solvers }) => solvers)).toEqual([
    [
      {
        file: 'solvers/turned.py',
        name: 'solve_mirror',
        before: 3,
        after: 3,
        was: { file: 'solvers/mirror.py', name: 'solve_mirror' },
      },
    ],
  ]);
});
