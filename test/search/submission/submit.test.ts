/** Submitting a workspace: known outputs of tests do not change the written file. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_TASKS, type Selection } from '../../../src/build/options.js';
import type { BuildEnvironment } from '../../../src/build/session/session.js';
import type { BuildEvent, EventListener } from '../../../src/observe/event.js';
import { submit } from '../../../src/search/submission/submit.js';
import { nodeFileSystem } from '../../../src/workspace/node-file-system.js';
import { type SampleText, task } from '../../build/example.js';
import { initialModel, MODEL_EDITS } from '../../build/incremental/edits.js';
import type { TaskModel, WorkspaceModel } from '../../build/incremental/model.js';
import { WorkspaceOnDisk } from '../../build/incremental/workspace-on-disk.js';
import { LATER, temporaryFolder, workspaceOf, writeFiles } from '../../build/rig.js';

/** To test more cases: `BATTBUILD_RUNS=300 npx vitest run test/search/submission/submit.test.ts`. */
const RUNS = Number(process.env['BATTBUILD_RUNS'] ?? 20);
const SEED = Number(process.env['BATTBUILD_SEED'] ?? 20_240_609);

interface Request {
  readonly selection?: Partial<Selection>;
  readonly world?: Partial<BuildEnvironment>;
  readonly signal?: AbortSignal;
  readonly emit?: EventListener;
}

const fileIn = (root: string) => join(root, 'submission.json');

async function submitIn(root: string, { selection, world, signal, emit = () => {} }: Request = {}) {
  const request = {
    workspace: workspaceOf(root),
    selection: { ...ALL_TASKS, ...selection },
    file: fileIn(root),
    emit,
    signal: signal ?? new AbortController().signal,
  };
  const whole = { files: nodeFileSystem, now: Date.now, mainThreadCells: Number.POSITIVE_INFINITY, ...world };
  return submit(request, whole);
}

/** The model with outputs of tests changed. */
function withTests(
  model: WorkspaceModel,
  change: (output: number[][] | null) => number[][] | null,
): WorkspaceModel {
  const changed = (one: TaskModel): TaskModel => {
    return { ...one, test: one.test.map(({ input, output }) => ({ input, output: change(output) })) };
  };
  return { ...model, tasks: new Map([...model.tasks].map(([id, one]) => [id, changed(one)])) };
}

describe('a submission', () => {
  it(
    'is the same, byte by byte, whether test outputs are known, hidden or wrong',
    async () => {
      const folder = temporaryFolder();
      const edits = fc.array(
        fc.record({
          edit: fc.constantFrom(...Object.keys(MODEL_EDITS)),
          numbers: fc.tuple(fc.nat(9999), fc.nat(9999), fc.nat(9999)),
        }),
        { maxLength: 8 },
      );
      let known = 0;
      let right = 0;
      await fc.assert(
        fc.asyncProperty(edits, async (list) => {
          const model = initialModel();
          for (const { edit, numbers } of list) MODEL_EDITS[edit](model, ...numbers);
          const variants = {
            open: model,
            hidden: withTests(model, () => null),
            wrong: withTests(model, (output) => output?.map((row) => row.map((cell) => 9 - cell)) ?? null),
          };
          const texts: string[] = [];
          for (const [name, variant] of Object.entries(variants)) {
            const root = join(folder, name);
            rmSync(root, { recursive: true, force: true });
            mkdirSync(root);
            new WorkspaceOnDisk(root).follow(variant);
            const ended = await submitIn(root);
            if (ended.kind !== 'written') throw new Error(ended.kind);
            texts.push(readFileSync(fileIn(root), 'utf8'));
            if (name !== 'open') continue;
            for (const { inputs } of ended.tasks) {
              known += inputs.filter((input) => input.right !== null).length;
              right += inputs.filter((input) => input.right).length;
            }
          }
          expect(texts[1]).toBe(texts[0]);
          expect(texts[2]).toBe(texts[0]);
        }),
        { numRuns: RUNS, seed: SEED },
      );
      // Otherwise a choice by known outputs would hardly show.
      expect(right).toBeGreaterThan(RUNS);
      expect(known - right).toBeGreaterThan(RUNS);
    },
    RUNS * 60_000,
  );
});

