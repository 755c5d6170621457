/** Reads single keys from a terminal. The terminal is restored however the process ends. */
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** What a terminal's input stream can do besides reading. */
type Terminal = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): void };

export interface KeyListener {
  /** A key: the characters that the terminal sends for it. */
  pressed(key: string): void;
  /** On Ctrl-C, or when the terminal has gone. */
  ended(): void;
}

const CTRL_C = '\u0003';
const CTRL_Z = '\u001a';

export class TerminalKeys {
  private isOn = false;

  private constructor(
    private readonly terminal: Terminal,
    private readonly listener: KeyListener,
  ) {}

  /**
   * Null if keys cannot be read: there is no terminal, or the process is in the background, where reading would stop
   * it.
   */
  static of(input: Readable, listener: KeyListener): TerminalKeys | null {
    const terminal: Terminal = input;
    if (terminal.isTTY !== true || terminal.setRawMode === undefined || !isInForeground()) return null;
    const keys = new TerminalKeys(terminal, listener);
    keys.begin();
    return keys;
  }

  /** Restores the terminal. */
  end(): void {
    if (!this.isOn) return;
    this.isOn = false;
    this.terminal.off('data', this.read);
    process.off('SIGHUP', this.hangUp);
    process.off('SIGCONT', this.goOn);
    this.setRaw(false);
    this.terminal.pause();
  }

  private begin(): void {
    this.isOn = true;
    this.setRaw(true);
    this.terminal.on('data', this.read);
    this.terminal.resume();
    process.on('SIGHUP', this.hangUp);
    process.on('SIGCONT', this.goOn);
  }

  /** The terminal may have gone. */
  private setRaw(raw: boolean): void {
    try {
      this.terminal.setRawMode?.(raw);
    } catch {
      this.isOn = false;
    }
  }

  private readonly read = (data: Buffer | string): void => {
    for (const key of keysIn(data.toString())) {
      if (!this.isOn) return;
      if (key === CTRL_C) this.hangUp();
      else if (key === CTRL_Z) this.suspend();
      else this.listener.pressed(key);
    }
  };

  private readonly hangUp = (): void => {
    this.end();
    this.listener.ended();
  };

  /** Stops the whole job, as the terminal itself does. */
  private suspend(): void {
    this.setRaw(false);
    process.kill(0, 'SIGTSTP');
  }

  /** The shell may have changed the terminal's mode meanwhile. */
  private readonly goOn = (): void => {
    this.setRaw(false);
    this.setRaw(true);
  };
}

/** An escape sequence, such as that of an arrow, is one key. */
export function keysIn(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with it.
  return text.match(/\u001b(?:[[O][\d;]*[ -~])?|[^\u001b]/gu) ?? [];
}

/** Whether this process's job is in the foreground. If the system does not tell, it is taken to be. */
function isInForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === foreground;
  } catch {
    return true;
  }
}
