/** `verify`: finds every error in a store, removes only that, and the next build makes it again. */
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type Recomputed, recompute } from '../../../src/build/upkeep/recompute.js';
import { type Verified, verifyStore } from '../../../src/build/upkeep/verify.js';
import { decodePack, encodePack, type Pack } from '../../../src/store/pack.js';
import { addChecksum, verifyChecksum } from '../../../src/store/payload-checksum.js';
import { Store } from '../../../src/store/store.js';
import { nodeFileSystem } from '../../../src/workspace/node-file-system.js';
import { exampleWorkspace, MIRRORED, RECOLORED } from '../example.js';
import { buildIn, linesOf, recordedIn, treeOf, workspaceOf } from '../rig.js';

function verifyIn(root: string, repair = false): Verified {
  const store = Store.open(join(root, 'cache'));
  try {
    return verifyStore(store, workspaceOf(root), nodeFileSystem, repair);
  } finally {
    store.close();
  }
}

async function recomputeIn(root: string, share: number, seed = 1, repair = false): Promise<Recomputed> {
  const store = Store.open(join(root, 'cache'));
  const world = { files: nodeFileSystem, now: Date.now, mainThreadCells: Number.POSITIVE_INFINITY };
  try {
    return await recompute(store, workspaceOf(root), world, { share, seed }, repair);
  } finally {
    store.close();
  }
}

function tamper(root: string, change: (database: Sqlite.Database) => void): void {
  const database = new Sqlite(join(root, 'cache', 'battbuild.db'));
  change(database);
  database.close();
}

/** Replaces a pack by another one with a correct checksum. */
function changePack(root: string, phase: string, shard: string, change: (pack: Pack) => Pack): void {
  tamper(root, (database) => {
    const { id, payload } = database
      .prepare('SELECT id, payload FROM pack WHERE phase = ? AND shard = ?')
      .get(phase, shard) as { id: number; payload: Buffer };
    const pack = decodePack(verifyChecksum(payload) as Uint8Array);
    database
      .prepare('UPDATE pack SET payload = ? WHERE id = ?')
      .run(addChecksum(encodePack(change(pack))), id);
  });
}

