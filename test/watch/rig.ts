/** A watch of a workspace on the real disk, with time and hints controlled by the test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ALL_TASKS, type Selection } from '../../src/build/options.js';
import type { FileListener, FileWatcher } from '../../src/watch/files/file-watcher.js';
import type { WatchedPaths } from '../../src/watch/files/watched-paths.js';
import { runWatch } from '../../src/watch/run-watch.js';
import { QUIET_MS } from '../../src/watch/watch.js';
import type { Results, WatchEvent } from '../../src/watch/watch-event.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { openWorkspace } from '../../src/workspace/workspace.js';
import { ManualTimers } from './manual-timers.js';

/** Mirrors every row: two demonstrations and a test. */
const MIRROR_TASK = JSON.stringify({
  train: [
    { input: [[1, 2]], output: [[2, 1]] },
    { input: [[0, 3, 4]], output: [[4, 3, 0]] },
  ],
  test: [{ input: [[5, 0, 6]], output: [[6, 0, 5]] }],
});

/** The text of a solver. */
export function solver(name: string, expression: string): string {
  return `def ${name}(I):\n    return ${expression}\n`;
}

/** A folder, removed after the test, with the tasks `mirror` and `other`; `mirror` has a solver that solves it. */
export function workspaceFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'battbuild-watch-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const files = {
    'config/battbuild.json': '{}',
    'tasks/mirror.json': MIRROR_TASK,
    'tasks/other.json': MIRROR_TASK,
    'solvers/mirror.py': solver('solve_mirror', 'vmirror(I)'),
  };
  for (const [name, text] of Object.entries(files)) write(root, name, text);
  return root;
}

export function write(root: string, name: string, text: string): void {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Gives hints when the test says so. */
class ToldWatcher implements FileWatcher {
  settled = 0;
  isOpen = true;

  constructor(
    readonly paths: WatchedPaths,
    readonly listener: FileListener,
  ) {}

  settle(): void {
    this.settled++;
  }

  check(): boolean {
    return false;
  }

  close(): Promise<void> {
    this.isOpen = false;
    return Promise.resolve();
  }
}

export class WatchRig {
  readonly timers = new ManualTimers();
  readonly events: WatchEvent[] = [];
  readonly watchers: ToldWatcher[] = [];
  /** The time of day in milliseconds since the epoch. */
  clock: () => number = Date.now;
  readonly ended: Promise<void>;
  private readonly controller = new AbortController();
  private arrivals: (() => void)[] = [];
  private taken = 0;

  constructor(
    readonly root: string,
    selection: Partial<Selection> = {},
  ) {
    const request = { folder: root, flags: { jobs: '1' }, cores: 1 };
    const { workspace, diagnostics } = openWorkspace(request, nodeFileSystem);
    if (workspace === null) throw new Error(JSON.stringify(diagnostics));
    const emit = (event: WatchEvent) => {
      this.events.push(event);
      for (const arrived of this.arrivals.splice(0)) arrived();
    };
    this.ended = runWatch(
      { workspace, request, selection: { ...ALL_TASKS, ...selection }, emit, signal: this.controller.signal },
      {
        files: nodeFileSystem,
        now: () => this.clock(),
        mainThreadCells: Number.POSITIVE_INFINITY,
        timers: this.timers,
        watchFiles: (paths, listener) => {
          const watcher = new ToldWatcher(paths, listener);
          this.watchers.push(watcher);
          return watcher;
        },
      },
    );
    onTestFinished(() => this.end());
  }

  write(name: string, text: string): void {
    write(this.root, name, text);
  }

  remove(name: string): void {
    rmSync(join(this.root, name), { recursive: true });
  }

  /** Gives a hint, and lets time pass until no more are expected. */
  tell(): void {
    this.watcher.listener.changed();
    this.timers.pass(QUIET_MS);
  }

  get watcher(): ToldWatcher {
    return this.watchers.at(-1) as ToldWatcher;
  }

  /** The events up to the next one of a type, from those that have not been returned yet. */
  async until(type: WatchEvent['type']): Promise<readonly WatchEvent[]> {
    for (;;) {
      const at = this.events.findIndex((event, k) => k >= this.taken && event.type === type);
      if (at >= 0) {
        const taken = this.events.slice(this.taken, at + 1);
        this.taken = at + 1;
        return taken;
      }
      await new Promise<void>((resolve) => {
        this.arrivals.push(resolve);
      });
    }
  }

  /** The events until it is idle, and the results among them. */
  async rest(): Promise<{ readonly events: readonly WatchEvent[]; readonly results: readonly Results[] }> {
    const events = await this.until('waiting');
    return { events, results: events.filter((event): event is Results => event.type === 'results') };
  }

  /** Gives a hint; returns the results of the one build that it causes. */
  async built(): Promise<Results> {
    this.tell();
    const { results } = await this.rest();
    if (results.length !== 1) throw new Error(`${results.length} builds instead of one`);
    return results[0];
  }

  async end(): Promise<void> {
    this.controller.abort();
    await this.ended;
  }
}

/** The changes in `changed` events: `+added`, `edited`, `-removed`. */
export function changesIn(events: readonly WatchEvent[]): string[][] {
  const sign = { added: '+', edited: '', removed: '-' };
  return events.flatMap((event) =>
    event.type === 'changed'
      ? [event.changes.map(({ what, file, change }) => `${what} ${sign[change]}${file}`)]
      : [],
  );
}
