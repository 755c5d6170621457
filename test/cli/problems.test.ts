/** The diagnostics of a build for inputs that are wrong, unusual or missing; their numbers, and the exit code. */
import { describe, expect, it } from 'vitest';
import { emptyWorkspace, mirrorWorkspace } from './rig.js';

const WRONG = 'def wrong(I):\n    return nothing_of_the_kind(I)\n';

/** This many functions with the same error. */
function wrongs(count: number): string {
  return Array.from({ length: count }, (_, k) => WRONG.replace('wrong', `wrong${k}`)).join('\n\n');
}

describe('a solver of a task that is not here', () => {
  it('is no mistake: the summary counts it, in one line', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeSolver('a.py', 'solve_0a1b2c3d', 'return vmirror(I)');
    workspace.writeSolver('b.py', 'verify_0a1b2c3d', 'return vmirror(I)');
    workspace.writeSolver('0a1b2c3e.py', 'turned', 'return vmirror(I)');
    const { code, stdout, stderr } = await workspace.run();
    expect(stdout).toContain('4 candidates');
    expect(stdout).toMatch(/built in .*\n3 solvers belong to no task here\n$/);
    expect([code, stderr]).toEqual([0, '']);
    // The diagnostic is repeated although nothing is read.
    expect((await workspace.run()).stdout).toMatch(/\n3 solvers belong to no task here\n$/);
    expect(await workspace.build()).toMatchObject({ strays: 3, diagnostics: 0 });
  });

  it('is named by build --problems', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeSolver('a.py', 'solve_0a1b2c3d', 'return vmirror(I)');
    const said = 'solvers/a.py:1: solve_0a1b2c3d belongs to no task here\n1 solver belongs to no task here\n';
    for (let builds = 0; builds < 2; builds++) {
      expect(await workspace.run('--problems')).toMatchObject({ code: 0, stdout: said });
    }
  });

  it('is judged as soon as the task is there', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeSolver('a.py', 'solve_0a1b2c3d', 'return vmirror(I)');
    expect(await workspace.build()).toMatchObject({ strays: 1, candidates: 4 });
    workspace.writeMirrorTask('0a1b2c3d');
    expect(await workspace.build()).toMatchObject({ strays: 0, candidates: 5, solved: 2 });
  });
});

describe('a file of functions named after tasks', () => {
  it('gives each to its task, whatever the word before or after', async () => {
    const workspace = emptyWorkspace();
    for (const id of ['0a1b2c3d', 'b1b2c3d4']) workspace.writeMirrorTask(id);
    const names = ['verify_0a1b2c3d', 'b1b2c3d4_v2', 'my_best_b1b2c3d4_so_far'];
    workspace.write(
      'solvers/all.py',
      names.map((name) => `def ${name}(I):\n    return vmirror(I)\n`).join(''),
    );
    expect(await workspace.build()).toMatchObject({ candidates: 3, solved: 2, diagnostics: 0 });
  });

  it('that names none is said to be many candidates where they are', async () => {
    const workspace = mirrorWorkspace();
    const text = Array.from({ length: 201 }, (_, k) => `def turn${k}(I):\n    return vmirror(I)\n`);
    workspace.write('solvers/many.py', text.join(''));
    const tasks = Object.fromEntries(
      Array.from({ length: 99 }, (_, k) => [`task${k}`, JSON.parse(workspace.read('tasks/mirror.json'))]),
    );
    workspace.write('tasks/many.json', JSON.stringify(tasks));
    const { stderr, code } = await workspace.run('-n');
    expect(stderr).toContain(
      'solvers/many.py: warning TASK014: 201 functions of this file name no task, so that each is tried on all 100 tasks: 20,100 candidates\n',
    );
    expect(code).toBe(0);
    // With fewer tasks they are not too many; with the pairing "all" there is no note.
    expect((await workspace.run('-n', '-c', '99')).stderr).not.toContain('TASK014');
    workspace.write('config/battbuild.json', '{"pairing": "all"}');
    expect((await workspace.run('-n')).stderr).not.toContain('TASK014');
  });
});

describe('problems', () => {
  it('are counted at the end of the summary, with the command that lists them', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/a.py', wrongs(2));
    workspace.write('solvers/b.py', WRONG);
    const closing = /built in .*\n3 errors in 2 files; all of them: battbuild build --problems\n$/;
    for (let builds = 0; builds < 2; builds++) {
      const { code, stdout, stderr } = await workspace.run();
      expect(stdout).toMatch(closing);
      expect(stderr.match(/error LANG012/g)).toHaveLength(3);
      expect(code).toBe(1);
    }
  });

  it('of one kind are folded where they are many, and at most 20 are shown', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/a.py', wrongs(30));
    workspace.write('solvers/b.py', 'def f(I):\n    vmirror = I\n    return\n');
    const { stderr, stdout } = await workspace.run();
    expect(stderr).toContain('solvers/a.py:2:12: error LANG012 30 times: ');
    expect(stderr.match(/LANG012/g)).toHaveLength(1);
    expect(stderr).toContain('solvers/b.py');
    expect(stdout).toMatch(/\n3\d errors in 2 files; all of them: battbuild build --problems\n$/);
  });

  it('are listed whole by --problems, the worst first, and nothing else is printed', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/a.py', `"""A file."""\nx = 1\n${wrongs(50)}`);
    const { stdout, code } = await workspace.run('--problems');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('error LANG012'))).toHaveLength(50);
    const severities = lines.flatMap((line) => /: (error|warning|note) /.exec(line)?.[1] ?? []);
    expect(severities).toEqual([...severities].sort());
    expect(lines.at(-1)).toMatch(/^5\d errors in 1 file\b/);
    expect(code).toBe(1);
  });

  it('are all in --json', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/a.py', wrongs(50));
    const events = await workspace.json<{ type: string }>('build', '--json');
    expect(events.filter(({ type }) => type === 'diagnostic')).toHaveLength(50);
    expect(events.at(-1)).toMatchObject({ type: 'summary', diagnostics: 50 });
  });

  it('that there are none of, --problems says', async () => {
    expect(await mirrorWorkspace().run('--problems')).toMatchObject({ code: 0, stdout: 'no problems\n' });
  });
});
