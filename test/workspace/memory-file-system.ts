/** A file system in memory with its own clock. It records operations, and fails where it is told to. */
import { basename, dirname, resolve } from 'node:path';
import {
  type FileKind,
  FileProblem,
  type FileStat,
  type FileSystem,
  type FolderEntry,
} from '../../src/workspace/file-system.js';

interface Node {
  readonly kind: FileKind;
  readonly inode: number;
  content: Uint8Array;
  /** For a link. */
  target: string;
  mtimeMs: number;
  ctimeMs: number;
}

type Operation = keyof FileSystem;

export class MemoryFileSystem implements FileSystem {
  /** In milliseconds; it changes only when told to, so that all edits between two ticks have the same time. */
  now = 1_700_000_000_123;
  /** Every operation with its path, in order: `read /a/b`. */
  readonly log: string[] = [];
  private readonly nodes = new Map<string, Node>();
  private readonly failures = new Map<string, string>();
  private lastInode = 0;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.nodes.set('/', this.node('folder'));
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  readonly clock = (): number => this.now;

  tick(milliseconds = 60_000): void {
    this.now += milliseconds;
  }

  /** Writes a file in place like an editor: an existing file keeps its inode. */
  write(path: string, text: string): void {
    const content = new TextEncoder().encode(text);
    const present = this.nodes.get(path);
    if (present !== undefined) {
      Object.assign(present, { content, mtimeMs: this.now, ctimeMs: this.now });
      return;
    }
    this.makeFolder(dirname(path));
    this.nodes.set(path, { ...this.node('file'), content });
  }

  touch(path: string, mtimeMs = this.now): void {
    Object.assign(this.nodes.get(path) as Node, { mtimeMs, ctimeMs: this.now });
  }

  /** Makes `operation` fail on `path` with the given code; null restores it. */
  fail(operation: Operation, path: string, code: string | null): void {
    if (code === null) this.failures.delete(`${operation} ${path}`);
    else this.failures.set(`${operation} ${path}`, code);
  }

  /** Makes `operation` fail everywhere. */
  failAlways(operation: Operation, code: string): void {
    this.failures.set(operation, code);
  }

  count(operation: Operation): number {
    return this.log.filter((entry) => entry.startsWith(`${operation} `)).length;
  }

  text(path: string): string | null {
    const node = this.nodes.get(path);
    return node?.kind === 'file' ? new TextDecoder().decode(node.content) : null;
  }

  /** All paths but the root, sorted. */
  paths(): string[] {
    return [...this.nodes.keys()].filter((path) => path !== '/').sort();
  }

  /** An entry that is neither file, folder nor link. */
  makeSpecial(path: string): void {
    this.makeFolder(dirname(path));
    this.nodes.set(path, this.node('other'));
  }

  list(folder: string): readonly FolderEntry[] | FileProblem {
    const real = this.begin('list', folder);
    if (real instanceof FileProblem) return real;
    if (this.nodes.get(real)?.kind !== 'folder') return new FileProblem('ENOTDIR', folder);
    const prefix = real === '/' ? '/' : `${real}/`;
    const entries: FolderEntry[] = [];
    for (const [path, { kind }] of this.nodes) {
      const name = path.slice(prefix.length);
      if (path.startsWith(prefix) && name !== '' && !name.includes('/')) entries.push({ name, kind });
    }
    // In an order that no caller may rely on.
    return entries.reverse();
  }

  stat(path: string): FileStat | FileProblem {
    const real = this.begin('stat', path);
    return real instanceof FileProblem ? real : this.statOf(real);
  }

  statLink(path: string): FileStat | FileProblem {
    const real = this.begin('statLink', path, true);
    return real instanceof FileProblem ? real : this.statOf(real);
  }

  inFolder<Result>(folder: string, body: (prefix: string) => Result): Result {
    return body(`${folder}/`);
  }

  read(path: string): Uint8Array | FileProblem {
    const real = this.begin('read', path);
    if (real instanceof FileProblem) return real;
    const node = this.nodes.get(real) as Node;
    return node.kind === 'file' ? node.content : new FileProblem('EISDIR', path);
  }

  readLink(path: string): string | FileProblem {
    const real = this.begin('readLink', path, true);
    if (real instanceof FileProblem) return real;
    const node = this.nodes.get(real) as Node;
    return node.kind === 'link' ? node.target : new FileProblem('EINVAL', path);
  }

  create(path: string, bytes: Uint8Array): FileProblem | null {
    return this.add('create', path, () => ({ ...this.node('file'), content: bytes.slice() }));
  }

  link(path: string, target: string): FileProblem | null {
    return this.add('link', path, () => ({ ...this.node('link'), target }));
  }

  hardLink(path: string, of: string): FileProblem | null {
    const source = this.resolvePath(of, true);
    const node = source instanceof FileProblem ? undefined : this.nodes.get(source);
    if (node?.kind === 'folder') return new FileProblem('EPERM', path);
    const problem = this.add(
      'hardLink',
      path,
      () => node as Node,
      source instanceof FileProblem ? source : null,
    );
    if (problem === null) (node as Node).ctimeMs = this.now;
    return problem;
  }

