/** What a command may use of its process: streams, folder, environment, and a signal for Ctrl-C. */
import type { Readable, Writable } from 'node:stream';
import { UsageProblem } from './exit.js';

/** A stream to print on; a terminal also knows its width and its colours. */
export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  getColorDepth?(env?: object): number;
};

export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  /** For data. */
  readonly stdout: OutputStream;
  /** For messages. */
  readonly stderr: OutputStream;
  /** Colour depth of stdout in bits: 1, 4, 8 or 24. */
  readonly colorDepth: number;
  /** The current folder, absolute. Throws UsageProblem if it no longer exists. */
  readonly folder: string;
  /** Number of cores. */
  readonly cores: () => number;
  /**
   * After this call the first Ctrl-C only raises the returned signal, and the second one ends the process at once. If
   * a command does not call this, the first Ctrl-C ends the process.
   */
  readonly interrupt: () => AbortSignal;
}

/** Colour depth of a stream in bits, by NO_COLOR, FORCE_COLOR and whether it is a terminal. */
export function colorDepthOf(stream: OutputStream, env: Context['env']): number {
  if (stream.isTTY && stream.getColorDepth !== undefined) return stream.getColorDepth(env);
  if (env['FORCE_COLOR'] === undefined) return 1;
  // Only a terminal's stream knows the meaning of FORCE_COLOR. Loading its module is slow.
  const { WriteStream } = process.getBuiltinModule('node:tty');
  return WriteStream.prototype.getColorDepth(env);
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new UsageProblem('the current folder is not there any more', 'go to another folder');
  }
}

/** The context of the running process. */
export function processContext(): Context {
  const { env, stdout, stderr } = process;
  let interrupted: AbortController | null = null;
  return {
    env,
    // Opened on first use: most commands read nothing.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    colorDepth: colorDepthOf(stdout, env),
    get folder() {
      return currentFolder();
    },
    cores: () => process.getBuiltinModule('node:os').availableParallelism(),
    interrupt() {
      if (interrupted === null) {
        const controller = new AbortController();
        interrupted = controller;
        // `once`: the default, which ends the process, handles the second signal.
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
      }
      return interrupted.signal;
    },
  };
}
