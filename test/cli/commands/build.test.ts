/** The output of a build: diagnostics on stderr, the summary on stdout. */
import { describe, expect, it } from 'vitest';
import { emptyWorkspace, mirrorWorkspace } from '../rig.js';

describe('the summary', () => {
  it('says what was found, what ran and where it was published', async () => {
    const { code, stdout, stderr } = await mirrorWorkspace().run();
    expect(stdout).toContain('1 task: 1 solved, 0 partly, 0 unsolved\n');
    expect(stdout).toContain('4 candidates -> 3 programs -> 3 behaviours\n');
    expect(stdout).toContain('9 of 9 cells executed\n');
    expect(stdout).toContain('outcomes: 6 ok, 3 error\n');
    expect(stdout).toMatch(/^validate +0 +9 +-$/m);
    expect(stdout).toMatch(/^published: \d+ files and \d+ links in out, \d+ written or removed$/m);
    expect(stdout).toMatch(/^built in \d/m);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('says that nothing was executed when everything was up to date, and what that saved', async () => {
    const workspace = mirrorWorkspace();
    await workspace.run();
    const { code, stdout, stderr } = await workspace.run();
    expect(stdout).toContain('no cell executed: everything was up to date\n');
    expect(stdout).toContain('4 candidates -> 3 programs -> 3 behaviours\n');
    expect(stdout).toMatch(/^validate +9 +0 +[\d.]+ ms$/m);
    expect(stdout).toContain('nothing to change');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('names the task in which most candidates fold, when there are several tasks', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeMirrorTask('other');
    workspace.writeSolver('other.py', 'turned', 'return vmirror(I)');
    expect((await workspace.run()).stdout).toContain(
      'most folded: mirror, 4 candidates -> 3 programs -> 3 behaviours\n',
    );
  });

  it('has wall time, CPU time and their ratio per phase with --timing', async () => {
    const { stdout } = await mirrorWorkspace().run('--timing');
    expect(stdout).toMatch(/^phase +wall +cpu +cpu \/ wall +hits +misses +time saved$/m);
    const names = ['load', 'filter', 'inline', 'validate', 'score', 'publish', 'total'];
    const found = stdout.split('\n').map((line) => line.split(' ')[0]);
    expect(found.filter((name) => names.includes(name))).toEqual(names);
    expect(stdout).toMatch(/^validate +[\d.]+ m?s +[\d.]+ m?s +(\d+\.\d\d|-) +0 +9 +-$/m);
  });

  it('is not printed with --quiet', async () => {
    expect(await mirrorWorkspace().run('--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('of an empty workspace says what to do next', async () => {
    const { code, stdout, stderr } = await emptyWorkspace().run();
    expect(stdout).toContain('nothing to build');
    expect(stdout).toContain('battbuild init');
    expect(stdout).toContain('--tasks PATH --solvers PATH');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('is coloured only where colours are asked for or shown', async () => {
    const workspace = mirrorWorkspace();
    const codes = '\u001b[';
    expect((await workspace.run()).stdout).not.toContain(codes);
    expect((await workspace.runWith({ FORCE_COLOR: '1' })).stdout).toContain(codes);
    expect((await workspace.runWith({ FORCE_COLOR: '0' })).stdout).not.toContain(codes);
  });
});

describe('inputs that cannot be used', () => {
  it('are diagnostics with their place on stderr, and everything else is built', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/bad.py', 'def solve_mirror_0(I):\n    return vmiror(I)\n');
    const { code, stdout, stderr } = await workspace.run();
    expect(stderr).toContain('solvers/bad.py:2:12: error LANG012: ');
    expect(stderr).toContain('\n    did you mean "vmirror"?');
    expect(stdout).toContain('1 task: 1 solved');
    expect(code).toBe(1);
  });

  it('are told again by a build in which nothing changed', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/bad.py', 'def solve_mirror_0(I):\n    return vmiror(I)\n');
    const first = await workspace.run();
    const second = await workspace.run();
    expect(second.stdout).toContain('no cell executed');
    expect([second.code, second.stderr]).toEqual([1, first.stderr]);
  });

  it('are told with --quiet, without warnings', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/bad.py', 'print(1)\n\n\ndef solve_mirror_0(I):\n    return vmiror(I)\n');
    expect((await workspace.run()).stderr).toContain('warning LANG026');
    const { code, stdout, stderr } = await workspace.run('--quiet');
    expect(stderr).toContain('error LANG012');
    expect(stderr).not.toContain('warning');
    expect([code, stdout]).toEqual([1, '']);
  });

  it('are counted when there are more than anyone reads', async () => {
    const workspace = mirrorWorkspace();
    for (let k = 0; k < 30; k++)
      workspace.write(`solvers/bad-${k}.py`, 'def solve_mirror_0(I):\n    return\n');
    const { stderr } = await workspace.run();
    expect(stderr).toMatch(/^solvers\/bad-0\.py:\d+:\d+: error [A-Z0-9]+ 30 times: /);
    expect(stderr.match(/: error /g)).toHaveLength(1);
  });

  it('cannot send control characters to the terminal', async () => {
    const workspace = mirrorWorkspace();
    workspace.write(
      'solvers/\u001b]0;owned\u0007\u202e.py',
      'def solve_mirror_0(I):\n    return vmiror(I)\n',
    );
    const { stderr } = await workspace.run();
    expect(stderr).toContain('solvers/\\x1b]0;owned\\x07\\u{202e}.py:2:12: error');
    for (const control of ['\u001b', '\u0007', '\u202e']) expect(stderr).not.toContain(control);
  });
});

describe('a dry run', () => {
  it('says which steps would run, and runs none', async () => {
    const workspace = mirrorWorkspace();
    const { code, stdout } = await workspace.run('--dry-run');
    expect(stdout).toMatch(/^would run +load +inline +validate$/m);
    expect(stdout).toMatch(/^solvers\/mirror.py +1 +- +-$/m);
    expect(stdout).toMatch(/^mirror +- +3 +9$/m);
    expect(stdout).toMatch(/^total +1 +3 +9$/m);
    expect(code).toBe(0);
    expect(() => workspace.read('out')).toThrow('ENOENT');
    expect((await workspace.build())['cellsRun']).toBe(9);
  });

  it('says so when nothing would run', async () => {
    const workspace = mirrorWorkspace();
    await workspace.run();
    expect((await workspace.run('-n')).stdout).toContain('nothing would run: everything is up to date');
  });
});

it('--force runs every step again', async () => {
  const workspace = mirrorWorkspace();
  await workspace.run();
  expect((await workspace.run('--force')).stdout).toContain('9 of 9 cells executed');
});

describe('an output folder that cannot be written', () => {
  it('is no folder in which nothing is to change', async () => {
    const workspace = mirrorWorkspace();
    for (const group of ['solver', 'differ'])
      for (const part of ['md5', 'dir']) workspace.write(`out/${group}_${part}`, 'a file');
    const { code, stdout, stderr } = await workspace.run();
    expect(stderr).toContain('error OUT002');
    expect(stdout).not.toContain('nothing to change');
    expect(stdout).toMatch(/^published: 0 files in out, \d+ could not be written or removed$/m);
    expect(code).toBe(1);
  });

  it('in a part of it is told beside what was written', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('out/solver_dir', 'a file');
    const { stdout } = await workspace.run();
    expect(stdout).toMatch(/^published: \d+ files in out, \d+ written or removed, \d+ could not be$/m);
  });
});
