/** What the file watcher does when chokidar cannot watch. */
import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { chokidarOn } from '../../../src/watch/files/chokidar-watcher.js';
import { WatchedPaths } from '../../../src/watch/files/watched-paths.js';
import { openWorkspace } from '../../../src/workspace/workspace.js';
import { MemoryFileSystem } from '../../workspace/memory-file-system.js';

/** Replaces chokidar: each watcher does what the test says. */
class Library extends EventEmitter {
  isOpen = true;
  close(): Promise<void> {
    this.isOpen = false;
    return Promise.resolve();
  }
}

const library = vi.hoisted(() => ({ watchers: [] as unknown[] }));

vi.mock('chokidar', () => ({
  watch: () => {
    const watcher = new Library();
    library.watchers.push(watcher);
    return watcher;
  },
}));

function begin() {
  const files = new MemoryFileSystem({ '/work/config/battbuild.json': '{}' });
  const { workspace } = openWorkspace({ folder: '/work', flags: {}, cores: 1 }, files);
  if (workspace === null) throw new Error('the workspace cannot be opened');
  const told: string[] = [];
  const watcher = chokidarOn(files)(new WatchedPaths(workspace, '/work/config/battbuild.json'), {
    changed: () => told.push('changed'),
    sees: () => told.push('sees'),
    misses: (reason) => told.push(`misses: ${reason}`),
  });
  const current = () => library.watchers.at(-1) as Library;
  return { told, watcher, current, first: current() };
}

it('says why it may miss changes, and not that it sees them', () => {
  const { told, current } = begin();
  current().emit('error', new Error('ENOSPC: too many watchers'));
  current().emit('ready');
  expect(told).toEqual(['misses: ENOSPC: too many watchers']);
});

it('sees again when it began anew without trouble, with no eye of before left, which may be on what is gone', () => {
  const { told, watcher, current, first } = begin();
  first.emit('error', new Error('ENOSPC'));
  first.emit('ready');
  first.emit('unlinkDir', '/work/solvers');
  watcher.settle();
  expect(current()).not.toBe(first);
  expect(first.isOpen).toBe(false);
  current().emit('ready');
  expect(told).toEqual(['misses: ENOSPC', 'changed', 'sees']);
});

it('does not begin anew when no folder came or went', () => {
  const { watcher, current, first } = begin();
  first.emit('ready');
  first.emit('raw', 'change', 'a.py', { watchedPath: '/work/solvers' });
  first.emit('raw', 'rename', 'b.py', { watchedPath: '/work/solvers' });
  watcher.settle();
  expect(current()).toBe(first);
});

it('closes whatever is open', async () => {
  const { watcher, current, first } = begin();
  first.emit('addDir', '/work/solvers/new');
  watcher.settle();
  await watcher.close();
  expect([first.isOpen, current().isOpen]).toEqual([false, false]);
});
