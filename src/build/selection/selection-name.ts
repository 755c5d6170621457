/**
 * Parses the names of selections (see selection.ts): the folders of their tasks, the output folder, and the recording
 * code.
 */
import { fingerprints } from '../../phases/fingerprints.js';

export interface NamedSelection {
  /** Absolute paths of the folders and files of tasks. */
  readonly tasks: readonly string[];
  /** Absolute path of the output folder. */
  readonly out: string;
  /** The recording code has the same formats as this code; records of other code cannot be read. */
  readonly readable: boolean;
}

/** Null if the text is no name of a selection. */
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

/**
 * Whether two names select the same tasks, ignoring the folders of tasks, the output folder and the recording code.
 */
export function sameSelection(a: string, b: string): boolean {
  const selectedBy = (name: string) => JSON.stringify((JSON.parse(name) as unknown[]).slice(2, -1));
  return readSelectionName(a) !== null && readSelectionName(b) !== null && selectedBy(a) === selectedBy(b);
}
