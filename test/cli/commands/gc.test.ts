/** `gc` on the command line: what it prints. */
import { describe, expect, it } from 'vitest';
import { mirrorWorkspace } from '../rig.js';

describe('gc', () => {
  it('says what it forgot, and leaves a workspace in use as it is', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build();
    const { code, stdout, stderr } = await workspace.run('gc');
    expect(stdout).toContain('forgot 0 selections, 0 groups of steps, 0 runs, 0 left-over files\n');
    expect([code, stderr]).toEqual([0, '']);
    expect(await workspace.build()).toMatchObject({ cellsRun: 0, solved: 1 });
  });

  it('takes limits from options, and prints JSON', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build();
    const [collected] = await workspace.json('gc', '--json', '--max-age', '1', '--max-size', '0');
    expect(collected).toMatchObject({ selections: 0, shards: 0, overLimit: true });
  });

  it('says that a dry run is one', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build();
    expect((await workspace.run('gc', '--dry-run')).stdout).toMatch(/^would forget 0 selections/);
  });

  it('refuses a limit that is no number', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build();
    expect((await workspace.run('gc', '--max-age', 'old')).code).toBe(2);
  });
});
