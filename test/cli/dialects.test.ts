/** Workspaces with files of both dialects: one ranking, each bred from its own table, and everything says what is in which. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExplainedStep } from '../../src/build/explain/explain.js';
import { loadFile } from '../../src/lang/load.js';
import { dialectOf, factsOf } from '../../src/lang/program/facts.js';
import { decodeProgram } from '../../src/lang/program/program.js';
import type { Report } from '../../src/report/data.js';
import { lineagesOf } from '../../src/search/population/lineage.js';
import { emptyWorkspace, type TestWorkspace } from './rig.js';

interface Solver {
  readonly solver: string;
  readonly body: string;
  readonly rank: number;
  readonly behaviour: number;
  readonly d_scores: Readonly<Record<string, number>>;
  readonly dialect?: string;
}

const OURS = [
  'def solve_mirror(I):',
  '    return vmirror(I)',
  '',
  'def solve_mirror_b(I):',
  '    return paint(canvas(0, shape(I)), merge(objects(I, T, F, T)))',
  '',
].join('\n');

const THEIRS = [
  'def solve_mirror_c(S, I, C):',
  '    return mir_rot_t(I, R2)',
  '',
  'def solve_mirror_d(S, I, C):',
  '    t1 = o_g(I, R5)',
  '    return paint(canvas(BLACK, shape_t(I)), get_nth_f(t1, F0))',
  '',
].join('\n');

const DIFFERS = {
  'differs/ours.py': [
    'def differ_ours(S, I, C):',
    '    return astuple(divide(multiply(1000, size(intersection(ofcolor(C, 0), ofcolor(I, 0)))), 9), 0)',
    '',
  ].join('\n'),
  'differs/theirs.py': [
    'def differ_0123456789abcdef0123456789abcdef(S, I, C):',
    '    x1 = colorcount_t(I, BLACK)',
    '    return astuple(branch(equality(x1, colorcount_t(C, BLACK)), THOUSAND, HUNDRED), x1)',
    '',
  ].join('\n'),
};

function workspaceOf(files: Readonly<Record<string, string>>): TestWorkspace {
  const workspace = emptyWorkspace();
  workspace.writeMirrorTask('mirror');
  for (const [name, text] of Object.entries(files)) workspace.write(name, text);
  return workspace;
}

const mixedWorkspace = () =>
  workspaceOf({ 'solvers/ours.py': OURS, 'solvers/theirs.py': THEIRS, ...DIFFERS });

async function resultsOf(workspace: TestWorkspace): Promise<Solver[]> {
  return JSON.parse((await workspace.run('results', '--format', 'json')).stdout) as Solver[];
}

/** The functions of the solver files below a folder, with what they descend from. */
function bredIn(workspace: TestWorkspace, folder: string, configured = 'by-file') {
  const files = readdirSync(workspace.path(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name) => join(folder, name));
  const bred = files.flatMap((name) => {
    const text = workspace.read(name);
    const { functions, diagnostics } = loadFile(Buffer.from(text), name, configured);
    expect(diagnostics).toEqual([]);
    const lineages = lineagesOf(text);
    return functions.map(({ line, body, program }) => {
      const facts = factsOf(decodeProgram(program));
      return { body, facts, dialect: dialectOf(facts), parent: lineages.get(line)?.parent ?? '' };
    });
  });
  return { files, bred };
}

