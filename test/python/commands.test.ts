/** Every command with a workspace that has programs in Python: named by an option, or in the config. */
import { expect, it } from 'vitest';
import { emptyWorkspace, type TestWorkspace } from '../cli/rig.js';
import { watched } from '../cli/watch-process.js';

const MIRROR = 'def transform(grid):\n    return [row[::-1] for row in grid]\n';
/** Right for the demonstrations, which have at most three rows. */
const NEAR = 'def p(g):\n    return [r[::-1] for r in g[:3]]\n';
const LOOP = 'def p(g):\n    while True:\n        pass\n';
const UNBOUND =
  'def transform(grid):\n    if not grid:\n        biggest = 1\n    helper = lambda left, right: left\n    return helper(biggest)\n';

/** With the task `mirror`: Python that solves it, nearly does, never ends and fails, and a solver that does nothing. */
function pythonWorkspace(config = '{ "python": "programs", "python.events": 5000 }'): TestWorkspace {
  const workspace = emptyWorkspace();
  workspace.writeMirrorTask('mirror');
  workspace.write('config/battbuild.json', config);
  workspace.write('programs/mirror.py', MIRROR);
  workspace.write('programs/near.py', NEAR);
  workspace.write('programs/loop.py', LOOP);
  workspace.write('programs/unbound.py', UNBOUND);
  workspace.writeSolver('same.py', 'same', 'return I');
  return workspace;
}

it('every command that takes --solvers takes --python', async () => {
  const workspace = pythonWorkspace('{ "python.events": 5000 }');
  const python = ['--python', 'programs'];
  for (const command of [
    ['build'],
    ['results'],
    ['show', 'mirror'],
    ['explain', 'mirror'],
    ['graph'],
    ['report'],
    ['config'],
    ['submit', '--score'],
    ['verify', '--recompute', '100%'],
    ['card', '--per-task', '1'],
    ['evolve', '--rounds', '1', '--per-task', '1'],
  ]) {
    const { code, stderr } = await workspace.run(...command, ...python);
    expect([command[0], code, code === 0 ? '' : stderr]).toEqual([command[0], 0, '']);
  }
  const { stdout } = await workspace.run('results', '--help');
  expect(stdout).toContain('--python PATH');
});
