/** Builds one workspace again and again: scans for changes, keeps the warm state, and emits the results. */
import { join } from 'node:path';
import { buildAgain } from '../build/build.js';
import { sortChanges } from '../build/compare/standing.js';
import { type Scan, scanInputs } from '../build/inputs/scan.js';
import type { Selection } from '../build/options.js';
import { selectionName } from '../build/selection/selection.js';
import type { BuildEnvironment } from '../build/session/session.js';
import type { BuildEvent } from '../observe/event.js';
import { FileProblem } from '../workspace/file-system.js';
import { EMPTY_TABLE, type StatTable } from '../workspace/stat-table.js';
import type { Workspace } from '../workspace/workspace.js';
import { inputChanges } from './input-changes.js';
import type { LiveConfig } from './live-config.js';
import { Resources } from './resources.js';
import { Unreported } from './unreported.js';
import type { Builder, InputState } from './watch.js';
import type { Change, WatchListener } from './watch-event.js';

export interface ScannedInputs extends InputState {
  readonly workspace: Workspace;
  /** The scan of the inputs. */
  readonly scan: Scan;
  /** When the changed inputs were last written, in milliseconds since the epoch; null if unknown. */
  readonly savedAt: number | null;
}

/** If a folder changed this recently, in milliseconds, more changes are expected. */
const BUSY_MS = 300;

export class Rebuilder implements Builder<ScannedInputs> {
  /** The workspace of the running build or of the last one, and the inputs at its beginning. */
  private workspace: Workspace;
  private table: StatTable = EMPTY_TABLE;
  /** The inputs when they were last seen unchanged, which makes the next scan cheaper. */
  private peeked: StatTable = EMPTY_TABLE;
  private isFirst = true;
  private readonly resources: Resources;
  private readonly unreported = new Unreported();
  /** Stats of folders in the output folder after the last finished build; null if unknown. */
  private published: readonly string[] | null = null;
  /** Store and selection of the last finished build. Only builds with the same ones can be compared. */
  private source: string | null = null;

  constructor(
    private readonly config: LiveConfig,
    private readonly selection: Selection,
    private readonly world: BuildEnvironment,
    private readonly emit: WatchListener,
    private readonly built: (workspace: Workspace) => void = () => {},
  ) {
    this.workspace = config.workspace;
    this.resources = new Resources(world);
  }

  scan(): ScannedInputs {
    const { config, world } = this;
    const diagnostics = JSON.stringify(config.diagnostics);
    config.scan();
    if (JSON.stringify(config.diagnostics) !== diagnostics)
      this.emit({ type: 'config', diagnostics: config.diagnostics });
    const { workspace } = config;
    const scan = scanInputs(workspace, this.table, world.files, world.now);
    const { changes, savedAt } = inputChanges(this.table, scan);
    const missing = this.missingFolders();
    const all = this.isGone() ? [] : [...this.otherChanges(), ...missing, ...changes];
    const settled = missing.length === 0 || !this.isOutputBusy();
    return { changes: all, settled, workspace, scan, savedAt };
  }

  peek(): boolean {
    const { config, world, table } = this;
    if (this.isGone()) return false;
    if (config.isOther() || this.otherChanges().length > 0 || this.missingFolders().length > 0) return true;
    const scan = scanInputs(config.workspace, this.peeked, world.files, world.now);
    if (inputChanges(this.peeked, scan).changes.length > 0) return true;
    // Racy files that have been read need not be read again.
    if (scan.touched && table !== EMPTY_TABLE) this.peeked = scan.table;
    return false;
  }

  /**
   * Whether the folder of the workspace has been moved or removed. A build would create it again, with nothing but a
   * store in it, where somebody may be about to put it back.
   */
  private isGone(): boolean {
    const stat = this.world.files.stat(this.config.workspace.root);
    return stat instanceof FileProblem && stat.absent;
  }

