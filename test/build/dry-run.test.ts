/** A dry run reports what a build would run, and changes nothing. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleWorkspace, MIRRORED, RECOLORED } from './example.js';
import { buildIn, linesOf, treeOf, workspaceOf, writeFiles } from './rig.js';
import { rowsOfStore } from './store-contents.js';

describe('a dry run', () => {
  it('of a fresh workspace says what would run, and leaves no file', async () => {
    const root = exampleWorkspace();
    const before = linesOf(treeOf(root));
    const { events, summary } = await buildIn(root, { dryRun: true });
    expect(events).toContainEqual({
      type: 'looked-up',
      phase: 'validate',
      subject: RECOLORED,
      hits: 0,
      misses: 9,
    });
    expect(summary.cellsRun).toBe(0);
    expect(linesOf(treeOf(root))).toEqual(before);
  });

  it('after edits says what would run, and writes nothing', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const before = { tree: linesOf(treeOf(join(root, 'out'))), store: storeIn(root) };
    rmSync(join(root, `tasks/${MIRRORED}.json`));
    rmSync(join(root, 'solvers', MIRRORED), { recursive: true });
    writeFiles(root, { 'solvers/any.py': 'def other(I):\n    return hmirror(I)\n' });
    const { events, ran } = await buildIn(root, { dryRun: true });
    expect(events).toContainEqual({ type: 'planned', dirtyTasks: 1, tasks: 1, dryRun: true });
    expect(events).toContainEqual({
      type: 'looked-up',
      phase: 'validate',
      subject: RECOLORED,
      hits: 6,
      misses: 3,
    });
    expect(ran).not.toHaveProperty(`validate ${RECOLORED}`);
    expect(linesOf(treeOf(join(root, 'out')))).toEqual(before.tree);
    expect(storeIn(root)).toEqual(before.store);
  });

  it('that finds nothing to do writes nothing', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const before = storeIn(root);
    await buildIn(root, { dryRun: true });
    expect(storeIn(root)).toEqual(before);
  });
});

function storeIn(root: string): unknown {
  return rowsOfStore(workspaceOf(root).cache.path);
}
