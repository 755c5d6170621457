/** `init`: creates a workspace with an example that is solved. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAIN, TestWorkspace } from '../rig.js';

function emptyFolder(): TestWorkspace {
  const workspace = new TestWorkspace(mkdtempSync(join(tmpdir(), 'battbuild-init-')));
  onTestFinished(() => rmSync(workspace.folder, { recursive: true, force: true }));
  return workspace;
}

describe('init', () => {
  it('writes a workspace whose task is solved by two programs of one behaviour', async () => {
    const folder = emptyFolder();
    const { code, stdout, stderr } = await folder.run('init');
    expect(stdout).toContain('wrote config/battbuild.json\n');
    const [, program = '', script = ''] = /\nnext: (node) (.*) build\n$/.exec(stdout) ?? [];
    expect(program).toBe('node');
    expect(resolve(folder.folder, script)).toBe(MAIN);
    expect([code, stderr]).toEqual([0, '']);
    expect(await folder.build()).toMatchObject({ solved: 1, programs: 2, behaviours: 1, diagnostics: 0 });
  });

  it('makes the folder that is named, and says how to go on', async () => {
    const folder = emptyFolder();
    const { stdout } = await folder.run('init', 'a/b');
    expect(stdout).toContain('wrote a/b/solvers/flip-sideways.py\n');
    expect(stdout).toMatch(/\nnext: cd a\/b && node [^ ]+\/main\.js build\n$/);
    expect(folder.read('a/b/config/battbuild.json')).toContain('"solvers"');
  });

  it('names the command by its name where that is one, and as npx finds it where only that does', async () => {
    const folder = emptyFolder();
    folder.write('bin/battbuild', '');
    // As in a shell, even if npm runs the tests: npm finds names that a shell does not.
    const path = process.env['PATH'] as string;
    const withoutNpm = { npm_execpath: undefined, npm_command: undefined };
    const env = { ...withoutNpm, PATH: `${folder.path('bin')}${delimiter}${path}` };
    expect((await folder.runWith(env, 'init', 'a')).stdout).toContain('next: cd a && battbuild build\n');
    folder.write('node_modules/.bin/battbuild', '');
    expect((await folder.runWith({ ...env, npm_command: 'run' }, 'init', 'c')).stdout).toContain(
      'npx battbuild build\n',
    );
    expect((await folder.run('init', 'b')).stdout).toContain('next: cd b && npx battbuild build\n');
  });

  it('names the schema of the config', async () => {
    const folder = emptyFolder();
    await folder.run('init', 'a');
    const { $schema } = JSON.parse(folder.read('a/config/battbuild.json')) as { $schema: string };
    expect(JSON.parse(folder.read(join('a/config', $schema)))).toHaveProperty('properties.budget');
  });

  it('overwrites nothing', async () => {
    const folder = emptyFolder();
    folder.write('config/battbuild.json', '{}');
    const { code, stdout } = await folder.run('init');
    expect(stdout).toContain('config/battbuild.json was there already');
    expect(folder.read('config/battbuild.json')).toBe('{}');
    expect(code).toBe(0);
  });

  it('says what is in its way', async () => {
    const folder = emptyFolder();
    folder.write('config', 'a file');
    const { code, stdout, stderr } = await folder.run('init');
    expect(stderr).toContain('config: ');
    expect([code, stdout]).toEqual([2, '']);
  });
});
