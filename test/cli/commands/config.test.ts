/** `battbuild config`: the settings in force and their origins. */
import { expect, it } from 'vitest';
import { CONFIG_KEYS } from '../../../src/workspace/config/config-keys.js';
import { emptyWorkspace } from '../rig.js';

it('battbuild config prints every setting with its origin, in two formats', async () => {
  const workspace = emptyWorkspace();
  workspace.write(
    'config/battbuild.json',
    '{\n  "cache": "kept",\n  "jobs": 2,\n  "publish": {"keep": 3}\n}\n',
  );
  workspace.write('more/a.py', '');
  const env = { BATTBUILD_JOBS: '4', BATTBUILD_SOLVERS: 'more:more/a.py', BATTBUILD_BUDGET_COST: '1000' };
  const args = ['config', '--budget', '5000'];
  const text = await workspace.runWith(env, ...args);
  const rows = text.stdout.split('\n').map((line) => line.trimEnd().split(/ {2,}/));
  expect(rows[0][0]).toMatch(/^\/.* with config\/battbuild.json$/);
  for (const row of [
    ['tasks', 'tasks', 'default'],
    ['solvers', 'more, more/a.py', 'BATTBUILD_SOLVERS'],
    ['cache', 'kept', 'config/battbuild.json:2'],
    ['jobs', '4', 'BATTBUILD_JOBS'],
    ['budget.cost', '5000', '--budget'],
    ['publish.keep', '3', 'config/battbuild.json:4'],
    ['gc.maxAgeDays', '30', 'default'],
  ])
    expect(rows).toContainEqual(row);
  expect([text.code, text.stderr]).toEqual([0, '']);

  const { settings, config } = JSON.parse((await workspace.runWith(env, ...args, '--json')).stdout);
  expect(config).toBe('config/battbuild.json');
  expect(Object.keys(settings)).toEqual(Object.keys(CONFIG_KEYS));
  expect(settings.solvers).toEqual({
    value: ['more', 'more/a.py'],
    origin: { kind: 'environment', variable: 'BATTBUILD_SOLVERS' },
    paths: [expect.stringMatching(/\/more$/), expect.stringMatching(/\/more\/a.py$/)],
  });
  expect(settings.cache.origin).toEqual({ kind: 'file', file: 'config/battbuild.json', line: 2 });
  expect(settings['budget.cost']).toEqual({ value: 5000, origin: { kind: 'flag', flag: '--budget' } });
});

it('the environment changes what a build does, and a variable with a mistake in it is named', async () => {
  const workspace = emptyWorkspace();
  workspace.writeMirrorTask('mirror');
  workspace.writeSolver('mirror.py', 'solve_mirror', 'return vmirror(I)');
  const built = await workspace.runWith({ BATTBUILD_OUT: 'there', BATTBUILD_CACHE: 'kept' }, 'build');
  expect(built.stdout).toContain(' in there, ');
  expect(workspace.read('kept/CACHEDIR.TAG')).toContain('Signature');

  const bad = await workspace.runWith({ BATTBUILD_PAIRING: 'none' }, 'build');
  expect(bad.stderr).toContain('BATTBUILD_PAIRING: error CONF004: expected "own" or "all", found "none"');
  expect(bad.code).toBe(2);
});

it('battbuild config says which variables give no setting', async () => {
  const { code, stderr } = await emptyWorkspace().runWith({ BATTBUILD_JOB: '4' }, 'config');
  expect(stderr).toBe('BATTBUILD_JOB gives no setting: did you mean BATTBUILD_JOBS?\n');
  expect(code).toBe(0);
});
