/** The evaluation figures compare equal work: workers and the plain evaluator give the same outcomes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { plainCells, runPlainly } from '../../bench/evaluation/plain.js';
import { BenchWorkers } from '../../bench/evaluation/workers.js';
import {
  callsIn,
  cellsOf,
  everySolverOnEveryTask,
  ownSolvers,
  tasksOfWorkspace,
  workOf,
} from '../../bench/evaluation/workload.js';
import { trainingTasks } from '../../bench/paths.js';
import { generateWorkspace, STANDARD } from '../../bench/workspace/generate.js';

const TASKS = trainingTasks() as string;

describe.skipIf(TASKS === null)(
  'evaluation as the benchmark does it (skipped without the shared tasks)',
  () => {
    let workspace: string;

    beforeAll(() => {
      workspace = mkdtempSync(join(tmpdir(), 'battbuild-evaluation-'));
      generateWorkspace(workspace, TASKS, { ...STANDARD, tasks: 6, candidates: 16 });
    });

    afterAll(() => rmSync(workspace, { recursive: true, force: true }));

    it('ends alike on workers and plainly', async () => {
      const own = workOf(ownSolvers(TASKS).slice(0, 5), 2);
      const mutants = workOf(tasksOfWorkspace(workspace, 6));
      const workers = new BenchWorkers(2);
      onTestFinished(() => workers.close());
      for (const work of [own, mutants]) {
        const plainly = plainCells(work).map(runPlainly);
        expect(plainly).toHaveLength(cellsOf(work));
        expect(await workers.evaluate(work)).toEqual(plainly);
      }
    });

    it('takes each distinct program of a workspace once, of tasks that are evenly spread', () => {
      const all = tasksOfWorkspace(workspace, 6);
      for (const { solvers } of all) {
        expect(solvers).toHaveLength(8);
        expect(new Set(solvers.map(({ body }) => body)).size).toBe(8);
      }
      const ids = all.map(({ task }) => task.id);
      expect(tasksOfWorkspace(workspace, 3).map(({ task }) => task.id)).toEqual([ids[0], ids[2], ids[4]]);
      expect(tasksOfWorkspace(workspace, 100).map(({ task }) => task.id)).toEqual(ids);
    });

    it('knows how much requests share: mutants most of their calls, solvers of different tasks few', () => {
      const share = (work: Parameters<typeof callsIn>[0]) => {
        const { calls, distinctCalls } = callsIn(work);
        return 1 - distinctCalls / calls;
      };
      expect(share(workOf(ownSolvers(TASKS).slice(0, 5), 2))).toBe(0);
      expect(share(workOf(everySolverOnEveryTask(ownSolvers(TASKS).slice(0, 5))))).toBeLessThan(0.3);
      expect(share(workOf(tasksOfWorkspace(workspace, 6)))).toBeGreaterThan(0.3);
    });
  },
);
