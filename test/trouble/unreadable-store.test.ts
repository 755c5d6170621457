/**
 * Stores that cannot be read: a command that reads says so, instead of what would be true of an empty one; and
 * commands that build do without.
 */
import { chmodSync, existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mirrorWorkspace, type TestWorkspace } from '../cli/rig.js';
import { ANOTHER_USER, asAnotherUser } from './another-user.js';

/** Every command that reads the store, with what it needs. */
const READERS = [
  'results',
  'show mirror',
  'stats',
  'report',
  'explain mirror',
  'explain --last',
  'graph -i mirror',
  'compare 1 2',
  'gc',
];

interface Place {
  make(workspace: TestWorkspace): void;
  readonly told: string;
}

const store = 'cache/battbuild.db';

const PLACES: Readonly<Record<string, Place>> = {
  'a folder where it should be': {
    make: (workspace) => {
      rmSync(workspace.path(store));
      mkdirSync(workspace.path(store));
    },
    told: 'cannot be read: unable to open database file',
  },
  'damaged from its beginning': {
    make: (workspace) => writeFileSync(workspace.path(store), 'no database'.repeat(100)),
    told: 'could not be used, it is not a database; it was kept as',
  },
};

describe.each(Object.entries(PLACES))('with %s', (_, { make, told }) => {
  it.each(READERS)('`%s` says that nothing can be read', async (command) => {
    const workspace = mirrorWorkspace();
    await workspace.run('build', '--quiet');
    make(workspace);
    const { code, stdout, stderr } = await workspace.run(...command.split(' '));
    expect(stderr).toContain(told);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('`verify` calls that a problem', async () => {
    const workspace = mirrorWorkspace();
    await workspace.run('build', '--quiet');
    make(workspace);
    const { code, stdout, stderr } = await workspace.run('verify');
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain(told);
    expect(stdout + stderr).not.toContain('this build');
  });

  it('`clean` does not say that there is nothing, and leaves what it cannot know', async () => {
    const workspace = mirrorWorkspace();
    await workspace.run('build', '--quiet');
    make(workspace);
    const { code, stdout, stderr } = await workspace.run('clean');
    expect(stderr).toContain('what was published is not known: the store ');
    expect([code, stdout]).toEqual([1, '']);
    expect(existsSync(workspace.path('out/solver_dir'))).toBe(true);
  });
});

describe.skipIf(ANOTHER_USER === null)('for another user (skipped where nobody else can be played)', () => {
  it.each(READERS)('`%s` says that a store is too large to be read as a copy', async (command) => {
    const workspace = mirrorWorkspace();
    await workspace.run('build', '--quiet');
    chmodSync(workspace.folder, 0o755);
    truncateSync(workspace.path(store), 1025 * 2 ** 20);
    const { code, stderr } = asAnotherUser(workspace, `battbuild ${command}`);
    expect(stderr).toContain(
      'cannot be read: permission denied, and it cannot be read: it has more than the 1024 MB that are read where nothing can be written',
    );
    expect(code).toBe(2);
  });

  it.each(READERS)('`%s` says that a folder is closed to it', async (command) => {
    const workspace = mirrorWorkspace();
    await workspace.run('build', '--quiet');
    chmodSync(workspace.folder, 0o755);
    chmodSync(workspace.path('cache'), 0o700);
    const { code, stderr } = asAnotherUser(workspace, `battbuild ${command}`);
    expect(stderr).toContain(`the store in ${workspace.path('cache')} cannot be read: permission denied`);
    expect(code).toBe(2);
  });
});

describe('without a place for a store', () => {
  it('`evolve` makes the populations that it makes with one', async () => {
    const [stored, unstored] = [mirrorWorkspace(), mirrorWorkspace()];
    mkdirSync(unstored.path(store), { recursive: true });
    const args = ['evolve', '--rounds', '2', '--per-task', '6'];
    const [expected, ended] = [await stored.run(...args), await unstored.run(...args)];
    expect([expected.code, ended.code]).toEqual([0, 0]);
    expect(ended.stderr).not.toContain('bug in battbuild');
    const population = 'out/population/mirror/population.round-2.py';
    expect(unstored.read(population)).toBe(stored.read(population));
  });
});