describe('candidates of both dialects', () => {
  it('stand in one ranking, scored by the differs of both', async () => {
    const workspace = mixedWorkspace();
    expect(await workspace.build()).toMatchObject({ candidates: 4, programs: 4, solved: 1, diagnostics: 0 });
    const results = await resultsOf(workspace);
    expect(results.map(({ solver, dialect }) => [solver, dialect])).toEqual([
      ['solve_mirror', undefined],
      ['solve_mirror_b', undefined],
      ['solve_mirror_c', 'tokpidjin'],
      ['solve_mirror_d', 'tokpidjin'],
    ]);
    expect(results.map(({ rank }) => rank).sort()).toEqual([1, 2, 3, 4]);
    expect(results[0].behaviour).toBe(results[2].behaviour);
    expect(results[0].d_scores).toEqual(results[2].d_scores);
    for (const { d_scores } of results) {
      expect(Object.keys(d_scores).sort()).toEqual([
        'differ_0123456789abcdef0123456789abcdef',
        'differ_ours',
      ]);
      expect(d_scores['differ_0123456789abcdef0123456789abcdef']).toBeGreaterThan(0);
    }
  });

  it('are bred by card from parents of one dialect each, with a file for each', async () => {
    const workspace = mixedWorkspace();
    await workspace.build();
    const { stdout } = await workspace.run('card', '--per-task', '60');
    const { files, bred } = bredIn(workspace, 'solvers/card');
    expect(files).toHaveLength(2);
    expect(stdout).toContain('60 candidates for 1 task in 2 files in solvers/card');
    expect(bred).toHaveLength(60);
    const dialects = new Map(
      (await resultsOf(workspace)).map(({ body, dialect }) => [body.slice(0, 8), dialect]),
    );
    for (const { facts, dialect, parent } of bred) {
      if (facts.primitives.length > 0) expect(dialect).toBe(dialects.get(parent) ?? 'arc-dsl');
    }
    expect(new Set(bred.map(({ dialect }) => dialect)).size).toBe(2);
    expect(await workspace.build()).toMatchObject({ candidates: 64, diagnostics: 0 });
  });

  it('are counted by file in JSON', async () => {
    const workspace = mixedWorkspace();
    const [task, summary] = await workspace.json<Record<string, unknown>>(
      'card',
      '--per-task',
      '60',
      '--json',
    );
    const { files } = bredIn(workspace, 'solvers/card');
    expect([...(task['files'] as string[])].sort()).toEqual(files);
    expect(summary['files']).toBe(2);
  });

  it('are both in the population of evolve', async () => {
    const workspace = mixedWorkspace();
    const evolve = ['evolve', '--rounds', '2', '--per-task', '60', '--keep', '30', '--json'];
    const rounds = await workspace.json<Record<string, unknown>>(...evolve);
    expect(rounds).toHaveLength(2);
    const { files, bred } = bredIn(workspace, 'out/population');
    expect(files).toEqual([
      'out/population/mirror/population.round-2.py',
      'out/population/mirror/population.round-2.tokpidjin.py',
    ]);
    expect(new Set(bred.map(({ dialect }) => dialect))).toEqual(new Set(['arc-dsl', 'tokpidjin']));
    const summary = await workspace.build('--solvers', 'solvers', '--solvers', 'out/population');
    expect(summary).toMatchObject({ candidates: 4 + bred.length, diagnostics: 0 });
  });
});

describe('a workspace with the setting dialect', () => {
  const configured = () =>
    workspaceOf({
      'config/battbuild.json': '{"dialect": "tokpidjin"}',
      'solvers/ours.py': `# dialect: arc-dsl\n${OURS}`,
      'solvers/common.py': 'def solve_mirror_e(S, I, C):\n    return rot90(rot90(I))\n',
    });

  it('breeds and keeps programs of the other dialect as such', async () => {
    const workspace = configured();
    await workspace.run('card', '--per-task', '40');
    const carded = bredIn(workspace, 'solvers/card', 'tokpidjin');
    expect(carded.files).toHaveLength(2);
    expect(await workspace.build()).toMatchObject({ candidates: 43, diagnostics: 0 });
    await workspace.run('evolve', '--rounds', '1', '--per-task', '40', '--keep', '30');
    const kept = bredIn(workspace, 'out/population', 'tokpidjin');
    expect(new Set(kept.bred.map(({ dialect }) => dialect))).toEqual(new Set(['arc-dsl', 'tokpidjin']));
  });

  it('has other keys and body hashes for files that do not say theirs, and finds the old ones again', async () => {
    const workspace = configured();
    const inTheirs = await workspace.build();
    expect(inTheirs).toMatchObject({ cellsRun: 9, diagnostics: 0 });
    const before = await resultsOf(workspace);
    workspace.write('config/battbuild.json', '{}');
    const { stdout } = await workspace.run('explain', 'mirror', '--phase', 'load');
    expect(stdout).toMatch(/^miss {2}load {2}solvers\/common\.py.*\n {9}dialect: tokpidjin -> \(none\)$/m);
    // Three cells of the program that is another one now.
    expect(await workspace.build()).toMatchObject({ cellsRun: 3, diagnostics: 1 });
    const after = await resultsOf(workspace);
    const find = (results: Solver[], name: string) => results.find(({ solver }) => solver === name);
    expect(find(after, 'solve_mirror')).toEqual(find(before, 'solve_mirror'));
    expect(find(before, 'solve_mirror_e')).toMatchObject({ dialect: 'tokpidjin' });
    expect(find(after, 'solve_mirror_e')).not.toHaveProperty('dialect');
    expect(find(after, 'solve_mirror_e')?.body).not.toBe(find(before, 'solve_mirror_e')?.body);
    workspace.write('config/battbuild.json', '{"dialect": "tokpidjin"}');
    expect(await workspace.build()).toMatchObject({ cellsRun: 0 });
    expect(await resultsOf(workspace)).toEqual(before);
  });
});

describe('ten lines that mean the same in both dialects', () => {
  const lines = (last: string) =>
    [
      'def solve_mirror(I):',
      '    x1 = rot90(I)',
      '    x2 = rot90(x1)',
      '    x3 = tophalf(x2)',
      '    x4 = bottomhalf(x2)',
      '    x5 = vconcat(x3, x4)',
      '    x6 = hconcat(x5, x5)',
      '    x7 = lefthalf(x6)',
      '    x8 = replace(x7, ONE, ONE)',
      `    return ${last}`,
      '',
    ].join('\n');

  it('are two programs', async () => {
    const workspace = workspaceOf({
      'solvers/a.py': lines('x8'),
      'solvers/b.py': `# dialect: tokpidjin\n${lines('x8')}`,
    });
    expect(await workspace.build()).toMatchObject({ candidates: 2, programs: 2, behaviours: 1, cellsRun: 6 });
  });

  it('are one where they use nothing that differs', async () => {
    const workspace = workspaceOf({
      'solvers/a.py': lines('(I, (ONE, I))'),
      'solvers/b.py': `# dialect: tokpidjin\n${lines('(I, (ONE, I))')}`,
    });
    expect(await workspace.build()).toMatchObject({ candidates: 2, programs: 1 });
  });
});

