/**
 * One build. If nothing changed, the build ends here after a scan of the inputs. The modules for everything else are
 * loaded on demand, because loading them takes longer than a whole null build.
 */
import { hasStore } from '../store/database.js';
import { Store } from '../store/store.js';
import { discoverTasks, notSearchedIn } from '../workspace/discovery/discover.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';
import { EMPTY_TABLE } from '../workspace/stat-table.js';
import { type Scan, scanInputs } from './inputs/scan.js';
import type { BuildOptions, BuildReport } from './options.js';
import { PublishedLook } from './record/published-look.js';
import type { RecordedSelection } from './record/record-cache.js';
import { decodeSelectionState, type SelectionState, straysIn } from './record/selection-state.js';
import { isListOf, readHeads } from './record/task-state-head.js';
import { type BuildEnvironment, Session } from './session/session.js';
import { storeNotice } from './session/store-diagnostics.js';
import type { WarmState } from './session/warm-state.js';

const REAL_WORLD: BuildEnvironment = { files: nodeFileSystem, now: Date.now };

/**
 * Builds what the options select. An input that cannot be used gives a diagnostic, and everything else is built. A
 * build that is stopped keeps the finished tasks. Throws only for bugs of battbuild.
 */
export async function build(
  options: BuildOptions,
  world: BuildEnvironment = REAL_WORLD,
): Promise<BuildReport> {
  const { path } = options.workspace.cache;
  const now = () => new Date(world.now());
  // If there is nothing to build, no store is created.
  const isIdle = !options.dryRun && !hasStore(path) && (await selectsNothing(options, world));
  const asked = isIdle ? { ...options, dryRun: true } : options;
  const store = asked.dryRun ? Store.openIfThere(path, now) : Store.open(path, now);
  try {
    return await run(new Session(asked, world, store, null));
  } finally {
    store.close();
  }
}

/** Whether a first build has no tasks. If the selection has a start, only reading the files can tell. */
async function selectsNothing(options: BuildOptions, world: BuildEnvironment): Promise<boolean> {
  const { workspace, selection } = options;
  const { files } = discoverTasks(world.files, workspace.tasks, notSearchedIn(workspace));
  if (files.length === 0 || selection.count === 0) return true;
  if (selection.start === 0) return false;
  const report = await build({ ...options, dryRun: true, emit: () => {} }, world);
  return report.available <= selection.start;
}

/** The same for a process that builds repeatedly: the warm state stays open. Builds must not overlap. */
export function buildAgain(
  options: BuildOptions,
  world: BuildEnvironment,
  warm: WarmState,
): Promise<BuildReport> {
  return run(new Session(options, world, warm.store, warm));
}

async function run(session: Session): Promise<BuildReport> {
  const { options, store, warm } = session;
  const { workspace } = options;
  session.emit({ type: 'started', workspace: workspace.root, jobs: workspace.settings.jobs.value });
  if (store.notice !== null && warm?.isNewStore !== false) session.report(storeNotice(store.notice));
  const previous = warm?.records.begin(session.name, store) ?? readKnown(session);
  const scan = scanOf(session, previous.recorded);
  const { recorded } = previous;
  if (recorded !== null) {
    const look = new PublishedLook({ out: workspace.out.path, ...session.world }, recorded.newer);
    if (isUnchanged(session, recorded, previous, scan, look))
      return finishUnchanged(session, recorded, previous, scan, look);
  }
  const { buildChanged } = await import('./changed-build.js');
  const report = await buildChanged(session, previous, scan);
  if (!options.dryRun && !session.interrupted) await collectIfDue(session);
  return report;
}

function readKnown({ store, name }: Session): RecordedSelection {
  const row = store.selections.find(name);
  const recorded = row === null || row.state === null ? null : decodeSelectionState(row.state);
  const encoded = row === null ? new Map<string, Uint8Array>() : store.selections.taskStates(row.id);
  return { row, recorded, encoded };
}

/** The scan of the inputs, compared with the record; a scan made right before this build is reused. */
function scanOf({ warm, options, world }: Session, recorded: SelectionState | null): Scan {
  const scanned = warm?.scanned ?? null;
  const since = recorded?.table ?? null;
  if (scanned !== null && scanned.since === (since ?? EMPTY_TABLE)) return scanned.scan;
  return scanInputs(options.workspace, since, world.files, world.now);
}

/** Processes that write to the store also collect garbage in it, once a day. */
async function collectIfDue({ options, world, store, warm }: Session): Promise<void> {
  const { collectGarbage, isGcDue, limitsOf } = await import('./upkeep/gc.js');
  if (store.writeTrouble !== null || store.isReadOnly || !isGcDue(store, world.now())) return;
  warm?.records.forget();
  collectGarbage(store, options.workspace, world, limitsOf(options.workspace), false);
}

/** The null build: inputs, settings and published files are as the last build left them. */
function isUnchanged(
  session: Session,
  recorded: SelectionState,
  previous: RecordedSelection,
  scan: Scan,
  look: PublishedLook,
): boolean {
  const { options, warm } = session;
  const { force, workspace } = options;
  if (force || !recorded.complete || !session.isUnder(recorded)) return false;
  if (scan.changed.size > 0 || scan.removed.size > 0) return false;
  // For a file that cannot be read, or a broken link, the record has nothing but this diagnostic.
  const recordedProblems = recorded.diagnostics.filter(({ code }) => code.startsWith('FILE'));
  if (JSON.stringify(recordedProblems) !== JSON.stringify(scan.diagnostics)) return false;
  const heads = 'states' in previous ? previous.states : readHeads(previous.encoded);
  if (heads === null || !isListOf(recorded.tasks, heads)) return false;
  if (!workspace.settings['publish.enabled'].value || warm?.checkPublished === false) return true;
  return look.often(() => [...heads.values()].every(({ published }) => look.isIntact(published)));
}

function finishUnchanged(
  session: Session,
  recorded: SelectionState,
  previous: RecordedSelection,
  scan: Scan,
  look: PublishedLook,
): BuildReport {
  const { options, store, counters, warm } = session;
  for (const [phase, { steps, micros }] of Object.entries(recorded.work)) {
    counters.skipped(phase, steps, micros);
  }
  for (const diagnostic of recorded.diagnostics) session.report(diagnostic);
  const { tasks } = recorded.summary;
  session.emit({ type: 'planned', dirtyTasks: 0, tasks, dryRun: options.dryRun });
  const summary = session.summarize({ ...recorded.summary, cellsRun: 0, publishedChanged: 0 });
  if (!options.dryRun) {
    const isWritten = store.write(() => {
      const run = store.runs.begin(session.startedOn, session.name);
      // The number of the run that recorded the results stays if only what was looked at is recorded again.
      const isSeenAgain = scan.touched || look.isNews;
      const table = scan.touched ? scan.table : recorded.table;
      const now = isSeenAgain ? { ...recorded, table, newer: look.found } : recorded;
      if (isSeenAgain) session.save(previous.row?.run ?? 0, now, recorded.records());
      store.runs.finish(run, summary.wallMs, JSON.stringify(summary), counters.counts());
      warm?.records.keep(session.name, store, { ...previous, recorded: now });
    });
    if (!isWritten) warm?.records.forget();
  }
  const strays = () => straysIn(recorded.table.names, recorded.records());
  return session.finish(summary, [], { available: summary.tasks, strays });
}
