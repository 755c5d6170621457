/** How commands end: exit codes, and what they throw when they cannot go on. */
import type { Diagnostic } from '../diagnostic.js';

export const EXIT = {
  /** All was done. */
  done: 0,
  /** Some input could not be built, or a check failed; all else was done. */
  inputs: 1,
  /** Usage or config: nothing was done. */
  usage: 2,
  /** A bug of ours (EX_SOFTWARE of sysexits). */
  bug: 70,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** The user asked for something that cannot be done: exit code 2. Thrown by commands, caught by `guarded` (run-guarded.ts) only. */
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

/** What a system says that is out of something; better-sqlite3 and Node's workers wrap it in words of theirs. */
const SHORTAGES: ReadonlyMap<string, string> = new Map([
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['EAGAIN', 'there are too many threads'],
  ['ENOMEM', 'there is no memory left'],
]);

/** What the system has too little of, in words, when that is why something was thrown; else null. */
export function shortageIn(error: unknown): string | null {
  const message = error instanceof Error ? error.message : '';
  // Node's loader of modules leaves the system's code out.
  if (/too many open files/i.test(message)) return SHORTAGES.get('EMFILE') as string;
  const [code] = message.match(/\bE[A-Z]+\b/g) ?? [];
  return SHORTAGES.get(code ?? '') ?? null;
}
