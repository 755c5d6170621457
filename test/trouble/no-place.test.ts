/** Folders that do not exist or cannot be written: an immediate message without a stack trace. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/make-folder.js';
import { temporaryFolder } from '../build/rig.js';
import { outputOf } from '../child-output.js';
import { MAIN, mirrorWorkspace } from '../cli/rig.js';
import { plainEnvironment } from '../environment.js';

/** A folder of the system in which nothing can be created. */
const NOWHERE = '/proc/battbuild/deep';
const SKIPPED = '(skipped where there is no /proc)';

describe('a folder', () => {
  it('is made with all that lead to it, and may be there already', () => {
    const path = join(temporaryFolder(), 'a/b/c');
    makeFolder(path);
    makeFolder(path);
    expect(existsSync(path)).toBe(true);
  });

  it('that is in the way of nothing but a file, or a link that leads nowhere, is not made', () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'file'), '');
    symlinkSync('nowhere', join(root, 'link'));
    expect(() => makeFolder(join(root, 'file'))).toThrow('EEXIST');
    expect(() => makeFolder(join(root, 'file/below'))).toThrow('ENOTDIR');
    expect(() => makeFolder(join(root, 'link'))).toThrow('EEXIST');
  });

  it.skipIf(!existsSync('/proc/self'))(`where the system makes none is an error at once ${SKIPPED}`, () => {
    expect(() => makeFolder(NOWHERE)).toThrow('ENOENT');
  });
});

describe.skipIf(!existsSync('/proc/self'))(`a path at which nothing can be made ${SKIPPED}`, () => {
  it.each([
    [['build', '--cache', NOWHERE], 1, 'error STORE002: the store cannot be written (ENOENT'],
    [['build', '--out', NOWHERE], 1, 'error OUT002: could not be published: there is no such file or folder'],
    [['build', '--trace', `${NOWHERE}/t.json`], 1, 'error: '],
    [['report', '--out', `${NOWHERE}`], 2, 'error: '],
    [['stats', '--html', `${NOWHERE}/s.html`], 2, 'cannot be written: there is no such file or folder'],
    [['card', '-i', 'mirror', '--into', NOWHERE], 2, 'there is no such file or folder'],
    [['submit', '--submission', `${NOWHERE}/s.json`], 2, 'there is no such file or folder'],
    [['init', NOWHERE], 2, 'there is no such file or folder'],
  ])('%j', async (args, code, message) => {
    const workspace = mirrorWorkspace();
    if (args[0] !== 'build') await workspace.run('build', '--quiet');
    const child = workspace.start(args);
    // It would never end by itself; having to kill it is a failure.
    const ended = await outputOf(child);
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).not.toContain('bug in battbuild');
    expect(ended.code).toBe(code);
  });
});

describe('a folder that is gone', () => {
  it.each([['build'], ['results'], ['watch'], ['--help']])('under `%s` is a message', async (command) => {
    const gone = mkdtempSync(join(tmpdir(), 'battbuild-gone-'));
    const script = `rmdir '${gone}'; exec '${process.execPath}' '${MAIN}' ${command}`;
    const child = spawn('sh', ['-c', script], { cwd: gone, env: plainEnvironment() });
    const { code, stderr } = await outputOf(child);
    if (command === '--help') expect([code, stderr]).toEqual([0, '']);
    else {
      expect(stderr).toBe('error: the current folder is not there any more\n    go to another folder\n');
      expect(code).toBe(2);
    }
    rmSync(gone, { recursive: true, force: true });
  });

  it('as the home or for temporary files matters to nothing', async () => {
    const workspace = mirrorWorkspace();
    const env = { HOME: '/nowhere/home', TMPDIR: '/nowhere/tmp', SQLITE_TMPDIR: '/nowhere/tmp' };
    for (const args of [
      ['build'],
      ['results'],
      ['gc'],
      ['verify'],
      ['card', '-i', 'mirror', '--into', 'new'],
    ]) {
      expect(await workspace.runWith(env, ...args)).toMatchObject({ code: 0 });
    }
  });
});

it('nothing but `makeFolder` asks the system for folders, all that lead to them included', () => {
  const { stdout } = spawnSync(
    'grep',
    ['-rIlE', 'mkdir(Sync)?\\(.*recursive|mkdtemp', 'src', 'dist/bundle'],
    {
      encoding: 'utf8',
    },
  );
  expect(stdout).toBe('');
});
