/** Reads the grids of tasks from their files, as far as these are still what the build judged. */

import type { Grid } from '../dsl/value/value.js';
import { digestOutput, encodeOutput } from '../engine/output.js';
import { type NamedBytes, parseTaskFile } from '../task/parse.js';
import { samplesOf, type Task } from '../task/task.js';
import { digestGrid } from '../task/task-digest.js';
import { discoverTasks } from '../workspace/discover.js';
import { FileProblem, type FileSystem } from '../workspace/file-system.js';
import type { NamedPath } from '../workspace/paths.js';
import type { Workspace } from '../workspace/workspace.js';
import type { PackedGrid, SampleReport } from './data.js';
import { packGrid } from './packed-grid.js';
import type { OrderedResult } from './result-order.js';

export class TaskSamples {
  private readonly inputs: ReadonlyMap<string, NamedPath & { readonly solutions: NamedPath | null }>;
  /** The tasks of the file that was read last: those of combined files are asked for one after another. */
  private last: { readonly file: string; readonly tasks: ReadonlyMap<string, Task> } | null = null;

  constructor(
    workspace: Workspace,
    private readonly files: FileSystem,
  ) {
    const excluded = [workspace.out.path, workspace.cache.path];
    const found = discoverTasks(files, workspace.tasks, excluded).files;
    this.inputs = new Map(found.map((input) => [input.name, input]));
  }

  of(result: OrderedResult): SampleReport[] {
    const task = this.tasksOf(result.file).get(result.task);
    const read = task === undefined ? [] : samplesOf(task);
    return result.samples.map(({ kind, index, input, expected }, k) => {
      const sample = read[k]?.kind === kind ? read[k].sample : null;
      return {
        kind,
        index,
        input: sample !== null && digestGrid(sample.input) === input ? pack(sample.input) : null,
        expected:
          sample?.output != null && outputDigest(sample.output) === expected ? pack(sample.output) : null,
        hidden: expected === null,
      };
    });
  }

  private tasksOf(file: string): ReadonlyMap<string, Task> {
    if (this.last?.file !== file) {
      this.last = { file, tasks: new Map(this.parse(file).map((task) => [task.id, task])) };
    }
    return this.last.tasks;
  }

  private parse(file: string): readonly Task[] {
    const input = this.inputs.get(file);
    const bytes = input === undefined ? null : this.read(input);
    if (input === undefined || bytes === null) return [];
    return parseTaskFile(bytes, input.solutions === null ? null : this.read(input.solutions)).tasks;
  }

  private read({ name, path }: NamedPath): NamedBytes | null {
    const bytes = this.files.read(path);
    return bytes instanceof FileProblem ? null : { name, bytes };
  }
}

function outputDigest(grid: Grid): string | null {
  const output = encodeOutput(grid);
  return output === null ? null : digestOutput(output.bytes);
}

function pack({ height, width, cells }: Grid): PackedGrid {
  return packGrid(
    Array.from({ length: height }, (_, i) => Array.from(cells.subarray(i * width, (i + 1) * width))),
  );
}
