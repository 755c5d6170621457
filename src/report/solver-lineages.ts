/** Reads the lineages of solvers from the comments in their files, as far as these are still what the build read. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Recorded } from '../build/recorded.js';
import { type Lineage, lineagesOf } from '../search/lineage.js';
import { FileProblem, type FileSystem } from '../workspace/file-system.js';
import { contentDigest } from '../workspace/stat-table.js';
import type { SourcePlace } from './data.js';

export class SolverLineages {
  private readonly digests: ReadonlyMap<string, string | undefined>;
  /** Of the file that was read last: solvers are asked for file by file. */
  private last: { readonly file: string; readonly lineages: ReadonlyMap<number, Lineage> } | null = null;

  constructor(
    /** Absolute path of the workspace. */
    private readonly root: string,
    { state }: Recorded,
    private readonly files: FileSystem,
  ) {
    const { table } = state;
    this.digests = new Map(table.names.map((name, index) => [name, contentDigest(table, index)]));
  }

  of({ file, line }: SourcePlace): Lineage | null {
    if (this.last?.file !== file) this.last = { file, lineages: this.read(file) };
    return this.last.lineages.get(line) ?? null;
  }

  private read(file: string): ReadonlyMap<number, Lineage> {
    const bytes = this.files.read(resolve(this.root, file));
    if (bytes instanceof FileProblem) return new Map();
    const digest = createHash('sha256').update(bytes).digest('binary');
    return digest === this.digests.get(file) ? lineagesOf(new TextDecoder().decode(bytes)) : new Map();
  }
}
