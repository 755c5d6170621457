/** `compare`: what got better and worse between runs, and between stores. */
import { cpSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mirrorWorkspace, type TestWorkspace } from '../rig.js';

/** Run 1 solves the task `mirror`; run 2 loses it, and adds one that is solved. */
async function twoRuns(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.build();
  cpSync(workspace.path('cache'), workspace.path('earlier'), { recursive: true });
  workspace.write('solvers/mirror.py', 'def turn_rows(I):\n    return rot180(I)\n');
  workspace.writeMirrorTask('other');
  workspace.write('solvers/other.py', 'def turned(I):\n    return vmirror(I)\n');
  await workspace.build();
  return workspace;
}

interface Compared {
  readonly before: { readonly run: number };
  readonly after: { readonly run: number };
  readonly lost: readonly string[];
  readonly solved: readonly string[];
  readonly tasks: readonly { readonly task: string }[];
}

describe('compare', () => {
  it('says what the last run changed, what got worse first', async () => {
    const { code, stdout, stderr } = await (await twoRuns()).run('compare');
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toBe('run 1 -> run 2: 1 lost, 1 solved');
    expect(rows[0]).toMatch(
      /^lost +mirror +best 3 -> 2 of 3 samples +first_nine gone, turn_all gone, turn_rows 3 -> 2, /,
    );
    expect(rows[1]).toMatch(/^solved +other +best 0 -> 3 of 3 samples +turned new, 3$/);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('compares whichever runs are named, those in which nothing changed among them', async () => {
    const workspace = await twoRuns();
    await workspace.build();
    const [backwards] = await workspace.json<Compared>('compare', '3', '1', '--json');
    expect(backwards).toMatchObject({
      lost: ['other'],
      solved: ['mirror'],
      before: { run: 3 },
      after: { run: 1 },
    });
    expect((await workspace.run('compare', '2', '3')).stdout).toBe('run 2 -> run 3: nothing differs\n');
    const [narrowed] = await workspace.json<Compared>('compare', '1', '-i', 'mirror', '--json');
    expect(narrowed.tasks.map(({ task }) => task)).toEqual(['mirror']);
  });

  it('compares with the newest run of another store', async () => {
    const workspace = await twoRuns();
    const [compared] = await workspace.json<Compared>('compare', 'earlier', '--json');
    expect(compared).toMatchObject({
      lost: ['mirror'],
      solved: ['other'],
      before: { run: 1, store: 'earlier' },
    });
  });

  it('is what the report says, of the run before or of what it is told', async () => {
    const workspace = await twoRuns();
    interface Report {
      readonly changes: {
        readonly before: string;
        readonly tasks: readonly { task: string; kind: string }[];
      };
    }
    for (const options of [[], ['--compare', 'earlier']]) {
      const { changes } = JSON.parse((await workspace.run('report', '--json', ...options)).stdout) as Report;
      expect(changes.before).toBe(options.length === 0 ? 'run 1' : 'run 1 of earlier');
      expect(changes.tasks.map(({ task, kind }) => [task, kind])).toEqual([
        ['mirror', 'lost'],
        ['other', 'solved'],
      ]);
    }
  });

  it('says which runs can be compared', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build();
    const alone = await workspace.run('compare');
    expect([alone.code, alone.stderr]).toEqual([
      2,
      expect.stringContaining('there is nothing to compare with'),
    ]);
    const unknown = await workspace.run('compare', '7');
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('runs 1 to 1 can be compared'),
    ]);
    const nowhere = await workspace.run('compare', 'nowhere');
    expect([nowhere.code, nowhere.stderr]).toEqual([
      2,
      expect.stringContaining('neither the number of a run nor'),
    ]);
  });
});
