/** A file watcher on real files, and its reports. It waits only for these reports. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { chokidarOn } from '../../src/watch/files/chokidar-watcher.js';
import type { FileWatcher } from '../../src/watch/files/file-watcher.js';
import { WatchedPaths } from '../../src/watch/files/watched-paths.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { openWorkspace } from '../../src/workspace/workspace.js';

/** Records which paths it reported as relevant. */
class RememberingPaths extends WatchedPaths {
  readonly heard: string[] = [];

  override concerns(path: string, presence: boolean): boolean {
    const concerns = super.concerns(path, presence);
    if (concerns) this.heard.push(`${presence ? 'presence' : 'content'} ${path}`);
    return concerns;
  }
}

export class Told {
  readonly root: string;
  watcher!: FileWatcher;
  private paths!: RememberingPaths;
  private readonly told: string[] = [];
  private waiting: (() => void)[] = [];

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'battbuild-files-'));
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
    for (const folder of ['config', 'tasks', 'solvers']) mkdirSync(join(this.root, folder));
    writeFileSync(join(this.root, 'config/battbuild.json'), '{}');
    writeFileSync(join(this.root, 'solvers/a.py'), 'a');
  }

  /** Starts watching; resolves when every change is reported. */
  async begin(): Promise<void> {
    const { workspace } = openWorkspace({ folder: this.root, flags: {}, cores: 1 }, nodeFileSystem);
    if (workspace === null) throw new Error('the workspace cannot be opened');
    const tell = (what: string) => {
      this.told.push(what);
      for (const arrived of this.waiting.splice(0)) arrived();
    };
    this.paths = new RememberingPaths(workspace, join(this.root, 'config/battbuild.json'));
    this.watcher = chokidarOn(nodeFileSystem)(this.paths, {
      changed: () => tell('changed'),
      sees: () => tell('sees'),
      misses: () => tell('misses'),
    });
    onTestFinished(() => this.watcher.close());
    await this.until(() => this.told.includes('sees'));
  }

  path(name: string): string {
    return join(this.root, name);
  }

  /** Performs an action; resolves when a change of the existence or the content of a path is reported. */
  async hear(what: 'presence' | 'content', name: string, action: () => void): Promise<void> {
    this.told.length = 0;
    this.paths.heard.length = 0;
    action();
    const event = `${what} ${this.path(name)}`;
    await this.until(() => this.told.includes('changed') && this.paths.heard.includes(event));
  }

  /** Performs an action; resolves when any change is reported. */
  async hearAny(action: () => void): Promise<void> {
    this.told.length = 0;
    action();
    await this.until(() => this.told.includes('changed'));
  }

  /** Waits until something is reported: the watcher may not have received the event yet. */
  async settle(what: 'sees' | 'misses'): Promise<void> {
    this.told.length = 0;
    await vi.waitUntil(
      () => {
        this.watcher.settle();
        return this.told.includes(what);
      },
      { timeout: 60_000, interval: 5 },
    );
  }

  /** Waits until nothing is reported for a while, so that later reports are not confused with earlier ones. */
  async calm(): Promise<void> {
    do {
      this.told.length = 0;
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      this.watcher.settle();
    } while (this.told.length > 0);
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
  }
}
