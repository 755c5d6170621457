/** Programs in Python in builds: beside solvers, found, judged, folded and published like them. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { decoded } from '../../bench/reliability/decoded.js';
import { LastBuild } from '../../src/build/last-build.js';
import { ALL_TASKS } from '../../src/build/options.js';
import type { TaskResult } from '../../src/build/record/task-result.js';
import { Interpreters } from '../../src/python/interpreters.js';
import type { WorkspaceFlags } from '../../src/workspace/workspace.js';
import { buildIn, temporaryFolder, treeOf, workspaceOf, writeFiles } from '../build/rig.js';

const TASK = JSON.stringify({
  train: [
    { input: [[1, 2]], output: [[2, 1]] },
    { input: [[3, 4, 5]], output: [[5, 4, 3]] },
  ],
  test: [{ input: [[6, 7]], output: [[7, 6]] }],
  'arc-gen': [{ input: [[8, 9]], output: [[9, 8]] }],
});
const MIRROR = 'def transform(grid):\n    return [row[::-1] for row in grid]\n';
const MIRROR_TOO =
  '# Written again.\ndef solve(g):\n    "The same."\n    return [r[::-1]\n            for r in g]\n';
const IDENTITY = 'def p(g):\n    return g\n';
const CONFIG = JSON.stringify({ python: 'python', 'python.events': 5000 });

function workspace(python: Readonly<Record<string, string>>, config = CONFIG): string {
  const root = temporaryFolder();
  writeFiles(root, {
    'tasks/task001.json': TASK,
    'tasks/task002.json': TASK.replace('[[2,1]]', '[[1,2]]'),
    'solvers/mirror.py': 'def solve_task001(I):\n    return vmirror(I)\n',
    'config/battbuild.json': config,
  });
  writeFiles(
    root,
    Object.fromEntries(Object.entries(python).map(([name, text]) => [`python/${name}`, text])),
  );
  return root;
}

function resultsIn(root: string, flags: WorkspaceFlags = {}, ids: readonly string[] = []): TaskResult[] {
  const recorded = LastBuild.open(workspaceOf(root, flags), { ...ALL_TASKS, ids });
  if (recorded === null) throw new Error('nothing was recorded');
  try {
    return [...recorded.tasks()];
  } finally {
    recorded.close();
  }
}

function publishedIn(root: string, out = 'out'): string[] {
  return [...treeOf(join(root, out, 'solver_md5')).values()].map(({ content }) => content);
}

it('judges them beside solvers, each on the tasks that it names', async () => {
  const root = workspace({ 'any.py': IDENTITY, 'task001.py': MIRROR, 'sub/solve_task002/a.py': MIRROR_TOO });
  const built = await buildIn(root);
  expect(built.diagnostics).toEqual([]);
  const [first, second] = resultsIn(root);
  expect(first.candidates.map(({ file, name }) => `${file} ${name}`)).toEqual([
    'python/any.py p',
    'python/task001.py transform',
    'solvers/mirror.py solve_task001',
  ]);
  expect(second.candidates.map(({ file }) => file)).toEqual([
    'python/any.py',
    'python/sub/solve_task002/a.py',
  ]);
  // What a solver and a program in Python come to is compared, and equal.
  const [, python, solver] = first.candidates.map(({ program }) => first.programs[program]);
  expect([python.demo, python.test, solver.demo]).toEqual([2, 1, 2]);
  expect(python.behaviour).toBe(solver.behaviour);
  expect(built.summary).toMatchObject({ solved: 1, tasks: 2, programs: 5, pythonPrograms: 4 });
});

it('folds what is one program, and publishes the first as written', async () => {
  const root = workspace({ 'task001-b.py': IDENTITY, 'task001/1.py': MIRROR, 'task001/2.py': MIRROR_TOO });
  await buildIn(root);
  const [first] = resultsIn(root);
  expect(first.candidates.map(({ file }) => file).slice(1, 3)).toEqual([
    'python/task001/1.py',
    'python/task001/2.py',
  ]);
  expect(first.candidates[1].program).toBe(first.candidates[2].program);
  expect(publishedIn(root)).toContain(MIRROR);
  expect(publishedIn(root)).not.toContain(MIRROR_TOO);
});

it('does nothing when nothing changed, and what is needed when something did', async () => {
  const root = workspace({ 'task001.py': MIRROR, 'task002.py': IDENTITY });
  expect((await buildIn(root)).summary.cellsRun).toBe(9);
  expect((await buildIn(root)).summary.cellsRun).toBe(0);
  writeFiles(root, { 'python/task001.py': MIRROR_TOO });
  const renamed = await buildIn(root);
  expect(renamed.summary.cellsRun).toBe(0);
  expect(publishedIn(root)).toContain(MIRROR_TOO);
  expect(publishedIn(root)).not.toContain(MIRROR);
  writeFiles(root, { 'python/task001.py': IDENTITY });
  // Judged on the other task already, but not on this one.
  expect((await buildIn(root)).summary.cellsRun).toBe(3);
  writeFiles(root, { 'config/battbuild.json': CONFIG.replace('5000', '6000') });
  expect((await buildIn(root)).summary.cellsRun).toBe(6);
  const flags = { cache: join(root, 'other-cache'), out: join(root, 'other-out') };
  await buildIn(root, { flags });
  expect(resultsIn(root, flags).map(decoded)).toEqual(resultsIn(root).map(decoded));
  expect(publishedIn(root, 'other-out')).toEqual(publishedIn(root));
});

it('says what is wrong with a file, and builds the others', async () => {
  const root = workspace({
    'a.py': 'def p(g):\n    return (\n',
    'b.py': 'import numpy\ndef p(g):\n    return g\n',
    'task001.py': MIRROR,
  });
  const { diagnostics, summary } = await buildIn(root);
  expect(diagnostics).toMatchObject([
    { code: 'PY001', file: 'python/a.py', line: 2 },
    { code: 'PY003', file: 'python/b.py', line: 1 },
  ]);
  expect(summary.solved).toBe(1);
  expect((await buildIn(root)).diagnostics).toEqual(diagnostics);
});

it('keeps errors and budgets with their places, and what a machine lost not at all', async () => {
  const root = workspace({
    'task001-a.py': 'def p(g):\n\n    x = 1\n    return g[9]\n',
    'task001-b.py': 'def p(g):\n    while True: pass\n',
    'task001-c.py': 'import json\ndef p(g):\n    return json.loads("[" * 10**5)\n',
  });
  const config = CONFIG.replace('{', '{"pairing":"all",');
  writeFiles(root, { 'config/battbuild.json': config });
  await buildIn(root, { selection: { ids: ['task001'] } });
  const [{ programs, candidates }] = resultsIn(root, {}, ['task001']);
  const outcomes = candidates.map(({ program }) => programs[program].outcomes.at(0));
  expect(outcomes.slice(0, 3)).toMatchObject([
    { status: 'error', error: 'IndexError: list index out of range', node: 2, cost: 2 },
    { status: 'over-budget', cost: 5000 },
    { status: 'crashed' },
  ]);
  // Three cells crashed, and may do better next time.
  expect((await buildIn(root, { selection: { ids: ['task001'] } })).summary.cellsRun).toBe(3);
});

it('judges further lists of samples', async () => {
  const config = CONFIG.replace('{', '{"samples":["arc-gen"],');
  const root = workspace({ 'task001.py': MIRROR }, config);
  await buildIn(root);
  expect(resultsIn(root)[0].programs[0]).toMatchObject({ demo: 2, test: 1, further: 1 });
});

it('ends early where it may, and makes up for it', async () => {
  const root = workspace({ 'task001.py': IDENTITY });
  await buildIn(root, { earlyStop: true });
  const [outcomes] = resultsIn(root)[0].programs.map((program) =>
    Array.from(program.outcomes, ({ status }) => status),
  );
  expect(outcomes.filter((status) => status === 'skipped').length).toBeGreaterThan(0);
  await buildIn(root);
  const [program] = resultsIn(root)[0].programs;
  expect(Array.from(program.outcomes, ({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
});

it('takes a file for Python or for a solver by where it is, and never for both', async () => {
  const inside = JSON.stringify({ solvers: '.', tasks: 'tasks', python: 'python' });
  const root = workspace({ 'task001.py': MIRROR }, inside);
  const built = await buildIn(root);
  expect(built.diagnostics).toEqual([]);
  expect(resultsIn(root)[0].candidates.map(({ file }) => file)).toEqual([
    'python/task001.py',
    'solvers/mirror.py',
  ]);
  const both = JSON.stringify({ solvers: ['python'], python: 'python' });
  writeFiles(root, { 'config/battbuild.json': both });
  await expect(buildIn(root)).rejects.toThrow('CONF005');
});

it('says of a file how long it took, without the start of an interpreter', async () => {
  const interpreters = new Interpreters({ jobs: 1, wallSeconds: 60 });
  onTestFinished(() => interpreters.close());
  const startedAt = performance.now();
  const first = await interpreters.load(Buffer.from(MIRROR), '');
  const waited = performance.now() - startedAt;
  expect(first.functions).toHaveLength(1);
  // Whatever a start takes, the file takes some of the rest.
  expect(first.tookMs).toBeGreaterThan(0);
  expect(first.tookMs).toBeLessThan(waited);
});
