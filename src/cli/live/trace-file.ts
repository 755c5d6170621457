/** A file for the trace of a build. */
import { resolve } from 'node:path';
import type { BuildEvent } from '../../observe/event.js';
import { Trace } from '../../observe/trace.js';
import { writeAtomically } from '../../workspace/atomic-files.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';

export class TraceFile {
  private readonly trace = new Trace();
  private readonly path: string;

  /** `name` is relative to `folder`, or absolute. */
  constructor(folder: string, name: string) {
    this.path = resolve(folder, name);
  }

  read(event: BuildEvent): void {
    this.trace.read(event);
  }

  /** Writes the events read so far. Returns the error message, or null if the file was written. */
  write(): string | null {
    const bytes = new TextEncoder().encode(this.trace.json());
    const problem = writeAtomically(nodeFileSystem, this.path, bytes);
    return problem === null ? null : `the trace cannot be written to ${this.path}: ${problem.describe()}`;
  }
}
