/** The face of a watch: runs it, and shows each build: its causes, what ran, what it changed in the results. */
import { chokidarOn } from '../watch/chokidar-watcher.js';
import { runWatch } from '../watch/run-watch.js';
import { systemTimers } from '../watch/timers.js';
import type { WatchEvent } from '../watch/watch-event.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';
import type { Context } from './context.js';
import { EXIT } from './exit.js';
import { eventLine } from './render/json-events.js';
import { type UnknownTask, unknownTasks } from './unknown-names.js';
import { WatchScreen } from './watch-screen.js';
import { type CommonFlags, selectionOf, workspaceOf } from './workspace.js';

export interface WatchFlags extends CommonFlags {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Watches until it is interrupted, or nobody reads what it prints; returns the exit code. */
export async function runWatchFace(flags: WatchFlags, context: Context): Promise<number> {
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
  const show: WatchView = flags.json ? jsonOn(context) : new WatchScreen(flags.quiet, context);
  const emit = (event: WatchEvent) => {
    // A name that was mistyped is to be corrected, not to be waited for; a task may go and come back later.
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
    await runWatch({ workspace, request, selection, emit, signal: end.signal }, world);
  } finally {
    show.end();
  }
  if (unknown.length > 0) throw unknownTasks(unknown);
  return EXIT.done;
}

interface WatchView {
  read(event: WatchEvent): void;
  end(): void;
}

function jsonOn({ stdout }: Context): WatchView {
  return { read: (event) => void stdout.write(eventLine(event)), end: () => {} };
}
