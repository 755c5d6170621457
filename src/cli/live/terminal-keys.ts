/** Keys of a terminal, as they are pressed. However the process ends, the terminal is as it was. */
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** What a terminal's stream can do beyond reading. */
type Terminal = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): void };

export interface KeyListener {
  /** A key, as the characters that the terminal sends for it. */
  pressed(key: string): void;
  /** Ctrl-C, or the terminal is gone. */
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

  /** Null where keys cannot be had: no terminal, or not for a process in the background, which reading would stop. */
  static of(input: Readable, listener: KeyListener): TerminalKeys | null {
    const terminal: Terminal = input;
    if (terminal.isTTY !== true || terminal.setRawMode === undefined || !isInForeground()) return null;
    const keys = new TerminalKeys(terminal, listener);
    keys.begin();
    return keys;
  }

  /** Gives the terminal back. */
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

  /** The terminal may be gone. */
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

  /** As the terminal itself does it: the whole job stops. */
  private suspend(): void {
    this.setRaw(false);
    process.kill(0, 'SIGTSTP');
  }

  /** The shell may have set the terminal as it likes meanwhile. */
  private readonly goOn = (): void => {
    this.setRaw(false);
    this.setRaw(true);
  };
}

/** Sequences, such as those of arrows, are one key. */
export function keysIn(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it begins the sequences.
  return text.match(/\u001b(?:[[O][\d;]*[ -~])?|[^\u001b]/gu) ?? [];
}

/** Whether the terminal is with the process's own job; where the system does not tell, it is. */
function isInForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === foreground;
  } catch {
    return true;
  }
}
