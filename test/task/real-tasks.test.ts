/** Reads the shared ARC tasks as single files and as combined ones. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ParsedTasks, parseTaskFile } from '../../src/task/parse.js';
import type { Task } from '../../src/task/task.js';
import { digestTask, HIDDEN } from '../../src/task/task-digest.js';
import { discoverTasks, type NotSearched } from '../../src/workspace/discovery/discover.js';
import { NOTHING_IGNORED } from '../../src/workspace/discovery/ignore.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { SHARED } from '../dsl/shared-vectors.js';

const FOLDER = join(SHARED, 'arc', 'training');

interface PlainTask {
  readonly train: readonly unknown[];
  readonly test: readonly { readonly input: unknown; readonly output: unknown }[];
}

function bytesOf(path: string): Uint8Array {
  const bytes = nodeFileSystem.read(path);
  if (!(bytes instanceof Uint8Array)) throw new Error(bytes.describe());
  return bytes;
}

const NOTHING: NotSearched = { folders: [], ignored: NOTHING_IGNORED };

/** All tasks by id, in their order, and the diagnostics of their files. */
function joined(files: readonly ParsedTasks[]) {
  const tasks = files.flatMap((file) => file.tasks).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    tasks: new Map<string, Task>(tasks.map((task) => [task.id, task])),
    diagnostics: files.flatMap(({ diagnostics }) => diagnostics),
  };
}

function digestsOf({ tasks }: ReturnType<typeof joined>) {
  return [...tasks].map(([id, task]) => [id, digestTask(task)]);
}

describe.skipIf(!existsSync(FOLDER))(`the tasks of ${FOLDER} (skipped where they are absent)`, () => {
  const root = { path: FOLDER, name: 'arc', explicit: true };

  it('can all be used, whether they come one by one or combined, solutions apart', () => {
    const { files, diagnostics } = discoverTasks(nodeFileSystem, [root], NOTHING);
    expect(diagnostics).toEqual([]);
    const sources = files.map(({ path, name }) => ({ name, bytes: bytesOf(path) }));
    const single = joined(sources.map((source) => parseTaskFile(source, null)));
    expect(single.diagnostics).toEqual([]);
    expect(single.tasks.size).toBe(400);

    const challenges: Record<string, unknown> = {};
    const solutions: Record<string, unknown> = {};
    for (const { name, bytes } of sources) {
      const id = name.replace(/^arc\/|\.json$/g, '');
      const { train, test } = JSON.parse(new TextDecoder().decode(bytes)) as PlainTask;
      challenges[id] = { train, test: test.map(({ input }) => ({ input })) };
      solutions[id] = test.map(({ output }) => output);
    }
    const encode = (name: string, value: unknown) => ({
      name,
      bytes: new TextEncoder().encode(JSON.stringify(value)),
    });
    const combined = encode('all_challenges.json', challenges);
    const solved = joined([parseTaskFile(combined, encode('all_solutions.json', solutions))]);
    expect(solved.diagnostics).toEqual([]);
    expect(digestsOf(solved)).toEqual(digestsOf(single));

    const hidden = joined([parseTaskFile(combined, null)]);
    expect(hidden.diagnostics).toEqual([]);
    for (const [id, task] of hidden.tasks) {
      const digests = digestTask(task);
      const known = digestTask(single.tasks.get(id) as NonNullable<ReturnType<typeof single.tasks.get>>);
      expect(digests.inputs).toEqual(known.inputs);
      expect(digests.demo).toBe(known.demo);
      expect(digests.outputs.slice(task.train.length).every((digest) => digest === HIDDEN)).toBe(true);
    }
  });
});