describe('a workspace', () => {
  const FLIP: SampleText[] = [{ input: [[1, 2]], output: [[2, 1]] }];

  function flipWorkspace(): string {
    const root = temporaryFolder();
    writeFiles(root, {
      'config/battbuild.json': '{}',
      'tasks/flip.json': task(FLIP, [{ input: [[3, 4]] }]),
      'tasks/other.json': task(FLIP, [{ input: [[5, 6]], output: [[6, 5]] }]),
      'solvers/flip.py': 'def a(I):\n    return vmirror(I)\n',
    });
    return root;
  }

  const readIn = (root: string) => JSON.parse(readFileSync(fileIn(root), 'utf8')) as Record<string, unknown>;

  it('has all of its tasks in the submission, solvers or not', async () => {
    const root = flipWorkspace();
    expect((await submitIn(root)).kind).toBe('written');
    const blank = { attempt_1: [[0]], attempt_2: [[0]] };
    expect(readIn(root)).toEqual({ flip: [{ attempt_1: [[4, 3]], attempt_2: [[0]] }], other: [blank] });
  });

  it('has only the selected tasks in it when some are selected', async () => {
    const root = flipWorkspace();
    await submitIn(root, { selection: { ids: ['other'] } });
    expect(Object.keys(readIn(root))).toEqual(['other']);
  });

  it('is submitted as it is now', async () => {
    const root = flipWorkspace();
    await submitIn(root);
    writeFiles(root, { 'solvers/flip.py': 'def a(I):\n    return hmirror(I)\n' });
    await submitIn(root, { world: LATER });
    expect(readIn(root)['flip']).toEqual([{ attempt_1: [[3, 4]], attempt_2: [[0]] }]);
  });

  it('that is interrupted, or has no such task, leaves the submission as it was', async () => {
    const root = flipWorkspace();
    writeFiles(root, { 'submission.json': 'before' });
    expect((await submitIn(root, { signal: AbortSignal.abort() })).kind).toBe('unfinished');
    const ended = await submitIn(root, { selection: { ids: ['flop'] } });
    expect([ended.kind, ended.report.unknownTasks]).toEqual([
      'unfinished',
      [{ id: 'flop', suggestion: 'flip' }],
    ]);
    expect(readFileSync(fileIn(root), 'utf8')).toBe('before');
  });

  it('whose store cannot be written has no submission: what is recorded is of another build', async () => {
    const root = flipWorkspace();
    mkdirSync(join(root, 'cache/battbuild.db'), { recursive: true });
    const ended = await submitIn(root);
    expect(ended.kind).toBe('unrecorded');
    expect(ended.report.diagnostics.map(({ code }) => code)).toContain('STORE002');
    expect(existsSync(fileIn(root))).toBe(false);
  });

  it('whose inputs change meanwhile has no submission', async () => {
    const root = flipWorkspace();
    await submitIn(root);
    rmSync(fileIn(root));
    const emit = ({ type }: BuildEvent) => {
      // The last event: the build is over.
      if (type === 'summary') writeFiles(root, { 'solvers/flip.py': 'def a(I):\n    return hmirror(I)\n' });
    };
    expect((await submitIn(root, { emit })).kind).toBe('unrecorded');
    expect(existsSync(fileIn(root))).toBe(false);
  });

  it('says when the file cannot be written', async () => {
    const root = flipWorkspace();
    mkdirSync(join(root, 'submission.json/in-the-way'), { recursive: true });
    const ended = await submitIn(root);
    expect(ended.kind).toBe('unwritten');
  });
});
