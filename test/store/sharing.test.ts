/** Several users of one store at once: none fails, and nothing is lost. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { STORE_FILE } from '../../src/store/database.js';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from '../../src/store/schema.js';
import { Store } from '../../src/store/store.js';
import { entryOf, keyOf, packOf } from './packs.js';
import { temporaryFolder } from './temporary-folder.js';

describe('two connections', () => {
  it('see what the other has written, whole or not at all', () => {
    const folder = temporaryFolder();
    const [writer, reader] = [Store.open(folder), Store.open(folder)];
    const seen: number[] = [];
    writer.write(() => {
      writer.actions.append('p', 's', 1, packOf(entryOf('a', 'A')));
      seen.push(reader.actions.read('p', 's').entries.size);
      writer.actions.append('p', 's', 1, packOf(entryOf('b', 'B')));
      seen.push(reader.actions.read('p', 's').entries.size);
    });
    seen.push(reader.actions.read('p', 's').entries.size);
    expect(seen).toEqual([0, 0, 2]);
    writer.close();
    reader.close();
  });

  it('take the lock before they read: what was read is still so when it is written', () => {
    const folder = temporaryFolder();
    const [one, other] = [Store.open(folder), Store.open(folder)];
    other['database'].pragma('busy_timeout = 0');
    one.write(() => {
      expect(one.selections.find('selection')).toBeNull();
      // The other one is locked out from here on, although nothing has been written yet.
      expect(other.write(() => void other.selections.save('selection', 1, Buffer.from('other')))).toBe(false);
      one.selections.save('selection', 1, Buffer.from('one'));
    });
    expect(other.writeTrouble).toMatch(/locked/);
    expect(Buffer.from(other.selections.find('selection')?.state ?? []).toString()).toBe('one');
    one.close();
    other.close();
  });

  it('keep nothing of a write that throws', () => {
    const store = Store.open(temporaryFolder());
    const bug = new Error('a bug');
    expect(() =>
      store.write(() => {
        store.actions.append('p', 's', 1, packOf(entryOf('a', 'A')));
        throw bug;
      }),
    ).toThrow(bug);
    expect(store.writeTrouble).toBeNull();
    expect(store.actions.read('p', 's').entries.size).toBe(0);
    expect(store.write(() => store.actions.append('p', 's', 1, packOf(entryOf('b', 'B'))))).toBe(true);
    expect([...store.actions.read('p', 's').entries.keys()]).toEqual([keyOf('b')]);
    store.close();
  });
});

describe('processes that begin a store together', () => {
  const NAMES = ['w0', 'w1', 'w2', 'w3'];
  const COUNT = 60;

  function run(folder: string, name: string): Promise<string> {
    const script = fileURLToPath(new URL('./fixtures/writer.mjs', import.meta.url));
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [script, folder, name, String(COUNT)]);
      let said = '';
      child.stdout.on('data', (text) => {
        said += text;
      });
      child.stderr.on('data', (text) => {
        said += text;
      });
      child.on('close', () => resolve(said.trim()));
    });
  }

  it('write all that they have to write', async () => {
    const folder = temporaryFolder();
    const said = await Promise.all(NAMES.map((name) => run(folder, name)));
    const all = JSON.stringify({ written: 2 * COUNT, notice: null, trouble: null });
    expect(said).toEqual(NAMES.map(() => all));
    const store = Store.open(folder);
    expect(store.notice).toBeNull();
    for (const name of NAMES) {
      const own = store.actions.read('p', name).entries;
      const shared = store.actions.read('p', 'shared').entries;
      for (let k = 0; k < COUNT; k++) {
        const key = `${name} ${k}`.padEnd(32) as ReturnType<typeof keyOf>;
        expect(Buffer.from(own.get(key)?.value ?? []).toString()).toBe(`${name} ${k}`);
        expect(Buffer.from(shared.get(key)?.value ?? []).toString()).toBe(`${name} ${k}`);
      }
    }
    const selection = store.selections.find('selection');
    expect([...store.selections.taskStates(selection?.id ?? -1).keys()].sort()).toEqual(NAMES);
    store.close();
  });
});

describe('a store that others create at this moment', () => {
  /** What another process does. */
  function createTables(file: string): boolean {
    const other = new Sqlite(file, { timeout: 0 });
    try {
      other.exec(`BEGIN IMMEDIATE; ${SCHEMA}; PRAGMA application_id = ${APPLICATION_ID};
        PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
      return true;
    } catch (error) {
      expect(String(error)).toMatch(/locked/);
      return false;
    } finally {
      other.close();
    }
  }

  it.each(['user_version', 'application_id'])(
    'is no database of another program (after %s was read)',
    (read) => {
      const folder = temporaryFolder();
      const file = join(folder, STORE_FILE);
      new Sqlite(file).exec('PRAGMA user_version = 0').close();
      const pragma = Sqlite.prototype.pragma;
      let tried = 0;
      const spy = vi.spyOn(Sqlite.prototype, 'pragma').mockImplementation(function (
        this: Sqlite.Database,
        ...args
      ) {
        const result = pragma.apply(this, args);
        if (args[0] === read && tried++ === 0) createTables(file);
        return result;
      });
      const store = Store.open(folder);
      spy.mockRestore();
      expect(tried).toBeGreaterThan(0);
      expect(store.notice).toBeNull();
      expect(store.write(() => store.selections.save('selection', 1, Buffer.from('state')))).toBe(true);
      store.close();
    },
  );

  it('is waited for, not only read', async () => {
    const folder = temporaryFolder();
    const file = join(folder, STORE_FILE);
    // A reader of an empty file: no process can give the file a write-ahead log while it reads.
    const script = `
      const Sqlite = require('better-sqlite3');
      const reader = new Sqlite(process.argv[1]);
      reader.exec('PRAGMA user_version = 0; BEGIN');
      reader.prepare('SELECT * FROM sqlite_schema').all();
      console.log('reading');
      setTimeout(() => reader.exec('COMMIT'), 300);`;
    const reader = spawn(process.execPath, ['-e', script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(reader.stdout, 'data');
    const store = Store.open(folder);
    expect(store.notice).toBeNull();
    store.close();
    await once(reader, 'close');
  });

  it.each([
    ['created', 100, () => undefined],
    ['of no use', 30, (file: string) => writeFileSync(file, 'This is no store. '.repeat(500))],
  ])(
    'is one store for all that begin together, if it is %s (%i times eight processes)',
    async (_, rounds, prepare) => {
      const script = fileURLToPath(new URL('./fixtures/opener.mjs', import.meta.url));
      const openers = Array.from({ length: 8 }, () => fork(script));
      await Promise.all(openers.map((opener) => once(opener, 'message')));
      for (let round = 0; round < rounds; round++) {
        const folder = temporaryFolder();
        prepare(join(folder, STORE_FILE));
        const isOfUse = readdirSync(folder).length === 0;
        const at = Date.now() + 5;
        const tell = async (opener: ChildProcess, k: number) => {
          opener.send({ folder, at, name: `opener ${k}` });
          return (await once(opener, 'message'))[0] as { notice: { kind: string } | null; written: boolean };
        };
        const told = await Promise.all(openers.map(tell));
        expect(told.map(({ written }) => written)).toEqual(openers.map(() => true));
        const notices = told.flatMap(({ notice }) => notice?.kind ?? []);
        expect(notices).toEqual(isOfUse ? [] : ['set-aside']);
        const store = Store.open(folder);
        for (const k of openers.keys()) expect(store.selections.find(`opener ${k}`)).not.toBeNull();
        store.close();
      }
      for (const opener of openers) opener.disconnect();
    },
  );
});
