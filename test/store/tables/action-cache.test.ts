/** The action cache: what a phase stored in a shard is found there by its key. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addChecksum } from '../../../src/store/payload-checksum.js';
import { Store } from '../../../src/store/store.js';
import { entryOf, keyOf, packOf } from '../packs.js';
import { temporaryFolder } from '../temporary-folder.js';

let store: Store;

beforeEach(() => {
  store = Store.open(temporaryFolder());
});

afterEach(() => {
  store.close();
});

function storedValue(phase: string, shard: string, name: string): string | undefined {
  const entry = store.actions.read(phase, shard).entries.get(keyOf(name));
  return entry === undefined ? undefined : Buffer.from(entry.value).toString();
}

function packsOf(shard: string): number {
  const count = store['database'].prepare<[string], { packs: number }>(
    'SELECT count(*) AS packs FROM pack WHERE shard = ?',
  );
  return (count.get(shard) as { packs: number }).packs;
}

describe('a shard', () => {
  it('is empty before anything was stored', () => {
    const { entries, blobs } = store.actions.read('phase', 'shard');
    expect([entries.size, blobs.size]).toEqual([0, 0]);
  });

  it('belongs to one phase and one name', () => {
    store.write(() => store.actions.append('p', 's', 1, packOf(entryOf('a', 'A'))));
    expect(storedValue('p', 's', 'a')).toBe('A');
    expect(storedValue('q', 's', 'a')).toBeUndefined();
    expect(storedValue('p', 't', 'a')).toBeUndefined();
  });

  it('gives the newest of entries with one key', () => {
    for (const value of ['first', 'second']) {
      store.write(() => store.actions.append('p', 's', 1, packOf(entryOf('a', value))));
    }
    expect(storedValue('p', 's', 'a')).toBe('second');
  });

  it('holds the blobs of all its packs', () => {
    for (const name of ['a', 'b']) {
      const blobs = new Map([[name.repeat(16), Buffer.from(name)]]);
      store.write(() => store.actions.append('p', 's', 1, { entries: [entryOf(name, name)], blobs }));
    }
    const { blobs } = store.actions.read('p', 's');
    expect([...blobs].map(([key, blob]) => [key, Buffer.from(blob).toString()])).toEqual([
      ['a'.repeat(16), 'a'],
      ['b'.repeat(16), 'b'],
    ]);
  });

  it('loses a pack with a broken seal, counts it, and keeps the others', () => {
    for (const name of ['a', 'b', 'c']) {
      store.write(() => store.actions.append('p', 's', 1, packOf(entryOf(name, name))));
    }
    store['database'].exec('UPDATE pack SET payload = zeroblob(length(payload)) WHERE id = 2');
    expect(['a', 'b', 'c'].map((name) => storedValue('p', 's', name))).toEqual(['a', undefined, 'c']);
    store.actions.damaged = 0;
    store.actions.read('p', 's');
    expect(store.actions.damaged).toBe(1);
  });

  it('loses a pack whose seal is right and whose contents are not', () => {
    store.write(() => store.actions.append('p', 's', 1, packOf(entryOf('a', 'A'))));
    store['database'].prepare('UPDATE pack SET payload = ?').run(addChecksum(Uint8Array.of(1, 2, 3)));
    expect(storedValue('p', 's', 'a')).toBeUndefined();
  });

  it('is counted by phase', () => {
    store.write(() => {
      store.actions.append('p', 's', 1, packOf(entryOf('a', 'A'), entryOf('b', 'B')));
      store.actions.append('p', 't', 1, packOf(entryOf('a', 'A')));
      store.actions.append('q', 's', 1, packOf(entryOf('a', 'A')));
    });
    expect([...store.actions.counts()]).toEqual([
      ['p', 3],
      ['q', 1],
    ]);
  });
});

describe('compaction', () => {
  /** Appends one entry with one blob. */
  function append(name: string, value: string, run: number): void {
    const blobs = new Map([[name.padEnd(16), Buffer.from(value)]]);
    store.write(() => store.actions.append('p', 's', run, { entries: [entryOf(name, value, run)], blobs }));
  }

  it('keeps every newest entry with the run that made it, and every blob, in few packs', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 60 });
    fc.assert(
      fc.property(names, (appended) => {
        store['database'].exec('DELETE FROM pack');
        const expected = new Map<string, { value: string; run: number }>();
        appended.forEach((name, run) => {
          const value = `${name}${run}`;
          append(name, value, run);
          expected.set(name, { value, run });
          expect(packsOf('s')).toBeLessThan(12);
        });
        const { entries, blobs } = store.actions.read('p', 's');
        const found = [...expected.keys()].map((name) => {
          const entry = entries.get(keyOf(name));
          return [name, { value: Buffer.from(entry?.value ?? []).toString(), run: entry?.run }];
        });
        expect(found).toEqual([...expected]);
        expect(entries.size).toBe(expected.size);
        expect([...blobs.keys()].sort()).toEqual([...expected.keys()].map((name) => name.padEnd(16)).sort());
        for (const [name, { value }] of expected) {
          expect(Buffer.from(blobs.get(name.padEnd(16)) ?? []).toString()).toBe(value);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('happens to one shard alone', () => {
    store.write(() => store.actions.append('p', 't', 1, packOf(entryOf('t', 'T'))));
    store.write(() => store.actions.append('q', 's', 1, packOf(entryOf('q', 'Q'))));
    for (let run = 1; run <= 12; run++) append(`n${run}`, 'value', run);
    // The twelve packs of phase p became one.
    expect(packsOf('s')).toBe(2);
    expect(storedValue('p', 't', 't')).toBe('T');
    expect(storedValue('q', 's', 'q')).toBe('Q');
  });

  it('leaves large packs as they are, and where they are', () => {
    const big = new Map([['big'.padEnd(16), Buffer.alloc(1_100_000)]]);
    for (let run = 1; run <= 5; run++) append(`n${run}`, 'value', run);
    append('both', 'early', 6);
    store.write(() =>
      store.actions.append('p', 's', 7, { entries: [entryOf('both', 'late', 7)], blobs: big }),
    );
    for (let run = 8; run <= 18; run++) append(`n${run}`, 'value', run);
    expect(packsOf('s')).toBe(18);
    append('n19', 'value', 19);
    expect(packsOf('s')).toBe(8);
    const { entries, blobs } = store.actions.read('p', 's');
    expect(entries.get(keyOf('both'))?.run).toBe(7);
    expect(entries.size).toBe(18);
    expect(blobs.get('big'.padEnd(16))?.length).toBe(1_100_000);
  });

  it('leaves out packs with a broken seal', () => {
    for (let run = 1; run <= 11; run++) append(`n${run}`, 'value', run);
    store['database'].exec('UPDATE pack SET payload = zeroblob(50) WHERE id = 3');
    append('n12', 'value', 12);
    expect(packsOf('s')).toBe(1);
    store.actions.damaged = 0;
    expect(store.actions.read('p', 's').entries.size).toBe(11);
    expect(store.actions.damaged).toBe(0);
  });
});
