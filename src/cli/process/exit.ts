/** How commands end: exit codes, and what they throw when they cannot go on. */
import type { Diagnostic } from '../../diagnostic.js';

export const EXIT = {
  /** Everything was done. */
  done: 0,
  /** Some input could not be built, or a check failed; everything else was done. */
  inputs: 1,
  /** The command line or the config is wrong: nothing was done. */
  usage: 2,
  /** A bug of battbuild (EX_SOFTWARE of sysexits). */
  bug: 70,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/**
 * The user asked for something that cannot be done: exit code 2. Commands throw it; only `guarded` (run-guarded.ts)
 * catches it.
 */
export class UsageProblem extends Error {
  constructor(
    message: string,
    /** What to do about it. */
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}

/** The workspace cannot be opened: exit code 2. */
export class ConfigProblem extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super('the workspace cannot be opened');
  }
}

/**
 * The system's codes for a lack of resources. better-sqlite3 and Node's workers put them into messages of their own.
 */
const SHORTAGES: ReadonlyMap<string, string> = new Map([
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['EAGAIN', 'there are too many threads'],
  ['ENOMEM', 'there is no memory left'],
]);

/** In words, which resource ran out, if that is why the error was thrown; else null. */
export function shortageIn(error: unknown): string | null {
  const message = error instanceof Error ? error.message : '';
  // Node's module loader does not include the system's code.
  if (/too many open files/i.test(message)) return SHORTAGES.get('EMFILE') as string;
  const [code] = message.match(/\bE[A-Z]+\b/g) ?? [];
  return SHORTAGES.get(code ?? '') ?? null;
}
