/** The words that options and arguments accept where they accept no others: for messages and for completion. */
import type { CommandName } from './commands.js';

export const RESULT_FORMATS = ['text', 'json', 'jsonl'] as const;

/** The phases whose steps are looked up, or whose files are. */
export const EXPLAINED_PHASES = ['load', 'inline', 'validate', 'score', 'publish'] as const;

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** By command, and by option or argument. */
export const CHOICES: {
  readonly [Name in CommandName]?: Readonly<Record<string, readonly string[]>>;
} = {
  results: { '--format': RESULT_FORMATS },
  explain: { '--phase': EXPLAINED_PHASES },
  completion: { SHELL: SHELLS },
};
