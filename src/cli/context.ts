/** What a command may use of the process: streams, folder, environment, and a signal that Ctrl-C raises. */
import type { Readable, Writable } from 'node:stream';
import { UsageProblem } from './exit.js';

/** A stream to print on; a terminal knows its width and its colours. */
export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  getColorDepth?(env?: object): number;
};

export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  /** Data. */
  readonly stdout: OutputStream;
  /** Talk. */
  readonly stderr: OutputStream;
  /** Bits of colour that stdout shows: 1, 4, 8 or 24. */
  readonly colorDepth: number;
  /** The current folder, absolute. Throws UsageProblem where there is none any more. */
  readonly folder: string;
  /** Number of cores. */
  readonly cores: () => number;
  /**
   * From now on the first Ctrl-C only raises the returned signal; the second one ends the process at once. Commands that
   * do not ask are ended by the first.
   */
  readonly interrupt: () => AbortSignal;
}

/** Bits of colour that a stream shows, as NO_COLOR, FORCE_COLOR and its being a terminal say. */
export function colorDepthOf(stream: OutputStream, env: Context['env']): number {
  if (stream.isTTY && stream.getColorDepth !== undefined) return stream.getColorDepth(env);
  if (env['FORCE_COLOR'] === undefined) return 1;
  // Only a terminal's stream can tell what FORCE_COLOR asks for; loading that module takes a while.
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

/** The context of a real process. */
export function processContext(): Context {
  const { env, stdout, stderr } = process;
  let interrupted: AbortController | null = null;
  return {
    env,
    // Opened when asked for: most commands read nothing.
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
        // `once`: the system's own way to end a process is back for the second.
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
      }
      return interrupted.signal;
    },
  };
}
