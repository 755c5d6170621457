/** Reads names of selections back (see selection.ts): where their tasks are, where they publish, who can read them. */
import { fingerprints } from '../../phases/fingerprints.js';

export interface NamedSelection {
  /** Absolute paths of the folders and files of tasks. */
  readonly tasks: readonly string[];
  /** Absolute path of the output folder. */
  readonly out: string;
  /** Recorded by code that records as this does: others cannot be read. */
  readonly readable: boolean;
}

/** Null for what is no name of a selection. */
export function readSelectionName(name: string): NamedSelection | null {
  let parts: unknown;
  try {
    parts = JSON.parse(name);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!Array.isArray(parts)) return null;
  const [tasks, out] = parts as unknown[];
  if (!Array.isArray(tasks) || typeof out !== 'string') return null;
  const paths = tasks.filter((path): path is string => typeof path === 'string');
  return { tasks: paths, out, readable: parts.at(-1) === fingerprints.records };
}

/** Whether two names select tasks alike, wherever these and what is published are, and whatever code recorded it. */
export function sameSelection(a: string, b: string): boolean {
  const selectedBy = (name: string) => JSON.stringify((JSON.parse(name) as unknown[]).slice(2, -1));
  return readSelectionName(a) !== null && readSelectionName(b) !== null && selectedBy(a) === selectedBy(b);
}
