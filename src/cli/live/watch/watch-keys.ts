/** The keys of a watch, similar to those of common test runners. */
import type { Readable } from 'node:stream';
import { TerminalKeys } from './terminal-keys.js';

export interface KeyActions {
  quit(): void;
  buildAgain(): void;
  toggleUnsolved(): void;
  /** An empty text removes the filter. */
  filterBy(text: string): void;
  lastProblems(): void;
  openReport(): void;
  help(): void;
  /** Shows the filter typed so far on a line of its own; null removes that line. */
  prompt(text: string | null): void;
}

const ENTER = new Set(['\r', '\n']);
const ERASE = new Set(['\u007f', '\b']);
const ESCAPE = '\u001b';

export class KeyDispatch {
  /** The filter typed so far; null if none is being typed. */
  private typed: string | null = null;

  constructor(private readonly actions: KeyActions) {}

  pressed(key: string): void {
    if (this.typed === null) this.command(key);
    else this.type(this.typed, key);
  }

  private command(key: string): void {
    const { actions } = this;
    if (ENTER.has(key)) actions.buildAgain();
    else if (key === 'q') actions.quit();
    else if (key === 'f') actions.toggleUnsolved();
    else if (key === 'l') actions.lastProblems();
    else if (key === 'r') actions.openReport();
    else if (key === '?' || key === 'h') actions.help();
    else if (key === 'p') this.prompt('');
  }

  private type(typed: string, key: string): void {
    if (ENTER.has(key)) {
      this.prompt(null);
      this.actions.filterBy(typed);
    } else if (key === ESCAPE) this.prompt(null);
    else if (ERASE.has(key)) this.prompt([...typed].slice(0, -1).join(''));
    else if (/^\P{Cc}$/u.test(key)) this.prompt(typed + key);
  }

  private prompt(typed: string | null): void {
    this.typed = typed;
    this.actions.prompt(typed);
  }
}

export const KEY_HELP = [
  'Enter  build again',
  'f      show only what is not solved, or all again',
  'p      show only tasks or solvers whose names hold a text; an empty one shows all again',
  'l      the last problems, in full',
  'r      open the report (with --serve)',
  'q      quit',
] as const;

/** Listens to the keys of a terminal; null if there is none. */
export function listenToKeys(input: Readable, actions: KeyActions): TerminalKeys | null {
  const dispatch = new KeyDispatch(actions);
  return TerminalKeys.of(input, { pressed: (key) => dispatch.pressed(key), ended: () => actions.quit() });
}
