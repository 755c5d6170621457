/** A clock that jumps: no wrong hit, no needed entry removed, and none kept for ever. */
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectGarbage, isGcDue } from '../../src/build/upkeep/gc.js';
import { Store } from '../../src/store/store.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { exampleWorkspace, RECOLORED } from '../build/example.js';
import { buildIn, linesOf, recordedIn, treeOf, workspaceOf } from '../build/rig.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const at = (later: number) => ({ now: () => Date.now() + later });

const stateOf = (root: string) => ({ results: recordedIn(root), out: linesOf(treeOf(join(root, 'out'))) });

const solver = (color: number) =>
  `def solve_${RECOLORED}_00000003(I):\n    return fill(I, ${color}, ofcolor(I, 1))\n`;

describe('a clock that jumps', () => {
  it.each([
    ['back by a year, and forth again', [YEAR, 0, -YEAR, YEAR]],
    ['back by a second, again and again', [0, -1000, -2000, -3000]],
    ['to the beginning of time', [0, -Date.now(), 0, HOUR]],
  ])('%s: every edit is seen, and what did not change is not built', async (_what, jumps) => {
    const root = exampleWorkspace();
    for (const [k, jump] of jumps.entries()) {
      // Of the same length and with the same date, as far as a file's owner can set them.
      const file = join(root, 'solvers/edited.py');
      writeFileSync(file, solver(k + 4));
      utimesSync(file, 2_000_000_000, 2_000_000_000);
      const edited = await buildIn(root, { world: at(jump) });
      expect(edited.diagnostics).toEqual([]);
      expect(edited.ran[`validate ${RECOLORED}`], `jump ${k}`).toBeGreaterThan(0);
      const again = await buildIn(root, { world: at(jump) });
      expect(again.ran).toEqual({});
      const clean = exampleWorkspace({ 'solvers/edited.py': solver(k + 4) });
      await buildIn(clean);
      expect(stateOf(root)).toEqual(stateOf(clean));
    }
  });

  it('does not make the store forget what is in use, nor keep everything until it comes true', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: at(10 * YEAR) });
    const store = Store.open(join(root, 'cache'));
    // A build and a collection of that time that did not finish.
    store.write(() => {
      store.runs.begin(Date.now() + 10 * YEAR, 'killed');
      store.runs.beginCollection(Date.now() + 10 * YEAR);
    });
    expect(isGcDue(store, Date.now())).toBe(true);
    const limits = { maxAgeMs: 30 * DAY, maxBytes: 2e9 };
    const world = { files: nodeFileSystem, ...at(0) };
    expect(collectGarbage(store, workspaceOf(root), world, limits, false)).toMatchObject({
      selections: 0,
      shards: 0,
      stopped: false,
    });
    expect(isGcDue(store, Date.now())).toBe(false);
    store.close();
    expect((await buildIn(root)).ran).toEqual({});
  });
});
