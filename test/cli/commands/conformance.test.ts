/** `conformance`: replays a folder of vectors. */
import { describe, expect, it } from 'vitest';
import { OWN_VECTORS } from '../../dsl/shared-vectors.js';
import { emptyWorkspace } from '../rig.js';

const GOOD = '{"fn":"add","args":[1,2],"out":3}\n';
const BAD = '{"fn":"add","args":[1,2],"out":4}\n';

describe('conformance', () => {
  it('ends with what passed and what failed', async () => {
    const workspace = emptyWorkspace();
    workspace.write('vectors/add.jsonl', GOOD.repeat(3));
    expect(await workspace.run('conformance', 'vectors')).toEqual({
      code: 0,
      stdout: '3 passed, 0 failed\n',
      stderr: '',
    });
  });

  it('names the file and line of a failure, and exits with 1', async () => {
    const workspace = emptyWorkspace();
    workspace.write('vectors/add.jsonl', GOOD + BAD);
    const { code, stdout } = await workspace.run('conformance', 'vectors');
    expect(stdout).toMatch(/^add\.jsonl:2: expected 4, got 3\n1 passed, 1 failed\n$/);
    expect(code).toBe(1);
  });

  it('prints twenty failures and counts the rest', async () => {
    const workspace = emptyWorkspace();
    workspace.write('vectors/add.jsonl', BAD.repeat(25));
    const { stdout } = await workspace.run('conformance', 'vectors');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(22);
    expect(lines.slice(-2)).toEqual(['... and 5 more', '0 passed, 25 failed']);
  });

  it('refuses a folder without vectors', async () => {
    const workspace = emptyWorkspace();
    workspace.write('empty/add.jsonl', '\n');
    workspace.write('none/readme.txt', '');
    for (const folder of ['empty', 'none', 'absent']) {
      const { code, stdout, stderr } = await workspace.run('conformance', folder);
      expect(stderr).toMatch(new RegExp(`^error: ${folder} `));
      expect([code, stdout]).toEqual([2, '']);
    }
  });

  it('passes the vectors of this project', async () => {
    const { code, stdout } = await emptyWorkspace().run('conformance', OWN_VECTORS);
    expect(stdout).toMatch(/^\d+ passed, 0 failed\n$/);
    expect(code).toBe(0);
  });
});
