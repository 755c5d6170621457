import { describe, expect, it } from 'vitest';
import {
  holdsContent,
  linkAtomically,
  removeWithEmptyFolders,
  writeAtomically,
} from '../../src/workspace/atomic-files.js';
import { markCacheFolder, ownCacheTag } from '../../src/workspace/cache-folder.js';
import { FileProblem, type FileSystem } from '../../src/workspace/file-system.js';
import { MemoryFileSystem } from './memory-file-system.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const code = (result: unknown) => (result instanceof FileProblem ? result.code : result);

describe('writing a file atomically', () => {
  it('makes the folders that it needs and leaves nothing else', () => {
    const files = new MemoryFileSystem();
    expect(writeAtomically(files, '/out/a/b.py', bytes('new'))).toBeNull();
    expect(files.text('/out/a/b.py')).toBe('new');
    expect(files.paths()).toEqual(['/out', '/out/a', '/out/a/b.py']);
  });

  it('never writes to a file that can be seen', () => {
    const files = new MemoryFileSystem({ '/out/b.py': 'old' });
    writeAtomically(files, '/out/b.py', bytes('new'));
    expect(files.log.filter((entry) => entry.endsWith(' /out/b.py'))).toEqual(['rename /out/b.py']);
    expect(files.log.filter((entry) => entry.startsWith('create'))).toEqual([
      expect.stringMatching(/^create \/out\/\.battbuild-/),
    ]);
    expect(files.text('/out/b.py')).toBe('new');
  });

  it('replaces a link, not what it leads to', () => {
    const files = new MemoryFileSystem({ '/elsewhere': 'kept' });
    files.link('/link', 'elsewhere');
    expect(writeAtomically(files, '/link', bytes('new'))).toBeNull();
    expect(files.text('/link')).toBe('new');
    expect(files.text('/elsewhere')).toBe('kept');
  });

  it.each([
    ['create', 'ENOSPC'],
    ['makeFolder', 'EACCES'],
    ['rename', 'EROFS'],
  ] as const)('leaves all as it was when %s fails with %s', (operation, problem) => {
    const files = new MemoryFileSystem({ '/seen': 'old' });
    files.failAlways(operation, problem);
    expect(code(writeAtomically(files, operation === 'makeFolder' ? '/a/b' : '/seen', bytes('new')))).toBe(
      problem,
    );
    expect(files.paths()).toEqual(['/seen']);
    expect(files.text('/seen')).toBe('old');
  });

  it('says so when a folder is in its place, or a file in the place of a folder', () => {
    const files = new MemoryFileSystem({ '/out/folder/x': '', '/out/file': '' });
    expect(code(writeAtomically(files, '/out/folder', bytes('')))).toBe('EISDIR');
    expect(writeAtomically(files, '/out/file/below', bytes(''))).toBeInstanceOf(FileProblem);
    expect(files.paths()).toEqual(['/out', '/out/file', '/out/folder', '/out/folder/x']);
  });

  it('leaves nothing of a file that there was no room for', () => {
    const files = new MemoryFileSystem();
    const create: FileSystem['create'] = (path) => {
      files.write(path, '');
      return new FileProblem('ENOSPC', path);
    };
    const full = Object.assign(Object.create(files) as MemoryFileSystem, { create });
    expect(writeAtomically(full, '/out/a', bytes('text'))?.code).toBe('ENOSPC');
    expect(files.paths()).toEqual(['/out']);
  });

  it('gets over what a killed process left', () => {
    const files = new MemoryFileSystem({ '/out/x': '' });
    writeAtomically(files, '/out/first', bytes(''));
    const [, counter] = /-(\d+)$/.exec(files.log.find((entry) => entry.startsWith('create')) ?? '') ?? [];
    for (let k = 1; k < 5; k++) files.write(`/out/.battbuild-${process.pid}-${Number(counter) + k}`, 'left');
    expect(writeAtomically(files, '/out/second', bytes('new'))).toBeNull();
    expect(files.text('/out/second')).toBe('new');
  });
});

