/** Puts a watch together: the machine, the builder, and who tells of files; and ends all of it in order. */
import type { Selection } from '../build/options.js';
import type { BuildEnvironment } from '../build/run/session.js';
import type { Workspace, WorkspaceRequest } from '../workspace/workspace.js';
import type { FileListener, FileWatcher, WatchFiles } from './file-watcher.js';
import { LiveConfig } from './live-config.js';
import { Rebuilder, type ScannedInputs } from './rebuilder.js';
import { Reconciler } from './reconciler.js';
import type { Timers } from './timers.js';
import { Watch, type WatchState } from './watch.js';
import type { WatchListener } from './watch-event.js';
import { WatchedPaths } from './watched-paths.js';

export interface WatchOptions {
  /** As it was opened for `request`. */
  readonly workspace: Workspace;
  /** With which the workspace is opened again when its config changes. */
  readonly request: WorkspaceRequest;
  readonly selection: Selection;
  readonly emit: WatchListener;
  /** Told of the workspace of every finished build, when its results were told. */
  readonly built?: (workspace: Workspace) => void;
  /** Given, as it starts, what makes it build whatever a look says. */
  readonly started?: (buildAgain: () => void) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** What a watch takes from the world; tests give their own. */
export interface WatchEnvironment extends BuildEnvironment {
  readonly timers: Timers;
  readonly watchFiles: WatchFiles;
}

/** Builds, and builds again whenever inputs change, until it is told to end. Throws only for bugs of battbuild. */
export async function runWatch(options: WatchOptions, world: WatchEnvironment): Promise<void> {
  const running = new RunningWatch(options, world);
  try {
    await running.ended();
  } finally {
    await running.close();
  }
}

class RunningWatch {
  private readonly config: LiveConfig;
  private readonly builder: Rebuilder;
  private readonly watch: Watch<ScannedInputs>;
  private readonly reconciler: Reconciler;
  private watcher: FileWatcher | null = null;
  private readonly replaced: Promise<void>[] = [];
  /** The workspace whose files are watched. */
  private watched: Workspace | null = null;
  /** Something was told since all was up to date. */
  private isTelling = true;

  constructor(
    private readonly options: WatchOptions,
    private readonly world: WatchEnvironment,
  ) {
    const { workspace, request, selection } = options;
    this.config = new LiveConfig(request, workspace, world.files);
    const emit: WatchListener = (event) => {
      this.isTelling = true;
      options.emit(event);
    };
    this.builder = new Rebuilder(this.config, selection, world, emit, options.built);
    this.watch = new Watch(this.builder, world.timers, {
      entered: (state) => this.entered(state),
      unseen: (reason) => emit({ type: 'unseen', reason }),
    });
    const check = () => this.watcher?.check() ?? false;
    this.reconciler = new Reconciler({ check, look: () => this.watch.lookUnasked() }, world.timers);
  }

  ended(): Promise<void> {
    const { signal } = this.options;
    const ended = this.watch.start();
    this.options.started?.(() => this.watch.buildAnyway());
    if (signal.aborted) this.watch.end();
    else signal.addEventListener('abort', () => this.watch.end(), { once: true });
    return ended;
  }

  async close(): Promise<void> {
    await Promise.all([...this.replaced, this.watcher?.close()]);
    await this.builder.close();
  }

  private entered(state: WatchState): void {
    this.reconciler.end();
    if (state === 'building' && this.config.workspace !== this.watched) this.follow(this.config.workspace);
    if (state !== 'idle') return;
    if (this.isTelling) this.options.emit({ type: 'waiting' });
    this.isTelling = false;
    this.reconciler.begin();
    this.watcher?.settle();
  }

  /** Watches the files of another workspace. The machine is told at once that it may have missed something. */
  private follow(workspace: Workspace): void {
    if (this.watcher !== null) this.replaced.push(this.watcher.close());
    this.watcher = null;
    this.watched = workspace;
    const { watch } = this;
    if (workspace.settings['watch.poll'].value) {
      watch.pollOnly();
      return;
    }
    const listener: FileListener = {
      changed: () => watch.hint(),
      sees: () => watch.sees(),
      misses: (reason) => watch.misses(reason),
    };
    this.watcher = this.world.watchFiles(new WatchedPaths(workspace, this.config.path), listener);
  }
}
