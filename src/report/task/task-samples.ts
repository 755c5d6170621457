/** Reads the grids of tasks from their files, if these have not changed since the build. */

import { TaskSource } from '../../build/inputs/task-source.js';
import type { SampleResult } from '../../build/record/task-result.js';
import type { Grid } from '../../dsl/value/value.js';
import { digestOutput, encodeOutput } from '../../engine/output.js';
import { samplesOf } from '../../task/task.js';
import { digestGrid } from '../../task/task-digest.js';
import type { FileSystem } from '../../workspace/file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { PackedGrid, SampleReport } from '../data.js';
import type { OrderedResult } from '../result-order.js';
import { packGrid } from './packed-grid.js';

export class TaskSamples {
  private readonly source: TaskSource;

  constructor(workspace: Workspace, files: FileSystem) {
    this.source = new TaskSource(workspace, files);
  }

  /** The samples with these indices; all where none are given. */
  of(
    result: OrderedResult,
    indices: readonly number[] = [...result.samples].map((_, k) => k),
  ): SampleReport[] {
    const task = this.source.task(result);
    const read = task === null ? [] : samplesOf(task);
    return indices.map((k) => {
      const { kind, index, input, expected } = result.samples.at(k) as SampleResult;
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
