/** `clean`: removes what battbuild wrote, and nothing else. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mirrorWorkspace, type TestWorkspace } from '../rig.js';

async function builtWorkspace(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.build();
  return workspace;
}

function files(workspace: TestWorkspace, folder: string): string[] {
  if (!existsSync(workspace.path(folder))) return [];
  const entries = readdirSync(workspace.path(folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
}

describe('clean', () => {
  it('removes the store and the published files, and says so', async () => {
    const workspace = await builtWorkspace();
    const published = files(workspace, 'out').length;
    const texts = files(workspace, 'out/solver_md5').length;
    expect(published).toBeGreaterThan(0);
    const { code, stdout, stderr } = await workspace.run('clean');
    expect(stdout).toContain(`removed ${texts} published files and ${published - texts} links`);
    expect(stdout).toMatch(/removed \d+ store files/);
    expect(files(workspace, 'out')).toEqual([]);
    expect(files(workspace, 'cache')).toEqual([]);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('leaves foreign files where they are, and inputs untouched', async () => {
    const workspace = await builtWorkspace();
    workspace.write('out/solver_md5/mine.py', 'mine');
    workspace.write('cache/README.md', 'mine');
    await workspace.run('clean');
    expect(files(workspace, 'out')).toEqual(['mine.py']);
    expect(files(workspace, 'cache')).toEqual(['README.md']);
    expect(files(workspace, 'solvers')).toEqual(['mirror.py']);
    expect(files(workspace, 'tasks')).toEqual(['mirror.json']);
  });

  it('--published leaves the store, which knows them no more', async () => {
    const workspace = await builtWorkspace();
    await workspace.run('clean', '--published');
    expect(files(workspace, 'out')).toEqual([]);
    // The next build finds everything except the files.
    expect(await workspace.build()).toMatchObject({ cellsRun: 0, solved: 1 });
    expect(files(workspace, 'out').length).toBeGreaterThan(0);
  });

  it('--store leaves the published files', async () => {
    const workspace = await builtWorkspace();
    const published = files(workspace, 'out');
    await workspace.run('clean', '--store');
    expect(files(workspace, 'out')).toEqual(published);
    expect(await workspace.build()).toMatchObject({ cellsRun: 9, diagnostics: 0 });
  });

  it('--dry-run says what would go, to the file, and removes nothing', async () => {
    const workspace = await builtWorkspace();
    const before = [files(workspace, 'out'), files(workspace, 'cache')];
    const { code, stdout } = await workspace.run('clean', '--dry-run');
    expect([files(workspace, 'out'), files(workspace, 'cache')]).toEqual(before);
    const done = await workspace.run('clean');
    expect([code, stdout.replaceAll('would remove', 'removed')]).toEqual([0, done.stdout]);
  });

  it('has nothing to remove twice', async () => {
    const workspace = await builtWorkspace();
    await workspace.run('clean');
    expect((await workspace.run('clean')).stdout).toBe('nothing to remove\n');
  });
});
