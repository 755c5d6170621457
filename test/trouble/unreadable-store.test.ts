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
      rmSync(workspace.path(store), { recursive: true });
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
  it('every command that reads says that nothing can be read', async () => {
    const workspace = await built();
    for (const command of READERS) {
      make(workspace);
      const { code, stdout, stderr } = await workspace.run(...command.split(' '));
      expect([command, code, stdout]).toEqual([command, 2, '']);
      expect(stderr).toContain(told);
    }
  });

  it('`verify` calls that a problem', async () => {
    const workspace = await built();
    make(workspace);
    const { code, stdout, stderr } = await workspace.run('verify');
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain(told);
    expect(stdout + stderr).not.toContain('this build');
  });

  it('`clean` does not say that there is nothing, and leaves what it cannot know', async () => {
    const workspace = await built();
    make(workspace);
    const { code, stdout, stderr } = await workspace.run('clean');
    expect(stderr).toContain('what was published is not known: the store ');
    expect([code, stdout]).toEqual([1, '']);
    expect(existsSync(workspace.path('out/solver_dir'))).toBe(true);
  });
});

describe.skipIf(ANOTHER_USER === null)('for another user (skipped where nobody else can be played)', () => {
  /** Every command that reads, and what each says and ends with. */
  function told(workspace: TestWorkspace): string[] {
    chmodSync(workspace.folder, 0o755);
    const all = READERS.map((command) => `battbuild ${command} 2>&1 >/dev/null | head -n 1`);
    return asAnotherUser(workspace, all.join('\n')).stdout.trimEnd().split('\n');
  }

  it('every command that reads says that a store is too large to be read as a copy', async () => {
    const workspace = await built();
    truncateSync(workspace.path(store), 1025 * 2 ** 20);
    const why = 'it has more than the 1024 MB that are read where nothing can be written';
    const line = `error: the store ${workspace.path(store)} cannot be read: permission denied, and it cannot be read: ${why}`;
    expect(told(workspace)).toEqual(READERS.map(() => line));
  });

  it('every command that reads says that a folder is closed to it', async () => {
    const workspace = await built();
    chmodSync(workspace.path('cache'), 0o700);
    const line = `error: the store in ${workspace.path('cache')} cannot be read: permission denied`;
    expect(told(workspace)).toEqual(READERS.map(() => line));
  });
});

async function built(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.run('build', '--quiet');
  return workspace;
}

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
