/** `report`: one file, or its data. */
import { mkdirSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/data.js';
import { emptyWorkspace, mirrorWorkspace, type TestWorkspace } from '../rig.js';

async function builtWorkspace(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.build();
  return workspace;
}

describe('report', () => {
  it('writes one file in the output folder, and says where', async () => {
    const workspace = await builtWorkspace();
    const { code, stdout, stderr } = await workspace.run('report');
    expect(stdout).toMatch(/^wrote out\/report\.html \(1 task, [\d.]+ kB\)\n$/);
    expect(workspace.read('out/report.html')).toMatch(/^<!doctype html>/);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('writes where it is told, in the place of what is there, and leaves nothing else behind', async () => {
    const workspace = await builtWorkspace();
    workspace.write('some/where.html', 'old');
    const { code, stdout } = await workspace.run('report', '--output', 'some/where.html');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^wrote some\/where\.html /)]);
    expect(workspace.read('some/where.html')).toMatch(/^<!doctype html>/);
    expect(readdirSync(workspace.path('some'))).toEqual(['where.html']);
  });

  it('writes the same file for the same results', async () => {
    const workspace = await builtWorkspace();
    await workspace.run('report', '--output', 'a.html');
    await workspace.run('report', '--output', 'b.html');
    expect(workspace.read('a.html')).toBe(workspace.read('b.html'));
  });

  it('prints its data as one JSON object', async () => {
    const workspace = await builtWorkspace();
    const { code, stdout } = await workspace.run('report', '--json');
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ format: 1, totals: { tasks: 1, solved: 1, candidates: 4, programs: 3 } });
    expect(report.tasks).toMatchObject([
      { id: 'mirror', verdict: 'solved', states: 'sdx', samples: [{ input: '12', expected: '21' }, {}, {}] },
    ]);
    expect(code).toBe(0);
  });

  it('is about the selected tasks', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeMirrorTask('other');
    await workspace.build();
    const { stdout } = await workspace.run('report', '--json', '-i', 'other');
    expect((JSON.parse(stdout) as Report).tasks.map(({ id }) => id)).toEqual(['other']);
  });

  it('says which inputs have changed since the build', async () => {
    const workspace = await builtWorkspace();
    workspace.writeMirrorTask('another');
    const { code, stderr } = await workspace.run('report');
    expect(stderr).toContain('1 input has changed since (tasks/another.json)');
    expect(code).toBe(0);
  });

  it('refuses what cannot be done', async () => {
    const nothing = await emptyWorkspace().run('report');
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('there was no build')]);
    const workspace = await builtWorkspace();
    mkdirSync(workspace.path('folder'));
    const { code, stderr } = await workspace.run('report', '--output', 'folder');
    expect([code, stderr]).toEqual([2, expect.stringContaining('folder cannot be written: ')]);
    expect((await workspace.run('report', '--json', '--output', 'x')).code).toBe(2);
  });
});
