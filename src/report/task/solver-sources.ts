/** The sources of solvers as their authors wrote them, for files that have not changed since the build. */
import type { LastBuild } from '../../build/last-build.js';
import type { CandidateResult } from '../../build/record/task-result.js';
import { UnchangedFiles } from '../../build/unchanged-files.js';
import type { FileSystem } from '../../workspace/file-system.js';

export class SolverSources {
  private readonly files: UnchangedFiles<readonly string[]>;

  /** `root` is the absolute path of the workspace. */
  constructor(root: string, lastBuild: LastBuild, fileSystem: FileSystem) {
    this.files = new UnchangedFiles(root, lastBuild, fileSystem, (text) => text.split(/\r\n|\r|\n/));
  }

  /** The function that begins on the line; null if its file has changed since the build. */
  of({ file, line }: Pick<CandidateResult, 'file' | 'line'>): string | null {
    const lines = this.files.of(file);
    return lines === null ? null : functionAt(lines, line - 1);
  }
}

/**
 * The lines of the function that begins at `start`: those that are indented further, and those inside its brackets.
 * This is enough for display; the language itself is read by `lang`.
 */
export function functionAt(lines: readonly string[], start: number): string {
  const margin = indentOf(lines[start] ?? '');
  let open = bracketsIn(lines[start] ?? '');
  let end = start + 1;
  for (let k = end; k < lines.length; k++) {
    const isBlank = lines[k].trim() === '';
    if (open <= 0 && !isBlank && indentOf(lines[k]) <= margin) break;
    open += bracketsIn(lines[k]);
    if (!isBlank) end = k + 1;
  }
  return lines
    .slice(start, end)
    .map((line) => line.slice(Math.min(margin, indentOf(line))))
    .join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Number of open brackets after the line, ignoring brackets in comments and strings. */
function bracketsIn(line: string): number {
  const code = line.replaceAll(/#.*|'[^']*'|"[^"]*"/g, '');
  return (code.match(/[([{]/g)?.length ?? 0) - (code.match(/[)\]}]/g)?.length ?? 0);
}
