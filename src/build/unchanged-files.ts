/** Contents of input files that have not changed since a build, each read and parsed once. */
import { resolve } from 'node:path';
import { sha256Binary } from '../encoding/digest.js';
import { FileProblem, type FileSystem } from '../workspace/file-system.js';
import { contentDigest } from '../workspace/stat-table.js';
import type { LastBuild } from './last-build.js';

export class UnchangedFiles<Contents> {
  private readonly digests: ReadonlyMap<string, string | undefined>;
  private readonly contents = new Map<string, Contents | null>();

  constructor(
    /** Absolute path of the workspace. */
    private readonly root: string,
    { state }: LastBuild,
    private readonly fileSystem: FileSystem,
    private readonly parse: (text: string) => Contents,
  ) {
    const { table } = state;
    this.digests = new Map(table.names.map((name, index) => [name, contentDigest(table, index)]));
  }

  /** Null if the file has changed since the build. */
  of(file: string): Contents | null {
    let contents = this.contents.get(file);
    if (contents === undefined) {
      contents = this.read(file);
      this.contents.set(file, contents);
    }
    return contents;
  }

  private read(file: string): Contents | null {
    const bytes = this.fileSystem.read(resolve(this.root, file));
    if (bytes instanceof FileProblem || sha256Binary(bytes) !== this.digests.get(file)) return null;
    return this.parse(new TextDecoder().decode(bytes));
  }
}
