/** The figure of a round of the search: every round judges candidates that nobody has judged, beside their parents. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { searchRound } from '../../bench/figures/search-round.js';
import { deleteDiscarded } from '../../bench/measure/discard.js';
import { trainingTasks } from '../../bench/paths.js';
import { ROUGH } from '../../bench/workspace/generate.js';

it.skipIf(trainingTasks() === null)(
  'measures a round of the search (skipped without the shared tasks)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'battbuild-search-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const size = { ...ROUGH, tasks: 2, candidates: 4 };
    const [figure] = await searchRound({ folder, repetitions: 2, size, reference: null });
    deleteDiscarded();
    expect(figure).toMatchObject({ unit: 's', target: 'at most 0.05 s', repetitions: 2 });
    // Every candidate on each sample of its task, of which there are at least two.
    expect(figure.notes?.['cells']).toBeGreaterThanOrEqual(2 * 4 * 2);
    expect(existsSync(join(folder, 'rough-2x6/solvers/card'))).toBe(false);
  },
);