  rename(from: string, to: string): FileProblem | null {
    const failure = this.failure('rename', to);
    if (failure !== null) return failure;
    const source = this.resolvePath(from, true);
    const target = this.resolvePath(dirname(to), false);
    if (source instanceof FileProblem || target instanceof FileProblem) return new FileProblem('ENOENT', to);
    const place = resolve(target, basename(to));
    if (this.nodes.get(place)?.kind === 'folder') return new FileProblem('EISDIR', to);
    const node = this.nodes.get(source) as Node;
    // As the standard has it: of two names of one file, both stay.
    if (this.nodes.get(place) === node) return null;
    this.nodes.delete(source);
    this.drop(place);
    node.ctimeMs = this.now;
    this.nodes.set(place, node);
    return null;
  }

  remove(path: string): FileProblem | null {
    const real = this.begin('remove', path, true);
    if (real instanceof FileProblem) return real;
    if (this.nodes.get(real)?.kind === 'folder') return new FileProblem('EISDIR', path);
    this.drop(real);
    return null;
  }

  makeFolder(path: string): FileProblem | null {
    const failure = this.failure('makeFolder', path);
    if (failure !== null) return failure;
    const missing: string[] = [];
    let at = path;
    while (!this.nodes.has(at)) {
      missing.push(at);
      at = dirname(at);
    }
    const real = this.resolvePath(at, false);
    if (real instanceof FileProblem) return real;
    if (this.nodes.get(real)?.kind !== 'folder')
      return new FileProblem(at === path ? 'EEXIST' : 'ENOTDIR', path);
    for (const folder of missing) this.nodes.set(real + folder.slice(at.length), this.node('folder'));
    return null;
  }

  removeFolder(path: string): FileProblem | null {
    const real = this.begin('removeFolder', path, true);
    if (real instanceof FileProblem) return real;
    if (this.nodes.get(real)?.kind !== 'folder') return new FileProblem('ENOTDIR', path);
    if ([...this.nodes.keys()].some((other) => other.startsWith(`${real}/`))) {
      return new FileProblem('ENOTEMPTY', path);
    }
    this.nodes.delete(real);
    return null;
  }

  private node(kind: FileKind): Node {
    const content = new Uint8Array(0);
    return { kind, inode: ++this.lastInode, content, target: '', mtimeMs: this.now, ctimeMs: this.now };
  }

  /** Removes a name; the other names of the file stay. */
  private drop(path: string): void {
    const node = this.nodes.get(path);
    if (node !== undefined) node.ctimeMs = this.now;
    this.nodes.delete(path);
  }

  private add(
    operation: Operation,
    path: string,
    make: () => Node,
    trouble: FileProblem | null = null,
  ): FileProblem | null {
    const failure = this.failure(operation, path) ?? trouble;
    if (failure !== null) return failure;
    const folder = this.resolvePath(dirname(path), false);
    if (folder instanceof FileProblem) return new FileProblem(folder.code, path);
    if (this.nodes.get(folder)?.kind !== 'folder') return new FileProblem('ENOTDIR', path);
    const place = resolve(folder, basename(path));
    if (this.nodes.has(place)) return new FileProblem('EEXIST', path);
    this.nodes.set(place, make());
    return null;
  }

  /** Logs an operation; returns the real path, or why the operation fails. */
  private begin(operation: Operation, path: string, keepLink = false): string | FileProblem {
    return this.failure(operation, path) ?? this.resolvePath(path, keepLink);
  }

  private failure(operation: Operation, path: string): FileProblem | null {
    this.log.push(`${operation} ${path}`);
    const code = this.failures.get(`${operation} ${path}`) ?? this.failures.get(operation);
    return code === undefined ? null : new FileProblem(code, path);
  }

  /** Follows links in all parts of a path; in the last one unless `keepLink`. */
  private resolvePath(path: string, keepLink: boolean): string | FileProblem {
    let pending = path.split('/').filter((part) => part !== '');
    let at = '/';
    for (let links = 0; pending.length > 0; ) {
      const [part, ...rest] = pending;
      const next = resolve(at, part);
      const node = this.nodes.get(next);
      if (node === undefined) {
        return new FileProblem(this.nodes.get(at)?.kind === 'folder' ? 'ENOENT' : 'ENOTDIR', path);
      }
      pending = rest;
      if (node.kind !== 'link' || (keepLink && rest.length === 0)) {
        at = next;
        continue;
      }
      if (++links > 40) return new FileProblem('ELOOP', path);
      pending = [
        ...resolve(at, node.target)
          .split('/')
          .filter((step) => step !== ''),
        ...rest,
      ];
      at = '/';
    }
    return at;
  }

  private statOf(path: string): FileStat {
    const { kind, inode, content, mtimeMs, ctimeMs } = this.nodes.get(path) as Node;
    return { kind, size: content.length, mtimeMs, ctimeMs, inode, device: 1, birthMs: 0 };
  }
}