describe('making a link atomically', () => {
  it('links, replacing what is there', () => {
    const files = new MemoryFileSystem({ '/out/md5/a': 'content', '/out/dir/link': 'edited' });
    expect(linkAtomically(files, '/out/dir/link', '../md5/a', bytes('content'))).toBe('linked');
    expect(files.readLink('/out/dir/link')).toBe('../md5/a');
    expect(linkAtomically(files, '/out/new/link', '../md5/a', bytes('content'))).toBe('linked');
    expect(new TextDecoder().decode(files.read('/out/new/link') as Uint8Array)).toBe('content');
  });

  it('copies where links are not supported, and only once', () => {
    const files = new MemoryFileSystem({ '/out/md5/a': 'content' });
    files.failAlways('link', 'EPERM');
    expect(linkAtomically(files, '/out/dir/link', '../md5/a', bytes('content'))).toBe('copied');
    expect(files.text('/out/dir/link')).toBe('content');
    expect(linkAtomically(files, '/out/dir/link', '../md5/a', bytes('content'))).toBe('unchanged');
    expect(linkAtomically(files, '/out/dir/link', '../md5/b', bytes('other'))).toBe('copied');
    expect(files.text('/out/dir/link')).toBe('other');
  });

  it('reports any other problem', () => {
    const files = new MemoryFileSystem();
    files.failAlways('link', 'ENOSPC');
    expect(code(linkAtomically(files, '/out/link', 'a', bytes('')))).toBe('ENOSPC');
    expect(files.text('/out/link')).toBeNull();
  });
});

describe('looking whether a content is there', () => {
  it('takes a file of equal content, and no link', () => {
    const files = new MemoryFileSystem({ '/a': 'content', '/b': 'CONTENT', '/c/d': '' });
    files.link('/link', 'a');
    const paths = ['/a', '/b', '/c', '/link', '/none'];
    expect(paths.filter((path) => holdsContent(files, path, bytes('content')))).toEqual(['/a']);
  });
});

describe('removing a file', () => {
  it('removes the folders that are empty without it, not the root', () => {
    const files = new MemoryFileSystem({ '/out/a/b/c/x': '', '/out/a/y': '' });
    expect(removeWithEmptyFolders(files, '/out', '/out/a/b/c/x')).toBeNull();
    expect(files.paths()).toEqual(['/out', '/out/a', '/out/a/y']);
    expect(removeWithEmptyFolders(files, '/out', '/out/a/y')).toBeNull();
    expect(files.paths()).toEqual(['/out']);
  });

  it('is content when it is gone already', () => {
    const files = new MemoryFileSystem({ '/out/a/y': '' });
    expect(removeWithEmptyFolders(files, '/out', '/out/a/x')).toBeNull();
    expect(files.paths()).toEqual(['/out', '/out/a', '/out/a/y']);
  });

  it('reports what it cannot remove', () => {
    const files = new MemoryFileSystem({ '/out/a/y': '' });
    files.failAlways('remove', 'EACCES');
    expect(code(removeWithEmptyFolders(files, '/out', '/out/a/y'))).toBe('EACCES');
  });
});

describe('the tag of a cache folder', () => {
  it('is written once, and begins as the standard wants', () => {
    const files = new MemoryFileSystem();
    expect(ownCacheTag(files, '/w/cache')).toBeNull();
    expect(markCacheFolder(files, '/w/cache')).toBeNull();
    expect(files.text('/w/cache/CACHEDIR.TAG')).toMatch(/^Signature: 8a477f597d28d172789f06886806bc55\n/);
    expect(ownCacheTag(files, '/w/cache')).toBe('/w/cache/CACHEDIR.TAG');
    files.log.length = 0;
    expect(markCacheFolder(files, '/w/cache')).toBeNull();
    expect(files.count('create')).toBe(0);
  });

  it('of another content does not make a folder ours to empty', () => {
    const files = new MemoryFileSystem({ '/w/cache/CACHEDIR.TAG': 'something else' });
    expect(markCacheFolder(files, '/w/cache')).toBeNull();
    expect(files.text('/w/cache/CACHEDIR.TAG')).toBe('something else');
    expect(ownCacheTag(files, '/w/cache')).toBeNull();
  });

  it('cannot be written where the folder cannot', () => {
    const files = new MemoryFileSystem({ '/w': 'a file' });
    expect(markCacheFolder(files, '/w/cache')).toBeInstanceOf(FileProblem);
  });
});
