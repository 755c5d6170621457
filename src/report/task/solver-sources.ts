/** The sources of solvers as their authors wrote them, for files that have not changed since the build. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { LastBuild } from '../../build/last-build.js';
import type { CandidateResult } from '../../build/record/task-result.js';
import { FileProblem, type FileSystem } from '../../workspace/file-system.js';
import { contentDigest } from '../../workspace/stat-table.js';

export class SolverSources {
  private readonly digests: ReadonlyMap<string, string | undefined>;
  /** Lines by file: solvers of one file are usually asked for one after another. */
  private readonly files = new Map<string, readonly string[] | null>();

  constructor(
    /** Absolute path of the workspace. */
    private readonly root: string,
    { state }: LastBuild,
    private readonly fileSystem: FileSystem,
  ) {
    const { table } = state;
    this.digests = new Map(table.names.map((name, index) => [name, contentDigest(table, index)]));
  }

  /** The function that begins on the line; null if its file has changed since the build. */
  of({ file, line }: Pick<CandidateResult, 'file' | 'line'>): string | null {
    let lines = this.files.get(file);
    if (lines === undefined) {
      lines = this.read(file);
      this.files.set(file, lines);
    }
    return lines === null ? null : functionAt(lines, line - 1);
  }

  private read(file: string): readonly string[] | null {
    const bytes = this.fileSystem.read(resolve(this.root, file));
    if (bytes instanceof FileProblem) return null;
    const digest = createHash('sha256').update(bytes).digest('binary');
    return digest === this.digests.get(file) ? new TextDecoder().decode(bytes).split(/\r\n|\r|\n/) : null;
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
