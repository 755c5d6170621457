import { describe, expect, it } from 'vitest';
import {
  discoverPrograms,
  discoverTasks,
  type InputRoot,
  type NotSearched,
} from '../../../src/workspace/discovery/discover.js';
import { ignoreRules } from '../../../src/workspace/discovery/ignore.js';
import { FileProblem } from '../../../src/workspace/file-system.js';
import { MemoryFileSystem } from '../memory-file-system.js';

function root(name: string, explicit = true): InputRoot {
  return { path: `/w/${name}`, name, explicit };
}

function files(...names: string[]): MemoryFileSystem {
  return new MemoryFileSystem(Object.fromEntries(names.map((name) => [`/w/${name}`, ''])));
}

function notSearched(folders: string[] = [], ignore: string[] = []): NotSearched {
  return { folders, ignored: ignoreRules(ignore) };
}

function programs(
  fileSystem: MemoryFileSystem,
  roots: InputRoot[],
  excluded: string[] = [],
  ...ignore: string[]
) {
  const { files: found, diagnostics } = discoverPrograms(fileSystem, roots, notSearched(excluded, ignore));
  return {
    names: found.map(({ name }) => name),
    codes: diagnostics.map(({ code, file }) => `${code} ${file}`),
  };
}

describe('discovering solver files', () => {
  it('finds every *.py below a folder, in the order of names', () => {
    const fileSystem = files(
      's/b.py',
      's/a.py',
      's/sub/deep/c.py',
      's/sub.py',
      's/readme.md',
      's/x.pyc',
      'other/d.py',
    );
    expect(programs(fileSystem, [root('s')])).toEqual({
      names: ['s/a.py', 's/b.py', 's/sub.py', 's/sub/deep/c.py'],
      codes: [],
    });
  });

  it('gives each file the path to open it by', () => {
    const { files: found } = discoverPrograms(files('s/a.py'), [root('s')], notSearched());
    expect(found).toMatchObject([{ path: '/w/s/a.py', name: 's/a.py' }]);
  });

  it('names files of the workspace itself without a folder', () => {
    expect(programs(files('a.py', 's/b.py'), [{ path: '/w', name: '.', explicit: true }]).names).toEqual([
      'a.py',
      's/b.py',
    ]);
  });

  it('skips what is hidden, __pycache__ and node_modules', () => {
    const fileSystem = files(
      's/.h.py',
      's/.git/a.py',
      's/__pycache__/a.py',
      's/node_modules/m/a.py',
      's/a.py',
    );
    expect(programs(fileSystem, [root('s')]).names).toEqual(['s/a.py']);
  });

  it('takes a root that is a file, whatever its extension', () => {
    expect(programs(files('one.txt', 's/a.py'), [root('one.txt'), root('s/a.py')]).names).toEqual([
      'one.txt',
      's/a.py',
    ]);
  });

  it('finds a file once that several roots hold', () => {
    const roots = [root('s/sub'), root('s'), root('s'), root('s/sub/a.py')];
    expect(programs(files('s/sub/a.py'), roots)).toEqual({ names: ['s/sub/a.py'], codes: [] });
  });

  it('follows links to files and folders', () => {
    const fileSystem = files('s/a.py', 'elsewhere/b.py', 'elsewhere/sub/c.py');
    fileSystem.link('/w/s/link.py', '../elsewhere/b.py');
    fileSystem.link('/w/s/sub', '../elsewhere/sub');
    expect(programs(fileSystem, [root('s')]).names).toEqual(['s/a.py', 's/link.py', 's/sub/c.py']);
  });

  it('ends where links lead in circles, and names a file by the direct way', () => {
    const fileSystem = files('s/z/a.py');
    fileSystem.link('/w/s/up', '..');
    fileSystem.link('/w/s/a-link', 'z');
    fileSystem.link('/w/s/z/self', '.');
    expect(programs(fileSystem, [root('s')])).toEqual({ names: ['s/z/a.py'], codes: [] });
  });

  it('reports a broken link where an input would be', () => {
    const fileSystem = files('s/a.py');
    fileSystem.link('/w/s/b.py', 'gone');
    fileSystem.link('/w/s/other', 'gone');
    expect(programs(fileSystem, [root('s')])).toEqual({ names: ['s/a.py'], codes: ['FILE001 s/b.py'] });
  });

  it('says why an input cannot be read: a link that leads nowhere, or a name in another encoding', () => {
    const fileSystem = files('s/a.py');
    fileSystem.link('/w/s/b.py', 'gone');
    fileSystem.link('/w/s/c\ufffd', 'gone');
    const { diagnostics } = discoverPrograms(fileSystem, [root('s')], notSearched([], []));
    expect(diagnostics.map(({ message }) => message)).toEqual(['cannot be read: the link leads nowhere']);
    const named = new FileProblem('ENOENT', '/w/s/c\ufffd.py');
    expect(named.describe()).toBe('its name is not UTF-8 text');
  });

  it('ignores what is neither file nor folder', () => {
    const fileSystem = files('s/a.py');
    fileSystem.makeSpecial('/w/s/pipe.py');
    expect(programs(fileSystem, [root('s')])).toEqual({ names: ['s/a.py'], codes: [] });
  });

  it('does not search excluded folders, even through a link, unless they are named', () => {
    const fileSystem = files('a.py', 'out/solver_md5/b.py');
    fileSystem.link('/w/link', 'out');
    const all: InputRoot = { path: '/w', name: '.', explicit: true };
    expect(programs(fileSystem, [all], ['/w/out', '/w/none']).names).toEqual(['a.py']);
    expect(programs(fileSystem, [root('out/solver_md5')], ['/w/out']).names).toEqual(['out/solver_md5/b.py']);
  });

  it('reports an unreadable folder and goes on', () => {
    const fileSystem = files('s/a.py', 's/locked/b.py', 's/z/c.py');
    fileSystem.fail('list', '/w/s/locked', 'EACCES');
    expect(programs(fileSystem, [root('s')])).toEqual({
      names: ['s/a.py', 's/z/c.py'],
      codes: ['FILE001 s/locked'],
    });
  });

  it('reports a named folder without solvers, not an absent default one', () => {
    const fileSystem = files('s/readme.md');
    expect(programs(fileSystem, [root('s')]).codes).toEqual(['FILE002 s']);
    expect(programs(fileSystem, [root('s', false), root('none', false)]).codes).toEqual([]);
    expect(programs(fileSystem, [root('none')]).codes).toEqual(['FILE001 none']);
  });

  it('opens no file', () => {
    const fileSystem = files(...Array.from({ length: 100 }, (_, k) => `s/${k % 7}/${k}.py`));
    fileSystem.log.length = 0;
    expect(programs(fileSystem, [root('s')]).names).toHaveLength(100);
    expect(fileSystem.count('read')).toBe(0);
    expect(fileSystem.count('list')).toBe(8);
    expect(fileSystem.count('stat')).toBeLessThan(20);
  });
});