  async build(seen: ScannedInputs, signal: AbortSignal): Promise<void> {
    const { selection, world, emit, unreported, resources } = this;
    const { workspace, changes } = seen;
    const isElsewhere = workspace.out.path !== this.workspace.out.path;
    if (isElsewhere || changes.some(({ what }) => what === 'output')) this.published = null;
    this.workspace = workspace;
    const scanned = { since: this.table, scan: seen.scan };
    this.table = seen.scan.table;
    this.peeked = this.table;
    // For the first scan everything is new; that is no change to report.
    if (!this.isFirst) {
      unreported.noteCauses(changes, seen.savedAt);
      emit({ type: 'changed', changes: unreported.changes() });
    }
    this.isFirst = false;

    const open = await resources.prepare(workspace);
    const source = `${resources.stores} ${selectionName(workspace, selection)}`;
    const compared = source === this.source;
    const read = (event: BuildEvent) => {
      emit(event);
      // At once: the work of a build after its last event must not delay the results.
      if (event.type === 'summary' && !event.interrupted) this.tellResults(compared);
    };
    const report = await buildAgain(
      { workspace, selection, force: false, dryRun: false, emit: read, signal },
      world,
      {
        ...open,
        scanned,
        checkPublished: this.published === null || open.isNewStore,
        taskChanged: compared ? (task, before, after) => unreported.noteTask(task, before, after) : null,
      },
    );
    if (report.summary.interrupted) return;
    // The next scan is compared with what the next build compares with, so that the build need not scan again.
    this.table = open.records.table ?? this.table;
    this.peeked = this.table;
    this.source = source;
    this.published = this.publishedFolders();
    if (report.unknownTasks.length > 0) emit({ type: 'unknown-tasks', tasks: report.unknownTasks });
  }

  /** Ends the workers and closes the store. No build may be running. */
  close(): Promise<void> {
    return this.resources.close();
  }

  private tellResults(compared: boolean): void {
    const { tasks, broken, savedAt } = this.unreported.take((task, digests) =>
      this.resources.outputsOf(task, digests),
    );
    const sinceSaveMs = savedAt === null ? null : Math.max(0, this.world.now() - savedAt);
    this.emit({ type: 'results', compared, ...sortChanges(tasks), tasks, broken, sinceSaveMs });
    this.built(this.workspace);
  }

  /** Changes other than those of inputs. */
  private otherChanges(): Change[] {
    const { workspace } = this;
    const changes: Change[] = [];
    if (this.config.workspace !== workspace) {
      // The packages of Python programs are a part of the workspace.
      const isSame = this.config.workspace.wheels.digest === workspace.wheels.digest;
      const file = isSame ? (workspace.config?.name ?? this.config.path) : 'python.packages';
      changes.push({ what: 'config', file, change: 'edited' });
    }
    if (!this.resources.isStoreInPlace) {
      changes.push({ what: 'store', file: workspace.cache.name, change: 'removed' });
    }
    return changes;
  }

  private missingFolders(): Change[] {
    const { workspace, world } = this;
    return (this.published ?? [])
      .filter((folder) => world.files.stat(join(workspace.out.path, folder)) instanceof FileProblem)
      .map((folder) => ({ what: 'output', file: `${workspace.out.name}/${folder}`, change: 'removed' }));
  }

  /** Whether the published folders are being changed: writing now would interfere with a removal. */
  private isOutputBusy(): boolean {
    const { workspace, world } = this;
    const paths = ['', ...(this.published ?? [])].map((folder) => join(workspace.out.path, folder));
    return paths.some((path) => {
      const stat = world.files.stat(path);
      return !(stat instanceof FileProblem) && Math.abs(world.now() - stat.ctimeMs) < BUSY_MS;
    });
  }

  private publishedFolders(): string[] {
    const entries = this.world.files.list(this.workspace.out.path);
    if (entries instanceof FileProblem) return [];
    return entries.filter(({ kind }) => kind === 'folder').map(({ name }) => name);
  }
}
