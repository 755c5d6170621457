/** Runs a command in a real terminal, presses its keys, and sees what it shows and leaves. */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { outputOf } from '../../child-output.js';
import { plainEnvironment } from '../../environment.js';

/** Takes steps as JSON on stdin. */
export const DRIVER = fileURLToPath(new URL('./fixtures/terminal.py', import.meta.url));

/** Tests that need a terminal are skipped where python3 makes none, and say so. */
export const HAS_TERMINALS =
  process.platform === 'linux' && spawnSync('python3', ['-c', 'import pty; pty.openpty()']).status === 0;

export type Step = readonly ['wait' | 'send' | 'signal', string];

export interface Terminal {
  /** The output between the two answers of `stty`. */
  readonly shown: string;
  readonly code: number;
  /** Whether the terminal's settings are restored. */
  readonly isRestored: boolean;
}

export async function inTerminal(
  folder: string,
  args: readonly string[],
  steps: readonly Step[],
  env: Readonly<Record<string, string>> = {},
): Promise<Terminal> {
  const child = spawn('python3', [DRIVER, process.execPath, ...args], {
    cwd: folder,
    env: { ...plainEnvironment(), ...env },
  });
  child.stdin.end(JSON.stringify(steps));
  const { stdout, stderr } = await outputOf(child);
  const [, before, shown, code, after] = /^(\S+)\r\n([\s\S]*)code (\d+)\r\n(\S+)\r\nover/.exec(stdout) ?? [];
  if (after === undefined) throw new Error(`${stderr}${stdout}`);
  return { shown, code: Number(code), isRestored: before === after };
}
