/** The page of 400 tasks with 100 programs each: its size, and that it opens. The time is reported, not judged. */
import { Buffer } from 'node:buffer';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageParts } from '../../../src/cli/report-assets.js';
import type { Overview, ProgramReport, TaskReport } from '../../../src/report/data.js';
import { pageDataOf, reportDocument } from '../../../src/report/document/document.js';
import { Random } from '../../../src/search/mutation/random.js';
import { BROWSER, launch, openPage, WHY_SKIPPED } from './browser.js';

const TASKS = 400;
const PROGRAMS = 100;
const SAMPLES = 4;
const DIFFERS = 10;
const LARGEST = 15_000_000;

const OVERVIEW: Overview = {
  format: 1,
  battbuild: '0',
  workspace: 'large',
  run: 1,
  totals: {
    tasks: TASKS,
    solved: TASKS,
    partly: 0,
    unsolved: 0,
    candidates: TASKS * PROGRAMS,
    programs: TASKS * PROGRAMS,
    behaviours: TASKS * PROGRAMS,
    cells: TASKS * PROGRAMS * SAMPLES,
    cellsRun: 0,
    outcomes: { ok: TASKS * PROGRAMS * SAMPLES },
    interrupted: false,
  },
  changes: null,
  nearest: [],
  runs: [],
  diagnostics: [],
  moreDiagnostics: 0,
  changedInputs: [],
  costliest: [],
  sharedSolvers: [],
  sharedTexts: [],
};

const CALLS = ['fill', 'objects', 'replace', 'mapply', 'rot90', 'compose', 'ofcolor', 'sfilter', 'paint'];

/** A grid as rows of digits. */
function gridOf(random: Random, side: number): string[] {
  return Array.from({ length: side }, () =>
    Array.from({ length: side }, () => (random.below(3) === 0 ? random.below(10) : 0)).join(''),
  );
}

/** The grid with one row replaced, as in the outputs of mutants. */
function changed(random: Random, grid: readonly string[]): string {
  const row = Array.from({ length: grid.length }, () => random.below(10)).join('');
  return grid.with(random.below(grid.length), row).join('/');
}

function taskOf(index: number): TaskReport {
  const random = new Random(`task ${index}`);
  const id = index.toString(16).padStart(8, '0');
  const expected = Array.from({ length: SAMPLES }, () => gridOf(random, 3 + random.below(20)));
  const outputs = expected.map((grid) => grid.join('/'));
  const programs = Array.from({ length: PROGRAMS }, (_, k): ProgramReport => {
    const calls = Array.from({ length: 8 }, () => CALLS[random.below(CALLS.length)]);
    const body = Array.from({ length: 64 }, () => random.below(16).toString(16)).join('');
    const cells = expected.map((grid, sample) => {
      const output = k === 0 ? sample : outputs.push(changed(random, grid)) - 1;
      return {
        status: 'ok',
        cost: random.below(10_000),
        match: k === 0,
        output,
        error: null,
        line: null,
      } as const;
    });
    return {
      body,
      dialect: null,
      behaviour: k + 1,
      demo: k === 0 ? SAMPLES - 1 : 0,
      test: k === 0 ? 1 : 0,
      cost: random.below(10_000),
      source: null,
      dScores: Array.from({ length: DIFFERS }, () => random.below(8000)),
      text: `def solve(I):\n    return ${calls.join('(')}(I, ${k})${')'.repeat(calls.length - 1)}\n`,
      cells,
    };
  });
  const solvers = programs.map((_, program) => {
    const name = `solve_${id}_${random.below(2 ** 31).toString(16)}`;
    return { name, file: `solvers/${id}.py`, line: 4 * program + 1, program, lineage: null };
  });
  return {
    id,
    file: `tasks/${id}.json`,
    verdict: 'solved',
    candidates: PROGRAMS,
    behaviours: PROGRAMS,
    known: { demo: SAMPLES - 1, test: 1 },
    best: { demo: SAMPLES - 1, test: 1 },
    states: `s${'n'.repeat(PROGRAMS - 1)}`,
    sharedStates: '',
    solverNames: solvers.map(({ name }) => name),
    solverPrograms: solvers.map(({ program }) => program),
    moreSamples: 0,
    samples: expected.map((grid, k) => {
      const kind = k < SAMPLES - 1 ? ('demo' as const) : ('test' as const);
      return {
        kind,
        index: k % (SAMPLES - 1),
        input: grid.join('/'),
        expected: grid.join('/'),
        hidden: false,
      };
    }),
    differs: Array.from({ length: DIFFERS }, (_, k) => {
      return { name: `differ_${k}`, file: 'differs/all.py', line: 5 * k + 1, sScore: 100_000, failures: 0 };
    }),
    programs,
    solvers,
    outputs,
  };
}

let browser: Browser;

describe.skipIf(BROWSER === null)(`a page of 400 x 100${WHY_SKIPPED}`, () => {
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('is below 15 MB, opens, and shows every task', async () => {
    const data = pageDataOf({
      overview: OVERVIEW,
      *tasks() {
        for (let k = 0; k < TASKS; k++) yield taskOf(k);
      },
    });
    const bytes = Buffer.byteLength(reportDocument(data, pageParts()));
    expect(bytes).toBeLessThan(LARGEST);
    const { page, complaints } = await openPage(browser, data);
    // From the navigation, on the page's own clock, to the first picture on the screen.
    const shownMs = (await page.evaluate(
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    )) as number;
    console.log(
      `400 x 100: ${(bytes / 1e6).toFixed(1)} MB, shown ${Math.round(shownMs)} ms after it was asked for`,
    );
    await expect(page.locator('.tasks li').count()).resolves.toBe(TASKS);
    await page.keyboard.press('k');
    await page.getByRole('heading', { level: 1, name: '0000018f' }).waitFor();
    await expect(page.locator('.ranking tbody tr').count()).resolves.toBe(PROGRAMS);
    await page.keyboard.press('m');
    await page.getByRole('application').waitFor();
    expect(complaints).toEqual([]);
  });
});
