/** Processes with restricted rights and resources. */
import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bash, largeWorkspace, stateOf, undisturbed } from './mounted-folders.js';

describe('a quota', () => {
  it('for files costs the memory of the build, and the next one has everything', async () => {
    const workspace = largeWorkspace();
    const { stdout, stderr } = bash(
      workspace,
      `(ulimit -f 64; battbuild build --quiet; echo "code $?")
       battbuild verify; echo "code $?"
       battbuild build --quiet; echo "code $?"`,
    );
    expect(stderr).toMatch(/error STORE00[23]: /);
    expect(stdout.match(/code \d+/g)).toEqual(['code 1', 'code 0', 'code 0']);
    expect(await stateOf(workspace)).toEqual(await undisturbed());
  });

  it('for open files ends with all, or with what there is too little of, and never as a bug', async () => {
    const workspace = largeWorkspace();
    // From a limit that is enough for Node itself to one that is enough for everything.
    const limits = [22, 30, 40];
    const { stdout, stderr } = bash(
      workspace,
      `for limit in ${limits.join(' ')}; do
         (ulimit -n $limit; battbuild build --quiet -j 2; echo "code $?")
       done
       battbuild verify; echo "code $?"
       battbuild build --quiet; echo "code $?"`,
    );
    const codes = stdout.match(/code \d+/g) ?? [];
    expect(codes[0]).toBe('code 1');
    expect(codes.slice(limits.length - 1)).toEqual(['code 0', 'code 0', 'code 0']);
    expect(
      codes.filter((code) => code !== 'code 0' && code !== 'code 1'),
      stdout + stderr.slice(0, 2500),
    ).toEqual([]);
    expect(stderr).toContain('too many files are open');
    expect(stderr).not.toContain('bug in battbuild');
    expect(await stateOf(workspace)).toEqual(await undisturbed());
  });
});

/** A user whom permissions restrict: root runs it as nobody. */
const NOBODY =
  process.geteuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];

describe('no permission', () => {
  it('to write anywhere costs what was to be written, and says so of each', async () => {
    const workspace = largeWorkspace();
    chmodSync(workspace.path('..'), 0o755);
    bash(workspace, 'mkdir cache out && chmod -R a+rX,a-w . && chmod 0 solvers/z.py');
    const { stdout, stderr } = bash(workspace, 'battbuild build; echo "code $?"', NOBODY);
    expect(stdout).toContain('code 1');
    expect(stdout).toContain('6 tasks');
    expect(stderr).toContain('solvers/z.py: error FILE001: cannot be read: permission denied');
    expect(stderr).toMatch(/error STORE002: the store cannot be written/);
    expect(stderr).toMatch(/error OUT002.* \d+ times.*: could not be published: permission denied/);
    bash(workspace, 'chmod -R u+rwX . && rm -rf cache out');
    const mended = bash(workspace, 'battbuild build --quiet; echo "code $?"');
    expect(mended.stdout).toBe('code 0\n');
    expect(await stateOf(workspace)).toEqual(await undisturbed());
  });
});
