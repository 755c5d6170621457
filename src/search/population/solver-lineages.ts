/**
 * Reads the lineages of solvers from the comments in their files, for files that have not changed since the build.
 */
import type { LastBuild } from '../../build/last-build.js';
import type { CandidateResult } from '../../build/record/task-result.js';
import { UnchangedFiles } from '../../build/unchanged-files.js';
import type { FileSystem } from '../../workspace/file-system.js';
import { type Lineage, lineagesOf } from './lineage.js';

export class SolverLineages {
  private readonly files: UnchangedFiles<ReadonlyMap<number, Lineage>>;

  /** `root` is the absolute path of the workspace. */
  constructor(root: string, lastBuild: LastBuild, fileSystem: FileSystem) {
    this.files = new UnchangedFiles(root, lastBuild, fileSystem, lineagesOf);
  }

  /** Null for a solver without such a comment, and for one whose file has changed since the build. */
  of({ file, line }: Pick<CandidateResult, 'file' | 'line'>): Lineage | null {
    return this.files.of(file)?.get(line) ?? null;
  }
}
