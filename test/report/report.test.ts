/** The data of a report: the record of a build, together with grids, sources and lineages. */
import { describe, expect, it } from 'vitest';
import { EXAMPLE, exampleWorkspace, MIRRORED, RECOLORED, task } from '../build/example.js';
import { buildIn, LATER, writeFiles } from '../build/rig.js';
import { reportIn, taskOf, workspaceWith } from './rig.js';

/** The report of a workspace with these files, after a build. */
async function reportOf(files: Readonly<Record<string, string>>) {
  const root = workspaceWith(files);
  await buildIn(root);
  return reportIn(root);
}

describe('a task', () => {
  it('has its programs by rank, with what they made of every sample', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const { programs, solvers, outputs, ...report } = taskOf(reportIn(root), RECOLORED);
    expect(solvers.map(({ name, program }) => [name, program])).toEqual([
      ['example', 1],
      [`solve_${RECOLORED}`, 0],
      [`solve_${RECOLORED}_00000001`, 0],
      [`solve_${RECOLORED}_00000002`, 2],
    ]);
    expect(report).toMatchObject({
      verdict: 'solved',
      candidates: 4,
      known: { demo: 2, test: 1 },
      best: { demo: 2, test: 1 },
      states: 'spn',
      file: `tasks/${RECOLORED}.json`,
    });
    expect(programs[0]).toMatchObject({ demo: 2, test: 1, behaviour: 1 });
    expect(programs[0].text).toBe('def solve(I):\n    return replace(I, 1, 2)\n');
    expect(programs[0].cells.map(({ status, match, error }) => [status, match, error])).toEqual([
      ['ok', true, null],
      ['ok', true, null],
      ['ok', true, null],
    ]);
    expect(programs[0].cells.map(({ output }) => outputs[output ?? -1])).toEqual(['20', '2/3', '022']);
  });

  it('has the grids of its samples', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    expect(taskOf(reportIn(root), RECOLORED).samples).toEqual([
      { kind: 'demo', index: 0, input: '10', expected: '20', hidden: false },
      { kind: 'demo', index: 1, input: '1/3', expected: '2/3', hidden: false },
      { kind: 'test', index: 0, input: '011', expected: '022', hidden: false },
    ]);
  });

  it('of a combined file has the grids of its own', async () => {
    const one = { train: [{ input: [[1]], output: [[2]] }], test: [{ input: [[3]] }] };
    const two = { train: [{ input: [[4]], output: [[5]] }], test: [{ input: [[6]] }] };
    const report = await reportOf({
      'tasks/some_challenges.json': JSON.stringify({ one, two }),
      'tasks/some_solutions.json': JSON.stringify({ one: [[[7]]] }),
      'solvers/all.py': 'def same(I):\n    return I\n',
    });
    expect(taskOf(report, 'one').samples[1]).toMatchObject({ input: '3', expected: '7', hidden: false });
    expect(taskOf(report, 'two').samples[1]).toMatchObject({ input: '6', expected: null, hidden: true });
    expect(taskOf(report, 'two').known).toEqual({ demo: 1, test: 0 });
  });

  it('leaves out the grids that have changed since the build, and says what changed', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const changed = task(
      [{ input: [[4, 5]], output: [[5, 5]] }],
      [{ input: [[6, 7, 9]], output: [[8, 7, 6]] }],
    );
    writeFiles(root, { [`tasks/${MIRRORED}.json`]: changed });
    const report = reportIn(root);
    expect(report.changedInputs).toEqual([`tasks/${MIRRORED}.json`]);
    expect(taskOf(report, MIRRORED).samples).toEqual([
      { kind: 'demo', index: 0, input: '45', expected: null, hidden: false },
      { kind: 'test', index: 0, input: null, expected: '876', hidden: false },
    ]);
  });

  it('says why a cell has no grid, and on which line that was', async () => {
    const report = await reportOf({
      'tasks/t.json': task([{ input: [[1]], output: [[1]] }], [{ input: [[2]], output: [[2]] }]),
      'solvers/t.py': [
        'def solve_fails(I):',
        '    x = ofcolor(I, 9)',
        '    return first(x)',
        'def solve_counts(I):',
        '    return height(I)',
        'def solve_grows(I):',
        '    return upscale(I, 300)',
        '',
      ].join('\n'),
    });
    const { programs, solvers, outputs, states } = taskOf(report, 't');
    const cellOf = (name: string) => {
      const solver = solvers.find((one) => one.name === name);
      return programs[solver?.program ?? -1].cells[0];
    };
    expect(cellOf('solve_fails')).toMatchObject({ status: 'error', output: null, line: 3 });
    expect(cellOf('solve_fails').error).toMatch(/^stop: /);
    expect(cellOf('solve_counts')).toMatchObject({ status: 'not-a-grid', output: null });
    expect(outputs[cellOf('solve_grows').output ?? -1]).toBeNull();
    expect(states).toBe('xxx');
  });

  it('has the scores that differs gave', async () => {
    const report = await reportOf({
      ...EXAMPLE,
      'differs/half.py': 'def half(S, I, C):\n    return astuple(500, 0)\n',
    });
    const { differs, programs } = taskOf(report, MIRRORED);
    expect(differs).toEqual([{ name: 'half', file: 'differs/half.py', line: 1, sScore: 4000, failures: 0 }]);
    expect(programs.map(({ dScores }) => dScores)).toEqual([[2000], [2000]]);
  });

  it('tells a program that is right on the demonstrations only', async () => {
    const report = await reportOf({
      'tasks/t.json': task([{ input: [[1, 1]], output: [[1, 1]] }], [{ input: [[1, 2]], output: [[2, 1]] }]),
      'solvers/t.py': 'def solve_a(I):\n    return I\n',
    });
    expect(taskOf(report, 't')).toMatchObject({ states: 'd', verdict: 'partly' });
  });
});