function flipIn(sql: string): (root: string) => void {
  return (root) =>
    tamper(root, (database) => {
      const { key, bytes, table, column } = database.prepare(sql).get() as Record<string, never>;
      const flipped = Buffer.from(bytes as Uint8Array);
      flipped[flipped.length - 1] ^= 1;
      database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`).run(flipped, bytes);
      expect(key).toBeDefined();
    });
}

async function builtWorkspace(): Promise<{ root: string; results: unknown; published: string[] }> {
  const root = exampleWorkspace();
  await buildIn(root);
  return { root, results: recordedIn(root), published: linesOf(treeOf(join(root, 'out'))) };
}

const kindsOf = (verified: Verified) => [...new Set(verified.problems.map(({ kind }) => kind))];

describe('a sound store', () => {
  it('has nothing wrong with it, and is counted', async () => {
    const { root } = await builtWorkspace();
    const verified = verifyIn(root);
    expect(verified.problems).toEqual([]);
    expect(verified).toMatchObject({ selections: 1, tasks: 2, pending: 0, repaired: false });
    expect(verified.steps).toBeGreaterThan(10);
    expect(verified.outputs).toBeGreaterThan(2);
    expect(verified.published).toBeGreaterThan(4);
  });

  it('comes to the same when all of its steps run again', async () => {
    const { root } = await builtWorkspace();
    expect((await recomputeIn(root, 1)).problems).toEqual([]);
    expect((await recomputeIn(root, 1)).steps).toBe(verifyIn(root).steps);
  });

  it('runs the same sample for the same seed, and a part for a share', async () => {
    const { root } = await builtWorkspace();
    const all = (await recomputeIn(root, 1)).steps;
    const some = (await recomputeIn(root, 0.4, 7)).steps;
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    expect((await recomputeIn(root, 0.4, 7)).steps).toBe(some);
  });
});

/** Changes of a store, the resulting problem, and the number of cells that the next build runs. */
const DAMAGES: [string, (root: string) => void, string[]][] = [
  [
    'a bit of a pack',
    flipIn(
      "SELECT id AS key, payload AS bytes, 'pack' AS 'table', 'payload' AS 'column' FROM pack WHERE phase = 'validate'",
    ),
    ['cache', 'record'],
  ],
  [
    'a bit of the record of a selection',
    flipIn("SELECT id AS key, state AS bytes, 'selection' AS 'table', 'state' AS 'column' FROM selection"),
    ['record'],
  ],
  [
    'a bit of the state of a task',
    flipIn(
      "SELECT task AS key, state AS bytes, 'task_state' AS 'table', 'state' AS 'column' FROM task_state",
    ),
    ['record'],
  ],
  [
    'a bit of the result of a task',
    flipIn(
      "SELECT task AS key, result AS bytes, 'task_result' AS 'table', 'result' AS 'column' FROM task_result",
    ),
    ['record'],
  ],
  [
    'an output under the digest of another',
    (root) =>
      changePack(root, 'validate', RECOLORED, (pack) => {
        const [first, second, ...rest] = [...pack.blobs];
        return { ...pack, blobs: new Map([[first[0], second[1]], second, ...rest]) };
      }),
    ['cache', 'record'],
  ],
  [
    'an output that is missing',
    (root) =>
      changePack(root, 'validate', RECOLORED, (pack) => ({
        ...pack,
        blobs: new Map([...pack.blobs].slice(1)),
      })),
    ['cache', 'record'],
  ],
  [
    'all steps of a task',
    (root) => tamper(root, (database) => database.exec(`DELETE FROM pack WHERE shard = '${MIRRORED}'`)),
    ['record'],
  ],
  [
    'the result of one task in the place of another',
    (root) =>
      tamper(root, (database) =>
        database.exec(
          `UPDATE task_result SET result = (SELECT result FROM task_result WHERE task = '${MIRRORED}')
           WHERE task = '${RECOLORED}'`,
        ),
      ),
    ['record'],
  ],
  [
    'a selection without its row',
    (root) => tamper(root, (database) => database.exec('DELETE FROM selection')),
    ['record'],
  ],
  [
    'another text of a published file',
    (root) => writeFileSync(join(root, 'out', nameOfText(root)), 'def solve(I):\n    return I\n'),
    ['published'],
  ],
  ['a published file', (root) => rmSync(join(root, 'out', nameOfText(root))), ['published']],
];

function nameOfText(root: string): string {
  return [...treeOf(join(root, 'out')).keys()].find((name) => name.startsWith('solver_md5/')) as string;
}

describe.each(DAMAGES)('a store that lost %s', (_what, damage, kinds) => {
  it('is found out, and not changed without being asked', async () => {
    const { root } = await builtWorkspace();
    damage(root);
    const verified = verifyIn(root);
    expect(kindsOf(verified)).toEqual(kinds);
    expect(verified.repaired).toBe(false);
    expect(verifyIn(root).problems).toEqual(verified.problems);
    for (const { message } of verified.problems) expect(message).not.toContain('\n');
  });

  it('is what it was after a repair and a build', async () => {
    const { root, results, published } = await builtWorkspace();
    damage(root);
    expect(verifyIn(root, true).repaired).toBe(true);
    await buildIn(root);
    expect(verifyIn(root).problems).toEqual([]);
    expect(recordedIn(root)).toEqual(results);
    expect(linesOf(treeOf(join(root, 'out')))).toEqual(published);
  });
});

/** Overwrites the first page of an index: the rows exist but are not found. */
function breakIndex(root: string): void {
  let offset = 0;
  tamper(root, (database) => {
    const select = database
      .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'pack_by_shard'")
      .pluck();
    offset = ((select.get() as number) - 1) * (database.pragma('page_size', { simple: true }) as number);
  });
  const file = openSync(join(root, 'cache', 'battbuild.db'), 'r+');
  writeSync(file, Buffer.alloc(64, 0xff), 0, 64, offset);
  closeSync(file);
}

describe('a repair', () => {
  it('drops no step of another task', async () => {
    const { root } = await builtWorkspace();
    tamper(root, (database) => database.exec(`UPDATE pack SET payload = x'00' WHERE shard = '${MIRRORED}'`));
    verifyIn(root, true);
    const { ran } = await buildIn(root);
    expect(Object.keys(ran).filter((step) => step.startsWith('validate'))).toEqual([`validate ${MIRRORED}`]);
  });

  it('sets a file aside whose structure is wrong', async () => {
    const { root, results } = await builtWorkspace();
    breakIndex(root);
    const verified = verifyIn(root, true);
    expect(kindsOf(verified)).toEqual(['structure']);
    await buildIn(root);
    expect(verifyIn(root).problems).toEqual([]);
    expect(recordedIn(root)).toEqual(results);
  });
});

describe('a step with another output than it comes to', () => {
  /** Changes the cost of a cell: checksum and output are correct, and only running it again can find it. */
  async function lyingStore(): Promise<{ root: string; results: unknown }> {
    const { root, results } = await builtWorkspace();
    changePack(root, 'validate', MIRRORED, (pack) => ({
      ...pack,
      entries: pack.entries.map((entry, k) => (k === 0 ? { ...entry, value: pack.entries[1].value } : entry)),
    }));
    return { root, results };
  }

  it('is found out by running it again, and only so', async () => {
    const { root } = await lyingStore();
    expect(verifyIn(root).problems).toEqual([]);
    const { problems } = await recomputeIn(root, 1);
    expect(problems).toEqual([
      `validate of task ${MIRRORED}: 1 stored step comes to something else when run again`,
    ]);
  });

  it('is dropped by a repair, and the next build runs that one cell', async () => {
    const { root, results } = await lyingStore();
    await recomputeIn(root, 1, 1, true);
    const { summary } = await buildIn(root);
    expect(summary.cellsRun).toBe(1);
    expect(recordedIn(root)).toEqual(results);
    expect((await recomputeIn(root, 1)).problems).toEqual([]);
  });
});

describe('files that a build under way has not come to', () => {
  it('are counted, and are no problem', async () => {
    const { root } = await builtWorkspace();
    const name = nameOfText(root);
    tamper(root, (database) =>
      database.exec('INSERT INTO run (started, selection) SELECT 0, name FROM selection'),
    );
    rmSync(join(root, 'out', name));
    expect(verifyIn(root).problems).toEqual([]);
    expect(verifyIn(root).pending).toBeGreaterThan(0);
  });
});
