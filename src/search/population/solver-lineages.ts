/**
 * Reads the lineages of solvers from the comments in their files, for files that have not changed since the build.
 */

import { resolve } from 'node:path';
import type { LastBuild } from '../../build/last-build.js';
import type { CandidateResult } from '../../build/record/task-result.js';
import { sha256Binary } from '../../encoding/digest.js';
import { FileProblem, type FileSystem } from '../../workspace/file-system.js';
import { contentDigest } from '../../workspace/stat-table.js';
import { type Lineage, lineagesOf } from './lineage.js';

export class SolverLineages {
  private readonly digests: ReadonlyMap<string, string | undefined>;
  /** By file: solvers of one file are asked for task by task. */
  private readonly files = new Map<string, ReadonlyMap<number, Lineage>>();

  constructor(
    /** Absolute path of the workspace. */
    private readonly root: string,
    { state }: LastBuild,
    private readonly fileSystem: FileSystem,
  ) {
    const { table } = state;
    this.digests = new Map(table.names.map((name, index) => [name, contentDigest(table, index)]));
  }

  /** Null for a solver without such a comment, and for one whose file has changed since the build. */
  of({ file, line }: Pick<CandidateResult, 'file' | 'line'>): Lineage | null {
    let lineages = this.files.get(file);
    if (lineages === undefined) {
      lineages = this.read(file);
      this.files.set(file, lineages);
    }
    return lineages.get(line) ?? null;
  }

  private read(file: string): ReadonlyMap<number, Lineage> {
    const bytes = this.fileSystem.read(resolve(this.root, file));
    if (bytes instanceof FileProblem) return new Map();
    const digest = sha256Binary(bytes);
    return digest === this.digests.get(file) ? lineagesOf(new TextDecoder().decode(bytes)) : new Map();
  }
}
