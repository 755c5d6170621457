import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedPath } from '../../src/workspace/paths.js';
import {
  contentDigest,
  EMPTY_TABLE,
  forget,
  packTable,
  type StatTable,
  settle,
  statFiles,
  unpackTable,
} from '../../src/workspace/stat-table.js';
import { MemoryFileSystem } from './memory-file-system.js';

function named(...names: string[]): NamedPath[] {
  return names.map((name) => ({ path: `/${name}`, name }));
}

/** Scans and reads like a build; returns the names of suspects, and of files whose content changed. */
function build(files: MemoryFileSystem, inputs: NamedPath[], recorded: StatTable = EMPTY_TABLE) {
  const stats = statFiles(inputs, recorded, files, files.clock);
  const { table } = stats;
  const changed: string[] = [];
  for (const index of stats.suspects) {
    const content = files.read(inputs[stats.sources[index]].path);
    if (!(content instanceof Uint8Array)) forget(table, index);
    else if (settle(table, index, content)) changed.push(table.names[index]);
  }
  return { ...stats, suspects: stats.suspects.map((index) => table.names[index]), changed };
}

describe('looking at files', () => {
  it('suspects all of them the first time', () => {
    const files = new MemoryFileSystem({ '/a': '1', '/b': '2' });
    expect(build(files, named('a', 'b'))).toMatchObject({
      suspects: ['a', 'b'],
      changed: ['a', 'b'],
      removed: [],
    });
  });

  it('opens nothing when nothing changed', () => {
    const files = new MemoryFileSystem({ '/a': '1', '/b': '2' });
    files.tick();
    const { table } = build(files, named('a', 'b'));
    files.log.length = 0;
    const next = build(files, named('a', 'b'), table);
    expect(next).toMatchObject({ suspects: [], changed: [], removed: [] });
    expect(files.log).toEqual(['stat /a', 'stat /b']);
    expect(next.table.digests).toEqual(table.digests);
  });

  it('finds what was changed, added and removed', () => {
    const files = new MemoryFileSystem({ '/a': '1', '/b': '2', '/c': '3' });
    files.tick();
    const { table } = build(files, named('a', 'b', 'c'));
    files.tick();
    files.write('/b', '4');
    files.remove('/a');
    files.write('/d', '5');
    expect(build(files, named('b', 'c', 'd'), table)).toMatchObject({
      suspects: ['b', 'd'],
      changed: ['b', 'd'],
      removed: ['a'],
    });
  });

  it('finds a touched file unchanged, and trusts it again afterwards', () => {
    const files = new MemoryFileSystem({ '/a': '1' });
    files.tick();
    const { table } = build(files, named('a'));
    files.tick();
    files.touch('/a');
    files.tick();
    const touched = build(files, named('a'), table);
    expect(touched).toMatchObject({ suspects: ['a'], changed: [] });
    expect(build(files, named('a'), touched.table).suspects).toEqual([]);
  });

  it.each([...['size', 'mtime', 'ctime', 'inode'].entries()])(
    'suspects a file when number %d, its %s, is another',
    (column) => {
      const files = new MemoryFileSystem({ '/a': '1' });
      files.tick();
      const { table } = build(files, named('a'));
      table.stats[column] -= 1;
      expect(build(files, named('a'), table)).toMatchObject({ suspects: ['a'], changed: [] });
    },
  );

  it('suspects a file that another took the place of, with the same size and times', () => {
    const files = new MemoryFileSystem({ '/a': '1', '/other': '2' });
    files.tick();
    const { table } = build(files, named('a'));
    const { stats } = table;
    files.rename('/other', '/a');
    const next = build(files, named('a'), table);
    expect([...next.table.stats.subarray(0, 2)]).toEqual([...stats.subarray(0, 2)]);
    expect(next.changed).toEqual(['a']);
  });

  it('suspects a file of the same size whose mtime was set back', () => {
    const files = new MemoryFileSystem({ '/a': '1' });
    const before = files.now;
    files.tick();
    const { table } = build(files, named('a'));
    files.tick();
    files.write('/a', '2');
    files.touch('/a', before);
    expect(build(files, named('a'), table).changed).toEqual(['a']);
  });

  it('does not trust a look that came within one tick of the change', () => {
    const files = new MemoryFileSystem({ '/a': '1' });
    const { table } = build(files, named('a'));
    // In the same tick of the clock: size and times do not change.
    files.write('/a', '2');
    files.tick();
    const next = build(files, named('a'), table);
    expect(next.changed).toEqual(['a']);
    // Now the change is well before the scan.
    expect(build(files, named('a'), next.table).suspects).toEqual([]);
  });

  it('takes times in whole seconds for a coarse clock', () => {
    const files = new MemoryFileSystem();
    files.now = 1_700_000_000_000;
    files.write('/a', '1');
    files.tick(1500);
    const early = build(files, named('a'));
    expect(build(files, named('a'), early.table).suspects).toEqual(['a']);
    files.tick(500);
    const { table } = build(files, named('a'), early.table);
    expect(build(files, named('a'), table).suspects).toEqual([]);
  });

  it('trusts a file whose mtime lies in the future', () => {
    const files = new MemoryFileSystem({ '/a': '1' });
    files.touch('/a', files.now + 1e9);
    files.tick();
    const { table } = build(files, named('a'));
    expect(build(files, named('a'), table).suspects).toEqual([]);
  });

  it('suspects a file again that could not be read', () => {
    const files = new MemoryFileSystem({ '/a': '1' });
    files.tick();
    files.fail('read', '/a', 'EIO');
    const { table } = build(files, named('a'));
    files.fail('read', '/a', null);
    expect(build(files, named('a'), table)).toMatchObject({ suspects: ['a'], changed: ['a'] });
  });

  it('leaves out and reports what is not there or no file', () => {
    const files = new MemoryFileSystem({ '/a': '1', '/d/x': '', '/z': '2' });
    files.makeSpecial('/s');
    const { table, sources, problems } = build(files, named('a', 'd', 'gone', 's', 'z'));
    expect(table.names).toEqual(['a', 'z']);
    expect([...sources]).toEqual([0, 4]);
    expect(problems.map(({ file, problem }) => [file.name, problem.code])).toEqual([
      ['d', 'EISDIR'],
      ['gone', 'ENOENT'],
      ['s', 'NOT_A_FILE'],
    ]);
  });

  it('looks at what a link leads to', () => {
    const files = new MemoryFileSystem({ '/file': 'content' });
    files.tick();
    files.link('/link', 'file');
    const { table } = build(files, named('link'));
    expect(build(files, named('link'), table).suspects).toEqual([]);
    files.write('/file', 'CONTENT');
    expect(build(files, named('link'), table).changed).toEqual(['link']);
  });

  it('gives equal digests to equal contents and no others', () => {
    const files = new MemoryFileSystem({ '/a': 'x', '/b': 'x', '/c': 'y' });
    const { table } = build(files, named('a', 'b', 'c'));
    expect(contentDigest(table, 0)).toHaveLength(32);
    expect(contentDigest(table, 0)).toBe(contentDigest(table, 1));
    expect(contentDigest(table, 0)).not.toBe(contentDigest(table, 2));
  });

  it('misses no change, whatever is edited between looks', () => {
    const edit = fc.record({
      what: fc.constantFrom('write', 'touch', 'remove', 'replace', 'tick', 'nudge', 'look'),
      name: fc.constantFrom('a', 'b', 'c'),
      text: fc.constantFrom('1', '2', '33'),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        const files = new MemoryFileSystem({ '/a': '1', '/b': '1' });
        let recorded = EMPTY_TABLE;
        for (const { what, name, text } of [...edits, { what: 'look', name: '', text: '' }]) {
          const path = `/${name}`;
          const present = files.text(path) !== null;
          if (what === 'write') files.write(path, text);
          else if (what === 'touch' && present) files.touch(path);
          else if (what === 'remove' && present) files.remove(path);
          else if (what === 'tick') files.tick();
          else if (what === 'nudge') files.tick(7);
          else if (what === 'replace') {
            files.write('/new', text);
            files.rename('/new', path);
          } else if (what === 'look') {
            const inputs = named(...['a', 'b', 'c'].filter((input) => files.text(`/${input}`) !== null));
            recorded = build(files, inputs, recorded).table;
            const fresh = build(files, inputs).table;
            expect(recorded.names).toEqual(fresh.names);
            expect(recorded.digests).toEqual(fresh.digests);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a packed table', () => {
  function table(...names: string[]): StatTable {
    const files = new MemoryFileSystem(Object.fromEntries(names.map((name) => [`/${name}`, name])));
    return build(files, named(...names)).table;
  }

  it.each([[[]], [['a']], [['a b', 'ä\n', '\u{1f600}']]])('of the files %j comes back as it was', (names) => {
    const original = table(...names);
    // At an odd address, as part of a larger buffer.
    const packed = packTable(original);
    const shifted = new Uint8Array(packed.length + 1);
    shifted.set(packed, 1);
    const unpacked = unpackTable(shifted.subarray(1)) as StatTable;
    expect(unpacked.names).toEqual(original.names);
    expect(unpacked.scannedAt).toBe(original.scannedAt);
    expect([...unpacked.stats]).toEqual([...original.stats]);
    expect([...unpacked.digests]).toEqual([...original.digests]);
  });

  it('that is cut or of another format is none', () => {
    const packed = packTable(table('a', 'b'));
    for (let length = 0; length < packed.length; length++) {
      expect(unpackTable(packed.subarray(0, length))).toBeNull();
    }
    expect(unpackTable(Uint8Array.of(99, ...packed.subarray(1)))).toBeNull();
  });
});
