/** The benchmark's workspaces: the same seed gives the same files, and battbuild loads every candidate. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONG_PROGRAMS, trainingTasks } from '../../bench/paths.js';
import { generateWorkspace, ROUGH, type WorkspaceSize } from '../../bench/workspace/generate.js';
import { loadSource } from '../../src/lang/load.js';

const TASKS = trainingTasks();
const SIZE: WorkspaceSize = { tasks: 6, candidates: 21, filePerSolver: false, seed: 'test' };

/** By path below `folder`: the text of every file. */
function filesOf(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

function solversOf(files: ReadonlyMap<string, string>) {
  return [...files]
    .filter(([path]) => path.startsWith('solvers/'))
    .map(([path, text]) => loadSource(Buffer.from(text), path));
}

describe.skipIf(TASKS === null)('a generated workspace (skipped where the shared tasks are absent)', () => {
  let root: string;
  let files: Map<string, string>;

  function generate(name: string, size: WorkspaceSize): Map<string, string> {
    generateWorkspace(join(root, name), TASKS as string, size);
    return filesOf(join(root, name));
  }

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'battbuild-workspace-'));
    files = generate('first', SIZE);
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('has the same bytes for the same seed, and others for another', () => {
    expect(generate('second', SIZE)).toEqual(files);
    expect(generate('third', { ...SIZE, seed: 'other' })).not.toEqual(files);
  });

  it('has one task file and one solver file a task, in which everything loads', () => {
    const paths = [...files.keys()];
    const stems = (folder: string) =>
      paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length).split('.')[0]);
    expect(stems('solvers/')).toEqual(stems('tasks/'));
    expect(stems('tasks/')).toHaveLength(SIZE.tasks);
    for (const { functions, diagnostics } of solversOf(files)) {
      expect(diagnostics).toEqual([]);
      expect(functions).toHaveLength(SIZE.candidates);
    }
  });

  it('says every program of the second half in other words', () => {
    for (const { functions } of solversOf(files)) {
      expect(new Set(functions.map(({ name }) => name)).size).toBe(SIZE.candidates);
      expect(new Set(functions.map(({ body }) => body)).size).toBe(Math.ceil(SIZE.candidates / 2));
    }
  });

  it('can hold one file a solver', () => {
    const single = generate('single', { ...SIZE, tasks: 2, filePerSolver: true });
    const solvers = solversOf(single);
    expect(solvers).toHaveLength(2 * SIZE.candidates);
    for (const { functions } of solvers) expect(functions).toHaveLength(1);
  });

  it('begins the same, however many tasks follow', () => {
    const smaller = generate('smaller', { ...SIZE, tasks: 3 });
    for (const [path, text] of smaller) expect(files.get(path)).toBe(text);
  });

  it('can descend from long programs, changed without regard to kinds', () => {
    for (const { functions, diagnostics } of solversOf(generate('rough', { ...ROUGH, tasks: 6 }))) {
      expect(diagnostics).toEqual([]);
      expect(functions).toHaveLength(ROUGH.candidates);
    }
  });

  it('repeats tasks under new ids with their colours exchanged', () => {
    const ids = readdirSync(TASKS as string).length;
    const many = generate('many', { ...SIZE, tasks: ids + 1, candidates: 1 });
    const tasks = [...many.keys()].filter((path) => path.startsWith('tasks/'));
    expect(tasks).toHaveLength(ids + 1);
    const added = tasks.filter((path) => !readdirSync(TASKS as string).includes(path.slice('tasks/'.length)));
    expect(added).toHaveLength(1);
    const original = many.get(tasks.filter((path) => path !== added[0])[0]) as string;
    const copy = many.get(added[0]) as string;
    expect(copy).not.toBe(original);
    expect(copy.replace(/[1-9]/g, 'c')).toBe(original.replace(/[1-9]/g, 'c'));
  });
});

describe('the long programs', () => {
  it('are at least sixty, and each has 10 to 40 lines', () => {
    const texts = readdirSync(LONG_PROGRAMS).flatMap((file) =>
      readFileSync(join(LONG_PROGRAMS, file), 'utf8').split('\ndef ').slice(1),
    );
    expect(texts.length).toBeGreaterThanOrEqual(60);
    for (const text of texts) {
      const lines = text.trim().split('\n').length;
      expect(lines).toBeGreaterThanOrEqual(10);
      expect(lines).toBeLessThanOrEqual(40);
    }
  });
});
