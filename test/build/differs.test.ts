/** What a build runs after an edit of the differs, and its diagnostics for differs that give no score. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleWorkspace, MIRRORED, RECOLORED, RECOLORED_TESTS, task } from './example.js';
import { buildIn, codesOf, LATER, linesOf, recordedIn, treeOf, writeFiles } from './rig.js';

const SAME = 'def same(S, I, C):\n    return astuple(branch(equality(I, C), 1000, 0), I)\n';
const DEMOS = 'def demos(S, I, C):\n    return astuple(size(S), C)\n';
/** Returns a number instead of a tuple. */
const FAILING = 'def failing(S, I, C):\n    return height(I)\n';

const SCORED = { [`score ${RECOLORED}`]: 3, [`score ${MIRRORED}`]: 2 };

const stateOf = (root: string) => ({ results: recordedIn(root), out: linesOf(treeOf(join(root, 'out'))) });

async function expectAsClean(
  root: string,
  diagnostics: readonly unknown[],
  files: Readonly<Record<string, string>>,
) {
  const clean = exampleWorkspace(files);
  const built = await buildIn(clean);
  expect(diagnostics).toEqual(built.diagnostics);
  expect(stateOf(root)).toEqual(stateOf(clean));
}

describe('a build after an edit of the differs', () => {
  it('that adds one scores again and runs no cell', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    writeFiles(root, { 'differs/a.py': SAME });
    const { ran, diagnostics, summary } = await buildIn(root, { world: LATER });
    expect(ran).toEqual({ 'load differs/a.py': 1, ...SCORED });
    expect(summary.cellsRun).toBe(0);
    expect(
      [...treeOf(join(root, 'out')).keys()].filter((name) => name.startsWith('differ_md5/')),
    ).toHaveLength(1);
    await expectAsClean(root, diagnostics, { 'differs/a.py': SAME });
  });

  it('that takes one away finds the scores without it, and takes its files away', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const before = stateOf(root);
    writeFiles(root, { 'differs/a.py': SAME });
    await buildIn(root, { world: LATER });
    rmSync(join(root, 'differs'), { recursive: true });
    expect((await buildIn(root, { world: LATER })).ran).toEqual({});
    expect(stateOf(root)).toEqual(before);
  });

  it('that renames its variables, itself or its file changes nothing after load', async () => {
    const root = exampleWorkspace({ 'differs/a.py': SAME });
    await buildIn(root, { world: LATER });
    const renamed = SAME.replace('return', 'x = I\n    return')
      .replace(', I)\n', ', x)\n')
      .replace('same', 'other');
    rmSync(join(root, 'differs/a.py'));
    writeFiles(root, { 'differs/b.py': renamed });
    const { ran, diagnostics } = await buildIn(root, { world: LATER });
    expect(ran).toEqual({ 'load differs/b.py': 1 });
    await expectAsClean(root, diagnostics, { 'differs/b.py': renamed });
  });

  it('of a demo output scores again, and what is shown to a differ is shown anew', async () => {
    const root = exampleWorkspace({ 'differs/a.py': DEMOS });
    await buildIn(root, { world: LATER });
    const edited = task([{ input: [[1, 0]], output: [[2, 0]] }], RECOLORED_TESTS);
    writeFiles(root, { [`tasks/${RECOLORED}.json`]: edited });
    const { ran, diagnostics } = await buildIn(root, { world: LATER });
    // One demonstration was removed: the program that reads the demonstrations runs again.
    expect(ran).toEqual({ [`validate ${RECOLORED}`]: 2, [`score ${RECOLORED}`]: 3 });
    await expectAsClean(root, diagnostics, { 'differs/a.py': DEMOS, [`tasks/${RECOLORED}.json`]: edited });
  });
});

describe('a differ that gives no score', () => {
  it('is said once for all tasks, and again by a build that runs nothing', async () => {
    const root = exampleWorkspace({ 'differs/a.py': FAILING });
    const first = await buildIn(root, { world: LATER });
    expect(codesOf(first.diagnostics)).toHaveLength(1);
    expect(first.diagnostics[0]).toMatchObject({ file: 'differs/a.py', line: 1 });
    const second = await buildIn(root, { world: LATER });
    expect(second.ran).toEqual({});
    expect(second.diagnostics).toEqual(first.diagnostics);
  });

  it('is said of the place where it is now', async () => {
    const root = exampleWorkspace({ 'differs/a.py': FAILING });
    await buildIn(root, { world: LATER });
    renameSync(join(root, 'differs/a.py'), join(root, 'differs/b.py'));
    const moved = await buildIn(root, { world: LATER });
    await expectAsClean(root, moved.diagnostics, { 'differs/b.py': FAILING });
    const lower = { 'differs/b.py': `# a remark\n\n${FAILING.replace('failing', 'renamed')}` };
    writeFiles(root, lower);
    const again = await buildIn(root, { world: LATER });
    expect(again.diagnostics).toMatchObject([{ file: 'differs/b.py', line: 3 }]);
    await expectAsClean(root, again.diagnostics, lower);
  });

  it('is not said any more when it is gone', async () => {
    const root = exampleWorkspace({ 'differs/a.py': FAILING, 'differs/b.py': SAME });
    await buildIn(root, { world: LATER });
    rmSync(join(root, 'differs/a.py'));
    const { diagnostics } = await buildIn(root, { world: LATER });
    expect(diagnostics).toEqual([]);
    await expectAsClean(root, diagnostics, { 'differs/b.py': SAME });
  });
});