describe('the overview', () => {
  it('has the totals of the build that recorded them, and the figures of all runs, oldest first', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    await buildIn(root);
    const { totals, runs, run, battbuild, workspace } = reportIn(root);
    expect({ battbuild, workspace }).toEqual({ battbuild: '1.2.3', workspace: 'workspace' });
    expect(run).toBe(runs[0].run);
    expect(totals).toMatchObject({ tasks: 2, solved: 2, candidates: 6, programs: 5, cellsRun: 13 });
    expect(totals.outcomes).toMatchObject({ ok: 13, error: 0 });
    expect(runs.map(({ hitRate }) => hitRate)).toEqual([0, 1]);
    expect(runs[0].phases.map(({ phase }) => phase)).toEqual([
      'load',
      'filter',
      'inline',
      'validate',
      'score',
      'differs',
      'publish',
    ]);
  });

  it('has what tasks share once: solvers and texts', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const report = reportIn(root);
    expect(report.sharedSolvers).toEqual([{ name: 'example', file: 'solvers/any.py', line: 1 }]);
    expect(report.sharedTexts).toEqual(['def solve(S, I, C):\n    return last(first(S))\n']);
    expect(report.tasks.map(({ sharedStates }) => sharedStates)).toEqual(['p', 'd']);
    for (const { programs, solvers } of report.tasks) {
      const shared = solvers.find(({ name }) => name === 'example');
      expect(programs[shared?.program ?? -1].text).toBe(0);
    }
  });

  it('names the costliest programs', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const { costliest, tasks } = reportIn(root);
    expect(costliest).toHaveLength(5);
    for (const { task: id, program, cost } of costliest) {
      const cells = tasks.find((one) => one.id === id)?.programs[program].cells ?? [];
      expect(Math.max(...cells.map((cell) => cell.cost))).toBe(cost);
    }
    expect(costliest.map(({ cost }) => cost)).toEqual(
      costliest.map(({ cost }) => cost).sort((a, b) => b - a),
    );
  });

  it('has the diagnostics of the build', async () => {
    const report = await reportOf({
      ...EXAMPLE,
      'solvers/bad.py': 'def bad(I):\n    return nothing_such(I)\n',
    });
    expect(report.diagnostics).toMatchObject([{ code: 'LANG012', file: 'solvers/bad.py', line: 2 }]);
    expect(report.moreDiagnostics).toBe(0);
  });

  it('is the same for the same record', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    expect(JSON.stringify(reportIn(root))).toBe(JSON.stringify(reportIn(root)));
  });
});

describe('lineage', () => {
  const FILES = {
    'tasks/t.json': task([{ input: [[1, 2]], output: [[2, 1]] }], [{ input: [[1, 3]], output: [[3, 1]] }]),
    'solvers/t.py': 'def solve_parent(I):\n    return vmirror(I)\n',
  };

  async function withChild(comment: (parent: string) => string) {
    const root = workspaceWith(FILES);
    await buildIn(root);
    const [parent] = taskOf(reportIn(root), 't').programs;
    const child = `${comment(parent.body.slice(0, 8))}\ndef solve_child(I):\n    return hmirror(I)\n`;
    writeFiles(root, { 'solvers/card/t.py': child });
    await buildIn(root, { world: LATER });
    return root;
  }

  const childIn = (root: string) => {
    const { solvers } = taskOf(reportIn(root), 't');
    return solvers.find(({ name }) => name === 'solve_child')?.lineage;
  };

  it('is what the comment above a solver says, with the place of the parent', async () => {
    const root = await withChild((parent) => `# parent ${parent} primitive+constant seed 3 round 1`);
    expect(childIn(root)).toMatchObject({
      parentAt: { task: 't', program: 0 },
      mutation: 'primitive+constant',
      seed: 3,
      round: 1,
    });
  });

  it('says so when the parent is there no more', async () => {
    const root = await withChild(() => '# parent 00000000 constant seed 3 round 1');
    expect(childIn(root)).toMatchObject({ parent: '00000000', parentAt: null });
  });

  it('is nothing for any other comment', async () => {
    const root = await withChild((parent) => `# parent ${parent} <b>constant</b> seed 3 round 1`);
    expect(childIn(root)).toBeNull();
  });

  it('is left out where the file has changed since the build', async () => {
    const root = await withChild((parent) => `# parent ${parent} primitive seed 3 round 1`);
    writeFiles(root, { 'solvers/card/t.py': '# parent 12345678 constant seed 1 round 1\n' });
    expect(childIn(root)).toBeNull();
  });
});
