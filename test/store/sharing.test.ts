/** Several users of one store at once: none fails, and nothing is lost. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
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
