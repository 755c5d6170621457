/** `verify` on the command line: what it prints, and its exit codes. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mirrorWorkspace, type TestWorkspace } from '../rig.js';

async function builtWorkspace(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.build();
  return workspace;
}

function loseText(workspace: TestWorkspace): string {
  const [name] = readdirSync(workspace.path('out/solver_md5'));
  rmSync(workspace.path(`out/solver_md5/${name}`));
  return `out/solver_md5/${name}`;
}

describe('verify', () => {
  it('says what it checked, and that nothing is wrong', async () => {
    const workspace = await builtWorkspace();
    const { code, stdout, stderr } = await workspace.run('verify', '--recompute', '100%');
    expect(stdout).toMatch(/^checked \d+ steps in \d+ packs, .* 1 task of 1 selection, .* run again\n/);
    expect(stdout).toContain('nothing is wrong\n');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('ends with 1 and a line for each problem', async () => {
    const workspace = await builtWorkspace();
    const lost = loseText(workspace);
    const { code, stdout } = await workspace.run('verify');
    expect(code).toBe(1);
    expect(stdout).toContain(`wrong: ${lost}: was published, and there is no such file or folder\n`);
    expect(stdout).toMatch(/wrong; --repair drops it\n$/);
  });

  it('has nothing to say after a repair and a build', async () => {
    const workspace = await builtWorkspace();
    loseText(workspace);
    expect((await workspace.run('verify', '--repair')).code).toBe(1);
    await workspace.build();
    expect((await workspace.run('verify')).code).toBe(0);
  });

  it('--json prints counts and problems as one object', async () => {
    const workspace = await builtWorkspace();
    const [verified] = await workspace.json('verify', '--json', '--recompute', '50');
    expect(verified).toMatchObject({ selections: 1, tasks: 1, pending: 0, problems: [], repaired: false });
  });

  it.each(['0', '101%', 'all'])('refuses %s as a percentage', async (text) => {
    const { code, stderr } = await (await builtWorkspace()).run('verify', '--recompute', text);
    expect(code).toBe(2);
    expect(stderr).toContain('expected a percentage');
  });

  it('begins no store where there is none', async () => {
    const workspace = mirrorWorkspace();
    expect((await workspace.run('verify')).code).toBe(2);
    expect(existsSync(workspace.path('cache'))).toBe(false);
  });
});