describe('the dialect of a program', () => {
  it('is said by results, show, explain and report', async () => {
    const workspace = mixedWorkspace();
    await workspace.build();
    const { stdout: results } = await workspace.run('results');
    expect(results).toMatch(/solve_mirror_c +solvers\/theirs\.py:1, in tokpidjin$/m);
    expect(results.match(/in tokpidjin/g)).toHaveLength(2);
    const { stdout: behaviours } = await workspace.run('results', '--behaviours');
    expect(behaviours).toMatch(/solve_mirror_c +solvers\/theirs\.py:1, in tokpidjin$/m);
    const shown = (solver: string) => workspace.run('show', 'mirror', '--solver', solver);
    expect((await shown('solve_mirror_c')).stdout).toMatch(/^mirror {2}solve_mirror_c .*, in tokpidjin$/m);
    expect((await shown('solve_mirror')).stdout).not.toContain('tokpidjin');
    const explain = ['explain', 'mirror/solve_mirror_c', '--phase', 'inline'];
    expect((await workspace.run(...explain)).stdout).toMatch(
      /^hit {2}inline .* made by run 1, in tokpidjin$/m,
    );
    const [{ steps }] = await workspace.json<{ steps: ExplainedStep[] }>(...explain, '--json');
    expect(steps).toMatchObject([{ note: 'made by run 1, in tokpidjin' }]);
    expect((await workspace.run('explain', 'mirror/solve_mirror')).stdout).not.toContain('tokpidjin');
    const report = JSON.parse((await workspace.run('report', '--json')).stdout) as Report;
    const [{ programs, solvers }] = report.tasks;
    const said = solvers.map(({ name, program }) => [name, programs[program].dialect]);
    expect(new Map(said as [string, string | null][])).toEqual(
      new Map([
        ['solve_mirror', null],
        ['solve_mirror_b', null],
        ['solve_mirror_c', 'tokpidjin'],
        ['solve_mirror_d', 'tokpidjin'],
      ]),
    );
  });

  it('is said by published files, which load back to the same programs', async () => {
    const workspace = mixedWorkspace();
    await workspace.build();
    const bodies = (await resultsOf(workspace)).map(({ body }) => body).sort();
    const { files, bred } = bredIn(workspace, 'out/solver_md5');
    expect(bred.map(({ body }) => body).sort()).toEqual(bodies);
    const heads = files.map((file) => workspace.read(file).split('\n')[0]);
    expect(heads.sort()).toEqual([
      '# dialect: tokpidjin',
      '# dialect: tokpidjin',
      'def solve(I):',
      'def solve(I):',
    ]);
    const differs = readdirSync(workspace.path('out/differ_md5')).map((name) =>
      workspace.read(`out/differ_md5/${name}`),
    );
    expect(
      differs.filter((text) => text.startsWith('# dialect: tokpidjin\ndef differ(S, I, C):')),
    ).toHaveLength(1);
    expect(differs).toHaveLength(2);
    const again = await workspace.build('--solvers', 'out/solver_dir', '--differs', 'out/differ_md5');
    expect(again).toMatchObject({ candidates: 4, programs: 4, cellsRun: 0, diagnostics: 0, solved: 1 });
  });
});

describe('a file with names of both dialects', () => {
  it('is one error that quotes one of each, and costs the other files nothing', async () => {
    const workspace = mixedWorkspace();
    workspace.write('solvers/mixed.py', `${OURS}\n${THEIRS}`);
    const { code, stderr } = await workspace.run('build', '--quiet');
    expect(code).toBe(1);
    expect(stderr.match(/error/g)).toHaveLength(1);
    expect(stderr).toMatch(
      /^solvers\/mixed\.py:2:12: error LANG030: "vmirror" \(line 2\).*"mir_rot_t" \(line 8\)/m,
    );
    expect(await workspace.build()).toMatchObject({ candidates: 4, solved: 1 });
  });

  it('is told so in a differ, too', async () => {
    const workspace = mixedWorkspace();
    workspace.write(
      'differs/mixed.py',
      'def differ_m(S, I, C):\n    return astuple(colorcount_t(I, 0), colorcount(C, 0))\n',
    );
    const { stderr } = await workspace.run('build', '--quiet');
    expect(stderr).toMatch(/^differs\/mixed\.py:2:\d+: error LANG030: "colorcount" .*"colorcount_t"/m);
  });
});
