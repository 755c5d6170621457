/** `battbuild card`: generates candidates, reports them, and the next build builds them. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emptyWorkspace, mirrorWorkspace, type TestWorkspace } from '../rig.js';

interface TaskLine {
  readonly type: 'task';
  readonly task: string;
  readonly programs: number;
  readonly wanted: number;
  readonly candidates: number;
  readonly files: readonly string[];
  readonly mutations: Record<string, number>;
}

function filesIn(workspace: TestWorkspace, folder: string): string[] {
  const names = readdirSync(workspace.path(folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.py')).sort();
}

describe('battbuild card', () => {
  it('writes candidates that the next build judges', async () => {
    const workspace = mirrorWorkspace();
    const { code, stdout, stderr } = await workspace.run('card', '--per-task', '10');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^mirror +3 +10$/m);
    expect(stdout).toContain('10 candidates for 1 task in 1 file in solvers/card (seed 1, round 0)');
    const [file] = filesIn(workspace, 'solvers/card');
    expect(file).toMatch(/^mirror\/round-0\.seed-1\.[0-9a-f]{8}\.py$/);
    const text = workspace.read(`solvers/card/${file}`);
    expect(
      text.match(/^# parent [0-9a-f]{8} [a-z+:0-9]+ seed 1 round 0\ndef solve_mirror_[0-9a-f]{8}\(I\):$/gm),
    ).toHaveLength(10);
    expect(await workspace.build()).toMatchObject({
      candidates: 14,
      programs: 13,
      diagnostics: 0,
      solved: 1,
    });
  });

  it('says in JSON what it did', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeMirrorTask('other');
    const lines = await workspace.json<TaskLine>(
      'card',
      '--json',
      '--count',
      '9',
      '--seed',
      '3',
      '--round',
      '2',
    );
    expect(lines.map(({ type }) => type)).toEqual(['task', 'task', 'summary']);
    expect(lines.slice(0, 2)).toMatchObject([
      { task: 'mirror', programs: 3, wanted: 5, candidates: 5 },
      { task: 'other', programs: 0, wanted: 4, candidates: 4 },
    ]);
    expect(lines[2]).toMatchObject({
      tasks: 2,
      candidates: 9,
      files: 2,
      seed: 3,
      round: 2,
      into: 'solvers/card',
    });
    for (const { files } of lines.slice(0, 2))
      expect(files.map((file) => existsSync(workspace.path(file)))).toEqual([true]);
    const changes = Object.values(lines[2].mutations).reduce((sum, count) => sum + count, 0);
    expect(changes).toBeGreaterThanOrEqual(9);
  });

  it('says that no build will judge what is in no folder of solvers', async () => {
    const workspace = mirrorWorkspace();
    const note = 'bred is in no folder of solvers: to judge them, name it with --solvers';
    expect((await workspace.run('card', '--into', 'bred')).stdout).toContain(note);
    expect((await workspace.run('card', '--into', 'solvers/mine')).stdout).not.toContain(
      'no folder of solvers',
    );
    const summary = await workspace.build('--solvers', 'solvers', '--solvers', 'bred');
    expect(summary).toMatchObject({ candidates: 4 + 32 + 32 });
  });

  it('makes the same again from the same inputs, and something else from what there is then', async () => {
    const texts = [];
    for (let k = 0; k < 2; k++) {
      const workspace = mirrorWorkspace();
      await workspace.run('build');
      await workspace.run('card', '--into', 'bred');
      texts.push(filesIn(workspace, 'bred').map((name) => name + workspace.read(`bred/${name}`)));
    }
    expect(texts[1]).toEqual(texts[0]);
    const workspace = mirrorWorkspace();
    await workspace.run('card');
    await workspace.run('card');
    expect(filesIn(workspace, 'solvers/card')).toHaveLength(2);
  });

  it('makes candidates for the tasks that are named', async () => {
    const workspace = mirrorWorkspace();
    workspace.writeMirrorTask('other');
    const { stdout } = await workspace.run('card', '-i', 'other');
    expect(stdout).toMatch(/^other +0 +32 +from solvers of other tasks$/m);
    expect(filesIn(workspace, 'solvers/card').every((name) => name.startsWith('other/'))).toBe(true);
  });

  it('says that there is nothing to begin with', async () => {
    const workspace = emptyWorkspace();
    workspace.writeMirrorTask('mirror');
    const { code, stdout } = await workspace.run('card');
    expect([code, existsSync(workspace.path('solvers'))]).toEqual([0, false]);
    expect(stdout).toMatch(/^mirror +0 +0 +there is no solver to begin with$/m);
    expect((await emptyWorkspace().run('card')).stdout).toBe('there is no task to make candidates for\n');
  });

  it('goes on without solvers that cannot be read, and ends with 1', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/broken.py', 'def solve_mirror(I):\n    return nothing\n');
    const { code, stdout, stderr } = await workspace.run('card');
    expect([code, stderr.includes('LANG012')]).toEqual([1, true]);
    expect(stdout).toMatch(/^mirror +3 +32$/m);
  });

  it.each([
    [['-i', 'miror'], 'there is no task "miror"', 'did you mean "mirror"?'],
    [['--per-task', 'x'], '--per-task: expected a whole number', 'found "x"'],
    [['--count', 'x'], '--count: expected a whole number', 'found "x"'],
    [['--seed', '-1'], '--seed', ''],
    [['--into', 'tasks/mirror.json'], '--into: "tasks/mirror.json" is not a folder', ''],
    [['--into', 'tasks/mirror.json/x'], '--into: "tasks/mirror.json/x" is not a folder', ''],
    [['--solvers', 'solvers/mirror.py'], 'there is no folder of solvers', 'name one with --into'],
  ])('refuses %j', async (args, ...says) => {
    const workspace = mirrorWorkspace();
    const { code, stdout, stderr } = await workspace.run('card', ...args);
    expect([code, stdout]).toEqual([2, '']);
    for (const text of says) expect(stderr).toContain(text);
    expect(existsSync(workspace.path('solvers/card'))).toBe(false);
  });
});
