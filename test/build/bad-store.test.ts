/** A store that cannot be used costs time and no results. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { STORE_FILE } from '../../src/store/database.js';
import { exampleWorkspace } from './example.js';
import { buildIn, codesOf, LATER, linesOf, recordedIn, treeOf } from './rig.js';

const stateOf = (root: string) => ({ results: recordedIn(root), out: linesOf(treeOf(join(root, 'out'))) });

describe('a store that cannot be used', () => {
  const storeOf = (root: string) => join(root, 'cache', STORE_FILE);

  /** What may have happened to the store of a built workspace. */
  const HAPPENINGS: Readonly<Record<string, (file: string) => void>> = {
    'is no database': (file) =>
      writeFileSync(file, 'not a database, but longer than the header of one: '.repeat(10)),
    'is of another schema': (file) => {
      const database = new Sqlite(file);
      database.pragma('user_version = 999');
      database.close();
    },
    'is a database of another program': (file) => {
      rmSync(file);
      const database = new Sqlite(file);
      database.exec('CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)');
      database.close();
    },
  };

  for (const [name, happen] of Object.entries(HAPPENINGS)) {
    it(`as it ${name} is set aside and begun anew`, async () => {
      const root = exampleWorkspace();
      await buildIn(root, { world: LATER });
      const state = stateOf(root);
      happen(storeOf(root));
      const kept = readFileSync(storeOf(root));
      const { diagnostics, summary } = await buildIn(root, { world: LATER });
      expect(diagnostics).toMatchObject([{ code: 'STORE001', severity: 'warning' }]);
      expect(summary).toMatchObject({ solved: 2, cellsRun: 13 });
      expect(stateOf(root)).toEqual(state);
      const aside = readdirSync(join(root, 'cache')).filter((file) => file.includes('unusable'));
      expect(aside).toHaveLength(1);
      expect(readFileSync(join(root, 'cache', aside[0]))).toEqual(kept);
      const next = await buildIn(root, { world: LATER });
      expect(next.diagnostics).toEqual([]);
      expect(next.ran).toEqual({});
    });
  }

  it('as it was overwritten in the middle never gives a wrong result', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const state = stateOf(root);
    const intact = readFileSync(storeOf(root));
    const pages = statSync(storeOf(root)).size / 16_384;
    for (let page = 1; page < pages; page++) {
      const damaged = Buffer.from(intact);
      damaged.fill(0xa5, page * 16_384, (page + 1) * 16_384);
      writeFileSync(storeOf(root), damaged);
      const built = await buildIn(root, { world: LATER });
      expect(built.summary, `page ${page}`).toMatchObject({ solved: 2, tasks: 2, cells: 13 });
      expect(
        codesOf(built.diagnostics).filter((code) => !code.startsWith('STORE')),
        `page ${page}`,
      ).toEqual([]);
      // A build that reads everything finds any damage, and the build after it has an intact store.
      for (const force of [true, false]) {
        const { summary } = await buildIn(root, { world: LATER, force });
        expect(summary, `page ${page}`).toMatchObject({ solved: 2, tasks: 2, cells: 13 });
      }
      expect(stateOf(root), `page ${page}`).toEqual(state);
    }
  });

  it('as something else stands in its place is done without', async () => {
    const root = exampleWorkspace();
    mkdirSync(storeOf(root), { recursive: true });
    for (let builds = 0; builds < 2; builds++) {
      const { diagnostics, summary } = await buildIn(root, { world: LATER });
      expect(diagnostics).toMatchObject([{ code: 'STORE002', severity: 'error' }]);
      expect(summary).toMatchObject({ solved: 2, cellsRun: 13 });
      expect(treeOf(join(root, 'out')).size).toBe(9);
    }
    rmSync(storeOf(root), { recursive: true });
    const { diagnostics } = await buildIn(root, { world: LATER });
    expect(diagnostics).toEqual([]);
    expect(existsSync(storeOf(root))).toBe(true);
  });
});
