import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileProblem, type FileStat, type FileSystem, isSameFile } from '../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { MemoryFileSystem } from './memory-file-system.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | FileProblem) =>
  content instanceof FileProblem ? content.code : new TextDecoder().decode(content);
const code = (result: unknown) => (result instanceof FileProblem ? result.code : result);

describe.each([
  [
    'in memory',
    () => ({ files: new MemoryFileSystem({ '/root/seed': '' }) as FileSystem, root: '/root', end: () => {} }),
  ],
  [
    'of the system',
    () => {
      const root = realpathSync(mkdtempSync(join(tmpdir(), 'battbuild-')));
      return { files: nodeFileSystem, root, end: () => rmSync(root, { recursive: true }) };
    },
  ],
])('the file system %s', (_, open) => {
  let files: FileSystem;
  let root: string;
  let end: () => void;
  beforeEach(() => {
    ({ files, root, end } = open());
  });
  afterEach(() => end());

  function make(name: string, content = ''): string {
    const path = `${root}/${name}`;
    files.makeFolder(path.slice(0, path.lastIndexOf('/')));
    expect(files.create(path, bytes(content))).toBeNull();
    return path;
  }

  function stat(path: string): FileStat {
    const found = files.stat(path);
    if (found instanceof FileProblem) throw new Error(`${found.code} ${path}`);
    return found;
  }

  it('reads back what was created, and creates no file twice', () => {
    const path = make('a/b/file', 'hello');
    expect(text(files.read(path))).toBe('hello');
    expect(stat(path)).toMatchObject({ kind: 'file', size: 5 });
    expect(code(files.create(path, bytes('other')))).toBe('EEXIST');
    expect(text(files.read(path))).toBe('hello');
  });

  it('lists the entries of a folder by what they are themselves', () => {
    make('f/file');
    make('f/folder/below');
    files.link(`${root}/f/link`, 'folder');
    const entries = files.list(`${root}/f`);
    expect(entries).toHaveLength(3);
    expect(entries).toEqual(
      expect.arrayContaining([
        { name: 'file', kind: 'file' },
        { name: 'folder', kind: 'folder' },
        { name: 'link', kind: 'link' },
      ]),
    );
  });

  it('says what is wrong with a path', () => {
    const file = make('file');
    expect(code(files.stat(`${root}/none`))).toBe('ENOENT');
    expect(code(files.read(`${root}/none`))).toBe('ENOENT');
    expect(code(files.list(`${root}/none`))).toBe('ENOENT');
    expect(code(files.list(file))).toBe('ENOTDIR');
    expect(code(files.read(root))).toBe('EISDIR');
    expect(code(files.remove(`${root}/none`))).toBe('ENOENT');
    expect(code(files.create(`${root}/none/file`, bytes('')))).toBe('ENOENT');
    expect(code(files.stat(`${file}/below`))).toBe('ENOTDIR');
    const below = files.statLink(`${file}/below`);
    expect(below instanceof FileProblem && below.absent).toBe(true);
  });

  it('follows links, or looks at them', () => {
    const file = make('data/file', 'content');
    const link = `${root}/links/link`;
    files.makeFolder(`${root}/links`);
    expect(files.link(link, '../data/file')).toBeNull();
    expect(text(files.read(link))).toBe('content');
    expect(stat(link)).toEqual(stat(file));
    expect(files.statLink(link)).toMatchObject({ kind: 'link' });
    expect(files.readLink(link)).toBe('../data/file');
    expect(code(files.readLink(file))).toBe('EINVAL');
    expect(code(files.link(link, 'other'))).toBe('EEXIST');
  });

  it('gives paths in a folder a beginning, and leaves nothing changed', () => {
    make('data/file', 'content');
    const before = process.cwd();
    expect(files.inFolder(`${root}/data`, (prefix) => files.statLink(`${prefix}file`))).toEqual(
      stat(`${root}/data/file`),
    );
    expect(code(files.inFolder(`${root}/none`, (prefix) => files.statLink(`${prefix}file`)))).toBe('ENOENT');
    const fail = () => {
      throw new Error('failed');
    };
    expect(() => files.inFolder(root, fail)).toThrow('failed');
    expect(process.cwd()).toBe(before);
  });

  it('gives a file a second name, which is as good as the first', () => {
    const file = make('data/file', 'content');
    const other = `${root}/data/other`;
    expect(files.hardLink(other, file)).toBeNull();
    expect(files.statLink(other)).toMatchObject({ kind: 'file' });
    expect(isSameFile(stat(other), stat(file))).toBe(true);
    expect(isSameFile(stat(other), stat(make('data/third', 'content')))).toBe(false);
    expect(code(files.hardLink(other, file))).toBe('EEXIST');
    expect(code(files.hardLink(`${root}/none/other`, file))).toBe('ENOENT');
    expect(code(files.hardLink(`${root}/data/more`, `${root}/none`))).toBe('ENOENT');
    // Of two names of one file, a rename leaves both.
    expect(files.rename(other, file)).toBeNull();
    expect(stat(other)).toEqual(stat(file));
    expect(files.remove(file)).toBeNull();
    expect(text(files.read(other))).toBe('content');
  });

  it('says of a broken link that nothing is there, of a circle that it is one', () => {
    files.link(`${root}/broken`, 'nowhere');
    files.link(`${root}/circle`, 'circle');
    expect(code(files.stat(`${root}/broken`))).toBe('ENOENT');
    expect(code(files.stat(`${root}/circle`))).toBe('ELOOP');
    expect(files.statLink(`${root}/circle`)).toMatchObject({ kind: 'link' });
  });

  it('renames over a file, and over a link without following it', () => {
    const target = make('target', 'old');
    files.link(`${root}/link`, 'target');
    expect(files.rename(make('new', 'new'), `${root}/link`)).toBeNull();
    expect(files.statLink(`${root}/link`)).toMatchObject({ kind: 'file' });
    expect(text(files.read(target))).toBe('old');
    expect(files.rename(`${root}/link`, target)).toBeNull();
    expect(text(files.read(target))).toBe('new');
    expect(code(files.stat(`${root}/link`))).toBe('ENOENT');
  });

  it('removes a link and not what it leads to', () => {
    const file = make('file', 'kept');
    files.link(`${root}/link`, 'file');
    expect(files.remove(`${root}/link`)).toBeNull();
    expect(code(files.statLink(`${root}/link`))).toBe('ENOENT');
    expect(text(files.read(file))).toBe('kept');
  });

  it('makes folders that may be there, and removes only empty ones', () => {
    expect(files.makeFolder(`${root}/a/b/c`)).toBeNull();
    expect(files.makeFolder(`${root}/a/b/c`)).toBeNull();
    expect(code(files.removeFolder(`${root}/a/b`))).toBe('ENOTEMPTY');
    expect(files.removeFolder(`${root}/a/b/c`)).toBeNull();
    expect(files.removeFolder(`${root}/a/b`)).toBeNull();
    expect(files.makeFolder(make('file'))).toBeInstanceOf(FileProblem);
  });

  it('gives another inode to another file', () => {
    expect(stat(make('one')).inode).not.toBe(stat(make('two')).inode);
  });
});

describe('a problem of the system', () => {
  it('is told in words where it is a common one, else by its name', () => {
    expect(new FileProblem('ENOSPC', '/x').describe()).toBe('no space left on the device');
    expect(new FileProblem('EXYZ', '/x').describe()).toBe('the system says EXYZ');
  });

  it('includes paths that no system takes', () => {
    expect(code(nodeFileSystem.stat('/a\0b'))).toBe('ERR_INVALID_ARG_VALUE');
  });

  it('does not hide a mistake of the caller', () => {
    expect(() => nodeFileSystem.read(undefined as unknown as string)).toThrow(TypeError);
  });
});
