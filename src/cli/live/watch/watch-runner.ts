/** Runs a watch for the command line, and shows each build: its causes, what ran, and what changed in the results. */
import type { Selection } from '../../../build/options.js';
import type { ServedLive } from '../../../report/live/report-thread.js';
import { chokidarOn } from '../../../watch/files/chokidar-watcher.js';
import { runWatch } from '../../../watch/run-watch.js';
import { systemTimers } from '../../../watch/timers.js';
import type { WatchEvent } from '../../../watch/watch-event.js';
import { nodeFileSystem } from '../../../workspace/node-file-system.js';
import type { Workspace } from '../../../workspace/workspace.js';
import { type UnknownTask, unknownTasks } from '../../options/unknown-names.js';
import { type CommonFlags, selectionOf, wholeNumber, workspaceOf } from '../../options/workspace-options.js';
import type { Context } from '../../process/context.js';
import { EXIT, UsageProblem } from '../../process/exit.js';
import { eventLine } from '../../render/json-events.js';
import type { TerminalKeys } from './terminal-keys.js';
import { keyActions } from './watch-actions.js';
import { listenToKeys } from './watch-keys.js';
import { WatchScreen } from './watch-screen.js';

export interface WatchFlags extends Omit<CommonFlags, 'poll'> {
  readonly poll?: boolean | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly serve: boolean;
  readonly port?: string | undefined;
}

/** Default port of the report. */
export const DEFAULT_PORT = 7227;

/** Watches until it is interrupted or its output is no longer read; returns the exit code. */
export async function showWatch(given: WatchFlags, context: Context): Promise<number> {
  const flags = { ...given, poll: given.poll === undefined ? undefined : String(given.poll) };
  const workspace = workspaceOf(flags, context);
  const selection = selectionOf(flags);
  const { folder, env } = context;
  const request = { folder, flags, env, cores: context.cores() };
  const end = new AbortController();
  context.interrupt().addEventListener('abort', () => end.abort());
  context.stdout.once('error', () => end.abort());
  context.stdout.once('close', () => end.abort());
  let unknown: readonly UnknownTask[] = [];
  let isFirst = true;
  const keys: { current: TerminalKeys | null } = { current: null };
  // At once: a second signal ends the process, whatever it is doing.
  end.signal.addEventListener('abort', () => keys.current?.end());
  const served = await servedBy(flags, { workspace, selection }, () => end.abort());
  const screen = flags.json ? null : new WatchScreen(flags.quiet, context, () => new Date(), workspace.root);
  const show: WatchView = screen ?? jsonOn(context);
  if (served !== null) show.read({ type: 'serving', url: served.url });
  const emit = (event: WatchEvent) => {
    // An unknown task at the start is a typing error, so the watch ends. Later a task may disappear and come back.
    if (event.type === 'unknown-tasks' && isFirst) {
      unknown = event.tasks;
      end.abort();
    } else show.read(event);
    if (event.type === 'waiting') isFirst = false;
  };
  const world = {
    files: nodeFileSystem,
    now: Date.now,
    timers: systemTimers,
    watchFiles: chokidarOn(nodeFileSystem),
  };
  try {
    const built = (built: Workspace) => served?.built(built);
    const started = (buildAgain: () => void) => {
      if (screen === null || context.stdout.isTTY !== true) return;
      const what = { buildAgain, quit: () => end.abort(), url: served?.url ?? null, workspace, selection };
      keys.current = listenToKeys(context.stdin, keyActions(screen, what));
      screen.hasKeys = keys.current !== null;
    };
    await runWatch({ workspace, request, selection, emit, built, started, signal: end.signal }, world);
  } finally {
    keys.current?.end();
    show.end();
    await served?.end();
  }
  if (unknown.length > 0) throw unknownTasks(unknown);
  return EXIT.done;
}

/** Serves the report if that is asked for. Throws UsageProblem if it cannot be served. */
async function servedBy(
  { serve, port: asked }: Pick<WatchFlags, 'serve' | 'port'>,
  what: { readonly workspace: Workspace; readonly selection: Selection },
  failed: () => void,
): Promise<ServedLive | null> {
  if (!serve && asked !== undefined)
    throw new UsageProblem('--port says where the report is served', 'add --serve');
  if (!serve) return null;
  const port = asked === undefined ? DEFAULT_PORT : wholeNumber('--port', asked);
  if (port > LAST_PORT) throw new UsageProblem(`there is no port ${port}`, `ports go up to ${LAST_PORT}`);
  const [{ serveReport }, { liveDocument }, { pageParts, REPORT_THREAD }, { version }] = await Promise.all([
    import('../../../report/live/report-thread.js'),
    import('../../../report/document/document.js'),
    import('../../report-assets.js'),
    import('../../version.js'),
  ]);
  const document = liveDocument(pageParts());
  const start = { ...what, port, document, version: version() };
  const served = await serveReport(start, REPORT_THREAD, failed);
  if (!('code' in served)) return served;
  const why = PORT_TROUBLE[served.code] ?? `cannot be listened on (${served.code})`;
  throw new UsageProblem(
    `port ${port} ${why}`,
    'name another with --port N, or let --port 0 find a free one',
  );
}

const LAST_PORT = 65_535;

const PORT_TROUBLE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken, perhaps by another watch',
  EACCES: 'is not for you: the system keeps it for others',
};

interface WatchView {
  read(event: WatchEvent): void;
  end(): void;
}

function jsonOn({ stdout }: Context): WatchView {
  return { read: (event) => void stdout.write(eventLine(event)), end: () => {} };
}
