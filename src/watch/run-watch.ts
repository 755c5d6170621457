/** Assembles a watch from its state machine, rebuilder and file watcher; ends all of them in order. */
import type { Selection } from '../build/options.js';
import type { BuildEnvironment } from '../build/session/session.js';
import type { Workspace, WorkspaceRequest } from '../workspace/workspace.js';
import type { FileListener, FileWatcher, WatchFiles } from './files/file-watcher.js';
import { WatchedPaths } from './files/watched-paths.js';
import { LiveConfig } from './live-config.js';
import { Rebuilder, type ScannedInputs } from './rebuilder.js';
import { Reconciler } from './reconciler.js';
import type { Timers } from './timers.js';
import { Watch, type WatchState } from './watch.js';
import type { WatchListener } from './watch-event.js';

export interface WatchOptions {
  /** The workspace as opened for `request`. */
  readonly workspace: Workspace;
  /** How to open the workspace again when its config changes. */
  readonly request: WorkspaceRequest;
  readonly selection: Selection;
  readonly emit: WatchListener;
  /** Called with the workspace of every finished build, after its results were emitted. */
  readonly built?: (workspace: Workspace) => void;
  /** Called at the start with a function that builds even if no input changed. */
  readonly started?: (buildAgain: () => void) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** The outside world of a watch; tests replace it. */
export interface WatchEnvironment extends BuildEnvironment {
  readonly timers: Timers;
  readonly watchFiles: WatchFiles;
}

/** Builds, and builds again whenever inputs change, until it is stopped. Throws only for bugs of battbuild. */
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
  /** Whether an event was emitted since the last event `waiting`. */
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
    this.reconciler = new Reconciler({ check, scan: () => this.watch.scanUnasked() }, world.timers);
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

  /** Watches the files of another workspace. The state machine is told at once that it may have missed changes. */
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
