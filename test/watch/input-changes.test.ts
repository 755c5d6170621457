/** Which inputs count as changed between two scans, and when they were written. */
import { describe, expect, it } from 'vitest';
import { scanInputs } from '../../src/build/inputs/scan.js';
import { type InputChanges, inputChanges } from '../../src/watch/input-changes.js';
import { EMPTY_TABLE, type StatTable } from '../../src/workspace/stat-table.js';
import { openWorkspace } from '../../src/workspace/workspace.js';
import { MemoryFileSystem } from '../workspace/memory-file-system.js';

/** Scans repeatedly: each scan is compared with the one before. */
function looks(files: MemoryFileSystem): () => InputChanges {
  const { workspace } = openWorkspace({ folder: '/work', flags: {}, cores: 1 }, files);
  if (workspace === null) throw new Error('the workspace cannot be opened');
  let table: StatTable = EMPTY_TABLE;
  return () => {
    const before = table;
    const scan = scanInputs(workspace, before, files, files.clock);
    table = scan.table;
    return inputChanges(before, scan);
  };
}

function filesWith(...names: readonly string[]): MemoryFileSystem {
  const files = new MemoryFileSystem({ '/work/config/battbuild.json': '{}' });
  for (const name of names) files.write(`/work/solvers/${name}`, name);
  files.tick();
  return files;
}

const named = ({ changes }: InputChanges) => changes.map(({ change, file }) => `${change} ${file}`);

describe('changes', () => {
  it('are a rename where a file came with the content of one that went, each once', () => {
    const files = filesWith('a.py');
    const look = looks(files);
    look();
    files.write('/work/solvers/b.py', 'a.py');
    files.write('/work/solvers/c.py', 'a.py');
    files.remove('/work/solvers/a.py');
    files.tick();
    const { changes } = look();
    expect(changes.map(({ file, change, from }) => [file, change, from])).toEqual([
      ['solvers/a.py', 'removed', undefined],
      ['solvers/b.py', 'added', 'solvers/a.py'],
      ['solvers/c.py', 'added', undefined],
    ]);
  });

  it('are all files at the first look, and none at the second', () => {
    const look = looks(filesWith('b.py', 'a.py'));
    expect(named(look())).toEqual(['added solvers/a.py', 'added solvers/b.py']);
    expect(look()).toEqual({ changes: [], savedAt: null });
  });

  it('are what was edited, added and removed, in the order of names', () => {
    const files = filesWith('a.py', 'b.py', 'c.py');
    const look = looks(files);
    look();
    files.tick();
    files.remove('/work/solvers/a.py');
    files.write('/work/solvers/c.py', 'other');
    files.write('/work/solvers/b2.py', 'new');
    expect(named(look())).toEqual(['removed solvers/a.py', 'added solvers/b2.py', 'edited solvers/c.py']);
  });

  it('are not what was only touched', () => {
    const files = filesWith('a.py');
    const look = looks(files);
    look();
    files.tick();
    files.touch('/work/solvers/a.py');
    expect(named(look())).toEqual([]);
  });

  it('are a file that cannot be read any more, once', () => {
    const files = filesWith('a.py');
    const look = looks(files);
    look();
    files.tick();
    files.touch('/work/solvers/a.py');
    files.fail('read', '/work/solvers/a.py', 'EACCES');
    expect(named(look())).toEqual(['edited solvers/a.py']);
    expect(named(look())).toEqual([]);
    files.fail('read', '/work/solvers/a.py', null);
    expect(named(look())).toEqual(['edited solvers/a.py']);
  });
});

describe('the time of the save', () => {
  it('is that of the last file that was written', () => {
    const files = filesWith('a.py', 'b.py');
    const look = looks(files);
    look();
    files.tick(1000);
    files.write('/work/solvers/a.py', 'x');
    files.tick(1000);
    files.write('/work/solvers/b.py', 'x');
    const savedAt = files.now;
    files.tick(1000);
    expect(look().savedAt).toBe(savedAt);
  });

  it('is not known at the first look, of files that are gone, and of files that came with a folder', () => {
    const files = filesWith('a.py');
    const look = looks(files);
    expect(look().savedAt).toBeNull();
    files.tick();
    files.remove('/work/solvers/a.py');
    expect(look().savedAt).toBeNull();
    // Moving a folder does not change the times of its files.
    files.tick(-3_600_000);
    files.write('/work/solvers/moved/b.py', 'x');
    files.tick(3_600_000);
    expect(look()).toMatchObject({ changes: [{ change: 'added' }], savedAt: null });
  });
});
