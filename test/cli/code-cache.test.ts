/** Compiled code beside the store: it saves time, and nothing depends on it. */
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mirrorWorkspace, type TestWorkspace } from './rig.js';

function compiled(workspace: TestWorkspace): string[] {
  const folder = workspace.path('cache/code');
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

const UP_TO_DATE = { cellsRun: 0, solved: 1, diagnostics: 0 };

async function builtTwice(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.build();
  expect(compiled(workspace)).toEqual([]);
  await workspace.build();
  expect(compiled(workspace)).not.toEqual([]);
  return workspace;
}

describe('compiled code', () => {
  it('is kept beside a store that is there, and read by the next build', async () => {
    const workspace = await builtTwice();
    const contents = () => compiled(workspace).map((path) => readFileSync(path, 'latin1'));
    const before = contents();
    expect(await workspace.build()).toMatchObject(UP_TO_DATE);
    expect(contents()).toEqual(before);
  });

  it('is ignored where it is damaged or cut short', async () => {
    const workspace = await builtTwice();
    for (const [k, path] of compiled(workspace).entries()) {
      if (k % 2 === 0) truncateSync(path, 40);
      else writeFileSync(path, Buffer.from(readFileSync(path)).fill(0x5a, 100, 900));
    }
    expect(await workspace.build()).toMatchObject(UP_TO_DATE);
    const { code, stderr } = await workspace.run('build', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('is done without where a file is in its place', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build();
    workspace.write('cache/code', 'in the way');
    const { code, stderr } = await workspace.run('build', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    expect(workspace.read('cache/code')).toBe('in the way');
  });

  it('is removed with the store', async () => {
    const workspace = await builtTwice();
    expect((await workspace.run('clean', '--store')).code).toBe(0);
    expect(existsSync(workspace.path('cache/code'))).toBe(false);
  });
});
