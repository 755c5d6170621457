/** Removes what battbuild wrote: the store's files, and the published files that the store has registered. */
import { join } from 'node:path';
import { hasStore, STORE_FILE } from '../../store/database.js';
import { LOCK_SUFFIX } from '../../store/opening-lock.js';
import { Store } from '../../store/store.js';
import { removeWithEmptyFolders } from '../../workspace/atomic-files.js';
import { ownCacheTag } from '../../workspace/cache-folder.js';
import { FileProblem, type FileStat } from '../../workspace/file-system.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { isText } from '../../workspace/output/published-path.js';
import { insideOf } from '../../workspace/paths.js';

export interface Cleaned {
  readonly what: 'store' | 'published';
  readonly folder: string;
  /** Number of removed files and links, and their bytes. */
  readonly files: number;
  /** Number of links among them. */
  readonly links: number;
  readonly bytes: number;
  /** The files that could not be removed, and why. */
  readonly problems: readonly string[];
  /** Whether it is unknown which files exist. */
  readonly unknown: boolean;
}

/** Removes the files below `out` that tasks of the store in `cache` published. With `dryRun`, only counts them. */
export function cleanPublished(cache: string, out: string, dryRun: boolean): Cleaned {
  const removal = new Removal('published', out, dryRun);
  if (!hasStore(cache)) return removal.done();
  const store = Store.openIfThere(cache, () => new Date());
  try {
    const { notice } = store;
    if (notice?.kind === 'in-memory') removal.unknown(`the store cannot be read: ${notice.reason}`);
    if (notice?.kind === 'set-aside')
      removal.unknown(`the store could not be used, ${notice.reason}; it was kept as ${notice.kept}`);
    for (const owner of store.published.owners(out)) {
      const files = store.published.filesOf(out, owner);
      const removed = files.filter((file) => {
        const path = insideOf(out, file);
        if (path === null) return false;
        const remove = () => removeWithEmptyFolders(nodeFileSystem, out, path);
        return removal.remove(path, remove, !isText(file));
      });
      if (!dryRun) store.write(() => store.published.remove(out, owner, removed));
    }
  } finally {
    store.close();
  }
  return removal.done();
}

/** Removes the store in `cache`, with its journal and lock and the folder's tag. A store that was set aside stays. */
export function cleanStore(cache: string, dryRun: boolean): Cleaned {
  const removal = new Removal('store', cache, dryRun);
  for (const suffix of ['', '-wal', '-shm', LOCK_SUFFIX]) {
    const path = join(cache, STORE_FILE + suffix);
    removal.remove(path, () => nodeFileSystem.remove(path));
  }
  const tag = ownCacheTag(nodeFileSystem, cache);
  if (tag !== null) removal.remove(tag, () => nodeFileSystem.remove(tag));
  return removal.done();
}

class Removal {
  private files = 0;
  private links = 0;
  private bytes = 0;
  private isUnknown = false;
  private readonly problems: string[] = [];
  /** Tasks share texts. */
  private readonly counted = new Set<string>();
  /** A hard link needs no bytes of its own. */
  private readonly inodes = new Set<string>();

  constructor(
    private readonly what: Cleaned['what'],
    private readonly folder: string,
    private readonly dryRun: boolean,
  ) {}

  /** True if the file no longer exists, or never existed. */
  remove(path: string, action: () => FileProblem | null, isLink = false): boolean {
    const stat = nodeFileSystem.statLink(path);
    if ((stat instanceof FileProblem && stat.absent) || this.counted.has(path)) return true;
    this.counted.add(path);
    const problem = this.dryRun ? null : action();
    if (problem !== null && !problem.absent) {
      this.problems.push(`${path} cannot be removed: ${problem.describe()}`);
      return false;
    }
    this.files++;
    if (isLink) this.links++;
    if (!(stat instanceof FileProblem) && stat.kind === 'file') this.countBytes(stat);
    return true;
  }

  private countBytes({ device, inode, size }: FileStat): void {
    const identity = `${device}:${inode}`;
    if (this.inodes.has(identity)) return;
    this.inodes.add(identity);
    this.bytes += size;
  }

  /** The reason why it is unknown what to remove. */
  unknown(reason: string): void {
    this.isUnknown = true;
    this.problems.push(`what was published is not known: ${reason}`);
  }

  done(): Cleaned {
    const { what, folder, files, links, bytes, problems, isUnknown } = this;
    return { what, folder, files, links, bytes, problems, unknown: isUnknown };
  }
}
