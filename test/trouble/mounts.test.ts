/**
 * Full and read-only disks: results are right, the problem is reported, and the next build with room has everything.
 */
import { describe, expect, it } from 'vitest';
import { bash, largeWorkspace, NAMESPACE, stateOf, undisturbed } from './mounted-folders.js';

const SKIPPED = '(skipped where no disk can be mounted)';

describe.skipIf(NAMESPACE === null)(`a full disk ${SKIPPED}`, () => {
  it.each(['16k', '100k'])('under the store, of %s, costs its memory and nothing else', async (size) => {
    const workspace = largeWorkspace();
    const { stdout, stderr, code } = bash(
      workspace,
      `mkdir cache && mount -t tmpfs -o size=${size} tmpfs cache
       battbuild build --quiet
       echo "code $?"
       cp -a out out-when-full
       mount -o remount,size=100m cache
       battbuild build --quiet; echo "code $?"
       battbuild verify
       battbuild build | grep cell
       cp -a cache cache-after`,
      NAMESPACE as string[],
    );
    expect(stderr).toMatch(/error STORE00[23]: .*(full|disk I\/O error)/);
    expect(stdout.match(/code \d+/g)).toEqual(['code 1', 'code 0']);
    expect(stdout).toContain('nothing is wrong');
    expect(stdout).toContain('no cell executed');
    expect(code).toBe(0);
    // In the folder of the mount: what the second build left there.
    bash(workspace, 'rm -rf cache && mv cache-after cache');
    const expected = await undisturbed();
    expect(await stateOf(workspace)).toEqual(expected);
    expect(await stateOf(workspace, 'out-when-full')).toEqual(expected);
  });

  it('under the published files costs those, each of which is named, and leaves no part of a file', async () => {
    const workspace = largeWorkspace();
    const { stdout, stderr } = bash(
      workspace,
      `mkdir out && mount -t tmpfs -o size=16k tmpfs out
       battbuild build --quiet
       echo "code $?"
       find out -type f -size 0; find out -name '.battbuild-*'
       mount -o remount,size=100m out
       battbuild build --quiet; echo "code $?"
       cp -a out out-after`,
      NAMESPACE as string[],
    );
    expect(stderr).toMatch(/: error OUT002 \d+ times: could not be published: no space left on the device\n/);
    expect(stdout).toBe('code 1\ncode 0\n');
    expect(await stateOf(workspace, 'out-after')).toEqual(await undisturbed());
  });
});

describe.skipIf(NAMESPACE === null)(`a read-only disk ${SKIPPED}`, () => {
  const readOnly = (folder: string) =>
    `mount --bind ${folder} ${folder} && mount -o remount,ro,bind ${folder}`;

  it('under the store is a store that remembers nothing', async () => {
    const workspace = largeWorkspace();
    const { stdout, stderr } = bash(
      workspace,
      `mkdir cache && ${readOnly('cache')}
       battbuild build --quiet; echo "code $?"
       battbuild results; echo "code $?"
       umount cache
       battbuild build --quiet; echo "code $?"`,
      NAMESPACE as string[],
    );
    expect(stderr).toContain('error STORE002: the store cannot be written');
    expect(stdout.match(/code \d+/g)).toEqual(['code 1', 'code 2', 'code 0']);
    expect(await stateOf(workspace)).toEqual(await undisturbed());
  });

  it('under the published files leaves them as they are, and names what could not be changed', async () => {
    const workspace = largeWorkspace();
    workspace.writeSolver('late.py', 'solve_task0_0000ffff', 'return rot90(I)');
    const late = workspace.read('solvers/late.py');
    bash(workspace, 'rm solvers/late.py');
    await workspace.build();
    const before = await stateOf(workspace);
    workspace.write('solvers/late.py', late);
    const { stdout, stderr } = bash(
      workspace,
      `${readOnly('out')}
       battbuild build --quiet; echo "code $?"
       rm solvers/late.py
       battbuild build --quiet; echo "code $?"`,
      NAMESPACE as string[],
    );
    expect(stdout).toBe('code 1\ncode 0\n');
    expect(stderr).toContain('error OUT002: could not be published: the file system is read-only');
    expect(await stateOf(workspace)).toEqual(before);
  });
});
