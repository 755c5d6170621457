/** `battbuild evolve`: rounds that breed, judge and select; reproducible, and independent of test outputs. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyWorkspace, type TestWorkspace } from '../rig.js';

interface Round {
  readonly type: 'round';
  readonly round: number;
  readonly offspring: number;
  readonly solved: number;
  readonly demoMatches: number;
  readonly population: number;
  readonly cells?: number;
  readonly cellsRun?: number;
  readonly hitRate?: number;
}

/** Two tasks whose solvers are one mutation away from solving them: `mirror` mirrors rows, `shade` recolours. */
function damagedWorkspace(testOutput: number[][] = [[0, 5]]): TestWorkspace {
  const workspace = emptyWorkspace();
  const turned = {
    train: [
      { input: [[1, 2]], output: [[2, 1]] },
      { input: [[0, 3, 4]], output: [[4, 3, 0]] },
    ],
    test: [{ input: [[5, 0]], output: testOutput }],
  };
  const shaded = {
    train: [
      { input: [[1, 2, 1]], output: [[3, 2, 3]] },
      { input: [[1, 0]], output: [[3, 0]] },
    ],
    test: [{ input: [[0, 1]], output: [[0, 3]] }],
  };
  workspace.write('tasks/mirror.json', JSON.stringify(turned));
  workspace.write('tasks/shade.json', JSON.stringify(shaded));
  workspace.write('solvers/mirror.py', 'def solve_mirror(I):\n    return hmirror(I)\n');
  workspace.write('solvers/shade.py', 'def solve_shade(I):\n    return replace(I, ONE, FOUR)\n');
  return workspace;
}

/** The files of the population by name, with their texts. */
function populationOf(workspace: TestWorkspace): Map<string, string> {
  const folder = workspace.path('out/population');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.py'),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

const FEW = ['--per-task', '30', '--keep', '8', '--seed', '1'];

describe('battbuild evolve', () => {
  it('repairs damaged solvers, and keeps a bounded population with its lineage', async () => {
    const workspace = damagedWorkspace();
    const rounds = await workspace.json<Round>('evolve', '--json', '--rounds', '4', ...FEW);
    expect(rounds.map(({ round }) => round)).toEqual([1, 2, 3, 4]);
    expect(rounds.at(-1)).toMatchObject({ solved: 2, demoMatches: 4 });
    for (const { cells = 0, cellsRun = 0, hitRate } of rounds)
      expect(hitRate).toBeCloseTo(1 - cellsRun / cells);
    const population = populationOf(workspace);
    expect([...population.keys()]).toEqual(['mirror/population.round-4.py', 'shade/population.round-4.py']);
    for (const text of population.values()) {
      const functions = text.match(/^def solve_/gm) ?? [];
      expect(functions.length).toBeGreaterThan(0);
      expect(functions.length).toBeLessThanOrEqual(8);
      expect(text.match(/^# parent [0-9a-f]{8} \S+ seed 1 round [1-4]$/gm)).toHaveLength(functions.length);
    }
  });

  it('leaves results of the population, which say what it descends from', async () => {
    const workspace = damagedWorkspace();
    // Outside the workspace: such paths are recorded as given.
    const out = mkdtempSync(join(tmpdir(), 'battbuild-evolve-'));
    onTestFinished(() => rmSync(out, { recursive: true, force: true }));
    const { stdout } = await workspace.run('evolve', '--rounds', '2', '-s', '0', '--out', out, ...FEW);
    const [, options = ''] = /^to see it: battbuild (results .*)$/m.exec(stdout) ?? [];
    expect(options).toBe(`results --solvers solvers --solvers ${out}/population --out ${out} -s 0`);
    const seen = await workspace.run(...options.split(' '), '--format', 'json');
    expect([seen.code, seen.stderr]).toEqual([0, '']);
    const solvers = JSON.parse(seen.stdout) as { file: string; lineage: { round: number } | null }[];
    const bred = solvers.filter(({ file }) => file.startsWith(`${out}/population/`));
    expect(bred.length).toBeGreaterThan(2);
    expect(new Set(bred.map(({ lineage }) => lineage?.round))).toEqual(new Set([1, 2]));
    expect(stdout).toMatch(
      /^round 2: \d solved, best o_scores \d, \d+ new programs, \d+ kept; [\d,]+ of [\d,]+ cells executed, [\d.]+ % of them hits, [\d,]+ cells\/s$/m,
    );
    const again = ['--solvers', 'solvers', '--solvers', `${out}/population`, '--out', out];
    expect((await workspace.build(...again)).cellsRun).toBe(0);
  });

  it('gives the same populations every time, and those of one run when it goes on after a part', async () => {
    const whole = damagedWorkspace();
    await whole.run('evolve', '--rounds', '3', ...FEW);
    const parts = damagedWorkspace();
    await parts.run('evolve', '--rounds', '1', ...FEW);
    const resumed = await parts.json<Round>('evolve', '--json', '--rounds', '3', ...FEW);
    expect(resumed.map(({ round }) => round)).toEqual([1, 2, 3]);
    expect(populationOf(parts)).toEqual(populationOf(whole));
  });

  it('redoes a round that was cut off', async () => {
    const whole = damagedWorkspace();
    await whole.run('evolve', '--rounds', '2', ...FEW);
    const cut = damagedWorkspace();
    await cut.run('evolve', '--rounds', '1', ...FEW);
    // What a killed second round leaves: offspring, and a population that was never completed.
    const stray = 'def solve_mirror_00000000(I):\n    return rot90(I)\n';
    cut.write('out/population/mirror/round-2.seed-1.0a1b2c3d.py', stray);
    cut.write('out/population/mirror/population.round-2.py', stray);
    await cut.run('evolve', '--rounds', '2', ...FEW);
    expect(populationOf(cut)).toEqual(populationOf(whole));
  });

  it('never chooses by the known output of a test', async () => {
    const right = damagedWorkspace();
    const wrong = damagedWorkspace([[9, 9]]);
    await right.run('evolve', '--rounds', '3', ...FEW);
    await wrong.run('evolve', '--rounds', '3', ...FEW);
    expect(populationOf(wrong)).toEqual(populationOf(right));
  });

  it('ends when every task is solved, if it is told to', async () => {
    const workspace = damagedWorkspace();
    const rounds = await workspace.json<Round>(
      'evolve',
      '--json',
      '--until-solved',
      '--rounds',
      '30',
      ...FEW,
    );
    expect(rounds.length).toBeLessThan(30);
    expect(rounds.at(-1)).toMatchObject({ solved: 2 });
  });

  it('refuses to go on with the population of other options', async () => {
    const workspace = damagedWorkspace();
    await workspace.run('evolve', '--rounds', '1', ...FEW);
    const { code, stderr } = await workspace.run('evolve', '--rounds', '1', '--seed', '2');
    expect(code).toBe(2);
    expect(stderr).toContain('population of an evolution with other options');
  });

  it('names a task that is not there', async () => {
    const { code, stderr } = await damagedWorkspace().run('evolve', '-i', 'miror');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "mirror"');
  });
});