describe('discovering task files', () => {
  function tasks(fileSystem: MemoryFileSystem, ...roots: InputRoot[]) {
    const { files: found, diagnostics } = discoverTasks(fileSystem, roots, notSearched());
    return {
      names: found.map(({ name, solutions }) => (solutions === null ? name : `${name} + ${solutions.name}`)),
      codes: diagnostics.map(({ code, severity }) => `${code} ${severity}`),
    };
  }

  it('finds every *.json below a folder', () => {
    expect(tasks(files('t/b.json', 't/a.json', 't/eval/c.json', 't/a.py'), root('t')).names).toEqual([
      't/a.json',
      't/b.json',
      't/eval/c.json',
    ]);
  });

  it('pairs challenges with the solutions beside them', () => {
    const fileSystem = files(
      't/x_challenges.json',
      't/x_solutions.json',
      't/y_challenges.json',
      't/z_solutions.json',
      't/sub/y_solutions.json',
    );
    expect(tasks(fileSystem, root('t')).names).toEqual([
      't/sub/y_solutions.json',
      't/x_challenges.json + t/x_solutions.json',
      't/y_challenges.json',
      't/z_solutions.json',
    ]);
  });

  it('pairs them when only the challenges are named, too', () => {
    const fileSystem = files('t/x_challenges.json', 't/x_solutions.json', 't/a.json');
    expect(tasks(fileSystem, root('t/x_challenges.json')).names).toEqual([
      't/x_challenges.json + t/x_solutions.json',
    ]);
  });

  it('calls a named folder without tasks an error', () => {
    const fileSystem = files('t/a.py');
    expect(tasks(fileSystem, root('t')).codes).toEqual(['FILE002 error']);
    expect(tasks(fileSystem, root('t', false)).codes).toEqual([]);
  });
});
