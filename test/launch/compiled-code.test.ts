/** The compiled code of the program itself: it saves time, and nothing depends on it. */
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outputOf } from '../child-output.js';
import { MAIN, mirrorWorkspace, type TestWorkspace } from '../cli/rig.js';
import { plainEnvironment } from '../environment.js';
import { LOADED } from './loaded.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A second copy of the program. */
function copyOfProgram(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'battbuild-code-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'dist'));
  for (const file of ['package.json', 'dist/fingerprints.json'])
    cpSync(join(PROJECT, file), join(folder, file));
  cpSync(dirname(MAIN), join(folder, 'dist/bundle'), {
    recursive: true,
    filter: (path) => !path.endsWith('python'),
  });
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'dist/bundle');
}

function codeIn(bundle: string): string[] {
  return readdirSync(bundle)
    .filter((name) => name.endsWith('.code'))
    .map((name) => join(bundle, name));
}

/** Files of the program that a command line loads: true where V8 took the compiled code. */
async function loadedBy(
  workspace: TestWorkspace,
  args: readonly string[],
  main = MAIN,
): Promise<Readonly<Record<string, boolean>>> {
  const child = spawn(process.execPath, ['--require', LOADED, main, ...args], {
    cwd: workspace.folder,
    env: plainEnvironment(),
  });
  const { code, stderr } = await outputOf(child);
  expect(code).toBe(0);
  return JSON.parse(stderr) as Record<string, boolean>;
}

/** Builds twice with a program, each time after an edit. */
async function builds(main: string, flags: readonly string[] = []): Promise<void> {
  const workspace = mirrorWorkspace();
  const build = () =>
    outputOf(
      spawn(process.execPath, [...flags, main, 'build', '--quiet'], {
        cwd: workspace.folder,
        env: plainEnvironment(),
      }),
    );
  expect(await build()).toMatchObject({ code: 0, stderr: '' });
  workspace.writeSolver('more.py', 'solve_mirror_more', 'return hmirror(I)');
  expect(await build()).toMatchObject({ code: 0, stderr: '' });
  expect(await workspace.build()).toMatchObject({ cellsRun: 0, candidates: 5 });
}

describe('compiled code', () => {
  it('is there for all that a build loads before it evaluates; if nothing changed, that is two files', async () => {
    const workspace = mirrorWorkspace();
    const first = await loadedBy(workspace, ['build', '--quiet']);
    // Workers start with an option of V8's that the code of other files was not stored under.
    const { 'gc.js': _gc, 'selection-name.js': _name, ...before } = first;
    expect(new Set(Object.values(before))).toEqual(new Set([true]));
    expect(Object.keys(first)).toContain('work.js');
    const again = await loadedBy(workspace, ['build']);
    expect(again).toEqual({ 'program.js': true, 'quick.js': true });
  });

  it('is there for all that a search loads', async () => {
    const loaded = await loadedBy(mirrorWorkspace(), ['card', '--per-task', '2']);
    expect(new Set(Object.values(loaded))).toEqual(new Set([true]));
    expect(Object.keys(loaded)).toContain('search.js');
  });

  it('belongs to texts that Node reads quickly: those in ASCII', () => {
    const folder = dirname(MAIN);
    const texts = readdirSync(folder).filter((name) => name.endsWith('.js') && name !== 'report-page.js');
    expect(texts.filter((name) => /[^\0-\x7f]/.test(readFileSync(join(folder, name), 'utf8')))).toEqual([]);
  });

  it('is not needed', async () => {
    const bundle = copyOfProgram();
    expect(codeIn(bundle)).not.toEqual([]);
    for (const path of codeIn(bundle)) rmSync(path);
    await builds(join(bundle, 'main.js'));
  });

  it.each([0, 40, 3000])('is ignored where it ends after %i bytes', async (length) => {
    const bundle = copyOfProgram();
    for (const path of codeIn(bundle)) truncateSync(path, length);
    const loaded = await loadedBy(mirrorWorkspace(), ['build', '--quiet'], join(bundle, 'main.js'));
    expect(loaded['work.js']).toBe(false);
    await builds(join(bundle, 'main.js'));
  });

  it('is ignored by a V8 with other flags', () => builds(MAIN, ['--no-lazy']));
});
