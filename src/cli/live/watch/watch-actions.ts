/** The actions of a watch's keys. */
import { spawn } from 'node:child_process';
import { LastBuild } from '../../../build/last-build.js';
import type { Selection } from '../../../build/options.js';
import { count, plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import type { Workspace } from '../../../workspace/workspace.js';
import { KEY_HELP, type KeyActions } from './watch-keys.js';
import type { WatchScreen } from './watch-screen.js';

export interface Actionable {
  readonly buildAgain: () => void;
  readonly quit: () => void;
  /** Address at which the report is served; null if it is not served. */
  readonly url: string | null;
  readonly workspace: Workspace;
  readonly selection: Selection;
}

/** At most this many tasks are named; the others are only counted. */
const MOST_NAMED = 12;

export function keyActions(screen: WatchScreen, what: Actionable): KeyActions {
  const { buildAgain, quit, url } = what;
  return {
    quit,
    buildAgain,
    toggleUnsolved() {
      if (screen.toggleUnsolved()) screen.tell(unsolvedLine(what));
      else screen.tell('showing all tasks again');
    },
    filterBy(text) {
      screen.filterBy(text);
      screen.tell(
        text === '' ? 'showing all tasks and solvers' : `showing only what holds "${printable(text)}"`,
      );
    },
    lastProblems: () => screen.tellProblems(),
    openReport() {
      if (url === null) screen.tell('no report is served: start with --serve');
      else {
        screen.tell(`the report: ${url}`);
        openInBrowser(url);
      }
    },
    help: () => screen.tell(...KEY_HELP),
    prompt: (text) => screen.prompt(text),
  };
}

function unsolvedLine({ workspace, selection }: Actionable): string {
  const recorded = LastBuild.open(workspace, selection);
  try {
    // If the store cannot be written, nothing is known.
    if (recorded === null) return 'showing only what is not solved';
    const states = [...recorded.states()];
    const unsolved = states
      .filter(([, { verdict }]) => verdict !== 'solved')
      .map(([task]) => printable(task));
    if (unsolved.length === 0) return 'showing only what is not solved: nothing, all tasks are';
    const named = unsolved.slice(0, MOST_NAMED).join(', ');
    const rest = unsolved.length - MOST_NAMED;
    const tasks = plural(unsolved.length, 'task');
    return `showing only what is not solved, ${tasks}: ${named}${rest > 0 ? `, ${count(rest)} more` : ''}`;
  } finally {
    recorded?.close();
  }
}

/** If there is no browser to open, the user has the printed address. */
function openInBrowser(url: string): void {
  const openers: Readonly<Record<string, readonly string[]>> = {
    darwin: ['open', url],
    win32: ['explorer', url],
  };
  const [command, ...args] = openers[process.platform] ?? ['xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
