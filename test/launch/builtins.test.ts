/** Modules of Node that take milliseconds to load: short builds do without them. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { outputOf } from '../child-output.js';
import { MAIN, mirrorWorkspace, type TestWorkspace } from '../cli/rig.js';
import { plainEnvironment } from '../environment.js';

const BUILTINS = fileURLToPath(new URL('fixtures/builtins.cjs', import.meta.url));

async function loadedBy(workspace: TestWorkspace): Promise<string[]> {
  const child = spawn(process.execPath, ['--require', BUILTINS, MAIN, 'build', '--quiet'], {
    cwd: workspace.folder,
    env: plainEnvironment(),
  });
  const { code, stderr } = await outputOf(child);
  expect(code).toBe(0);
  return JSON.parse(stderr) as string[];
}

it('a build in which nothing changed loads none of them', async () => {
  const workspace = mirrorWorkspace();
  await workspace.build();
  const loaded = await loadedBy(workspace);
  const slow = ['crypto', 'perf_hooks', 'v8', 'worker_threads', 'zlib'];
  expect(slow.filter((name) => loaded.includes(name))).toEqual([]);
});

it('a build after one edit loads none that it does not need', async () => {
  const workspace = mirrorWorkspace();
  await workspace.build();
  workspace.writeSolver('more.py', 'solve_mirror_more', 'return hmirror(I)');
  const loaded = await loadedBy(workspace);
  expect(loaded).toContain('crypto');
  expect(['perf_hooks', 'v8', 'worker_threads'].filter((name) => loaded.includes(name))).toEqual([]);
});
