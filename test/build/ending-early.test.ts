/** Builds that end early: what solves is what solves in a build of all cells, and what was left out is never taken for known. */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_TASKS } from '../../src/build/options.js';
import { Recorded } from '../../src/build/recorded.js';
import type { Stopping } from '../../src/build/stop-rule.js';
import type { ProgramResult, TaskResult } from '../../src/build/task-result.js';
import { initialModel, MODEL_EDITS } from './incremental/edits.js';
import type { TaskModel, WorkspaceModel } from './incremental/model.js';
import { WorkspaceOnDisk } from './incremental/workspace-on-disk.js';
import { buildIn, linesOf, recordedIn, temporaryFolder, treeOf, workspaceOf } from './rig.js';

/** More runs find more: `BATTBUILD_RUNS=300 npx vitest run test/build/ending-early.test.ts`. */
const RUNS = Number(process.env['BATTBUILD_RUNS'] ?? 15);
const SEED = Number(process.env['BATTBUILD_SEED'] ?? 20_240_608);

const ALL: Stopping = { earlyStop: false, untilSolved: false };
const EARLY: Stopping = { earlyStop: true, untilSolved: false };
const SOLVED: Stopping = { earlyStop: false, untilSolved: true };
const BOTH: Stopping = { earlyStop: true, untilSolved: true };

function resultsIn(root: string): TaskResult[] {
  const recorded = Recorded.open(workspaceOf(root), ALL_TASKS);
  if (recorded === null) throw new Error('nothing was recorded');
  try {
    return [...recorded.tasks()];
  } finally {
    recorded.close();
  }
}

/** What of a program does not depend on the others. */
function ownPart({ rank: _, behaviour: __, ...own }: ProgramResult) {
  return own;
}

/** The programs that match all demonstrations, by body. */
function winnersOf({ samples, programs }: TaskResult): Map<string, ReturnType<typeof ownPart>> {
  const demos = samples.filter(({ kind }) => kind === 'demo').length;
  const winners = programs.filter(({ demo }) => demo === demos);
  return new Map(winners.map((program) => [program.body, ownPart(program)]));
}

/** What is known of every program is what a build of all cells finds; what is not is said to be skipped. */
function expectNothingInvented(ended: TaskResult, all: TaskResult): void {
  const clean = new Map(all.programs.map((program) => [program.body, program]));
  expect([...clean.keys()]).toEqual(ended.programs.map(({ body }) => body));
  for (const { body, outcomes, matches } of ended.programs) {
    const full = clean.get(body) as ProgramResult;
    outcomes.forEach((outcome, k) => {
      if (outcome.status === 'skipped') expect(matches[k]).toBeNull();
      else expect([outcome, matches[k]]).toEqual([full.outcomes[k], full.matches[k]]);
    });
  }
}

const isSkipped = ({ status }: { readonly status: string }) => status === 'skipped';

/** What a run of the property came to, so that it cannot hold for want of cases. */
class Tally {
  winners = 0;
  cutShort = 0;
  leftOut = 0;

  /** A program is left out of until-solved builds when another one solved before it was its turn. */
  add({ samples, programs }: TaskResult): void {
    for (const { outcomes, matches } of programs) {
      const isDemo = (k: number) => samples[k].kind === 'demo';
      if (matches.every((match, k) => match === true || !isDemo(k))) this.winners++;
      else if (outcomes.every(isSkipped)) this.leftOut++;
      else if (outcomes.some(isSkipped)) this.cutShort++;
    }
  }
}

function compare(ended: TaskResult, all: TaskResult, { earlyStop, untilSolved }: Stopping): void {
  expectNothingInvented(ended, all);
  const winners = winnersOf(ended);
  const cleanWinners = winnersOf(all);
  if (!untilSolved) expect(winners).toEqual(cleanWinners);
  else {
    expect(winners.size > 0).toBe(cleanWinners.size > 0);
    for (const [body, winner] of winners) expect(winner).toEqual(cleanWinners.get(body));
  }
  if (untilSolved && winners.size > 0) return;
  const known = ended.samples.map(({ kind }) => kind);
  for (const { outcomes, matches } of ended.programs) {
    const failed = matches.some((match, k) => match === false && known[k] === 'demo');
    // Nobody is cut short but for a failed demonstration.
    if (!earlyStop || !failed) expect(outcomes.filter(isSkipped)).toEqual([]);
  }
}

const anyNumber = fc.nat(9999);
const anyEdit = fc.record({
  edit: fc.oneof(
    fc.constantFrom(...Object.keys(MODEL_EDITS)),
    // New programs of tasks that are solved already.
    fc.constantFrom('add a solver', 'change a program'),
  ),
  numbers: fc.tuple(anyNumber, anyNumber, anyNumber),
});
const anyRounds = fc.array(
  fc.record({
    edits: fc.array(anyEdit, { maxLength: 5 }),
    stopping: fc.constantFrom(ALL, EARLY, SOLVED, BOTH),
  }),
  { minLength: 1, maxLength: 5 },
);

/** Folders that builds write. */
const OUTPUTS = ['cache', 'out'];

type Rounds = typeof anyRounds extends fc.Arbitrary<infer Value> ? Value : never;

async function checkRounds(folder: string, rounds: Rounds, tally: Tally, how: How): Promise<void> {
  const root = join(folder, 'workspace');
  const copy = join(folder, 'clean');
  const model = initialModel();
  const disk = new WorkspaceOnDisk(root);
  for (const { edits, stopping } of [...rounds, { edits: [], stopping: ALL }]) {
    for (const { edit, numbers } of edits) MODEL_EDITS[edit](model, ...numbers);
    disk.follow(model);
    const built = await buildIn(root, { ...how, ...stopping });
    rmSync(copy, { recursive: true, force: true });
    cpSync(root, copy, { recursive: true, filter: (path) => !OUTPUTS.includes(relative(root, path)) });
    await buildIn(copy);

    const ended = resultsIn(root);
    const all = resultsIn(copy);
    expect(ended.map(({ task }) => task)).toEqual(all.map(({ task }) => task));
    ended.forEach((result, k) => {
      compare(result, all[k], stopping);
      tally.add(result);
    });
    expect(built.summary.cellsRun).toBe(stepsOf(built.ran, 'validate'));
    expect(built.summary.phases['validate'].misses).toBe(built.summary.cellsRun);
    expectWinnersPublished(root, copy, ended, stopping);

    // The same again: nothing is to be done, and what was left out stays so.
    const again = await buildIn(root, { ...how, ...stopping });
    expect(again.ran).toEqual({});
    expect(resultsIn(root)).toEqual(ended);
    if (stopping !== ALL) continue;
    expect(recordedIn(root)).toEqual(recordedIn(copy));
    expect(linesOf(treeOf(join(root, 'out')))).toEqual(linesOf(treeOf(join(copy, 'out'))));
  }
}

function stepsOf(ran: Readonly<Record<string, number>>, phase: string): number {
  const steps = Object.entries(ran).filter(([step]) => step.startsWith(`${phase} `));
  return steps.reduce((sum, [, count]) => sum + count, 0);
}

/** A solver that a build of all cells publishes stands in the same folder (its o_score, its t_log). */
function expectWinnersPublished(
  root: string,
  copy: string,
  ended: readonly TaskResult[],
  how: Stopping,
): void {
  if (how.untilSolved) return;
  const published = treeOf(join(root, 'out'));
  for (const { task, samples, programs } of ended) {
    const demos = samples.filter(({ kind }) => kind === 'demo').length;
    const scores = new Set(
      programs.filter(({ demo }) => demo === demos).map(({ demo, test }) => demo + test),
    );
    const others = new Set(programs.filter(({ demo }) => demo < demos).map(({ demo, test }) => demo + test));
    for (const name of treeOf(join(copy, 'out')).keys()) {
      const [, folder, score] = name.split('/');
      // Of a score that others have, too, nobody can tell from outside whose file it is.
      if (folder !== `solve_${task}` || !scores.has(Number(score)) || others.has(Number(score))) continue;
      expect([...published.keys()]).toContain(name);
    }
  }
}

interface How {
  readonly flags: { readonly jobs: string };
  readonly world: { readonly mainThreadCells?: number };
}

/** The model with all outputs of tests hidden. */
function hidden(model: WorkspaceModel): WorkspaceModel {
  const hide = (task: TaskModel): TaskModel => {
    return { ...task, test: task.test.map(({ input }) => ({ input, output: null })) };
  };
  return { ...model, tasks: new Map([...model.tasks].map(([id, task]) => [id, hide(task)])) };
}

async function checkHonesty(folder: string, rounds: Rounds): Promise<void> {
  const open = join(folder, 'open');
  const blind = join(folder, 'blind');
  const model = initialModel();
  const disks = [new WorkspaceOnDisk(open), new WorkspaceOnDisk(blind)];
  for (const { edits, stopping } of rounds) {
    for (const { edit, numbers } of edits) MODEL_EDITS[edit](model, ...numbers);
    disks[0].follow(model);
    disks[1].follow(hidden(model));
    for (const root of [open, blind]) await buildIn(root, stopping);
    const ran = (root: string) =>
      resultsIn(root).map(({ programs }) => programs.map(({ body, outcomes }) => ({ body, outcomes })));
    expect(ran(open)).toEqual(ran(blind));
  }
}

async function checkAll(
  runs: number,
  seed: number,
  check: (folder: string, rounds: Rounds) => Promise<void>,
): Promise<void> {
  const folder = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(anyRounds, async (rounds) => {
      const run = join(folder, 'run');
      if (existsSync(run)) rmSync(run, { recursive: true });
      mkdirSync(run);
      await check(run, rounds);
    }),
    { numRuns: runs, seed },
  );
}

describe('a build that ends early', () => {
  it(
    'finds the winners of a build of all cells, and one of all cells after it misses nothing',
    async () => {
      const tally = new Tally();
      const how = { flags: { jobs: '1' }, world: {} };
      await checkAll(RUNS, SEED, (folder, rounds) => checkRounds(folder, rounds, tally, how));
      expect(tally.winners).toBeGreaterThan(RUNS);
      expect(tally.cutShort).toBeGreaterThan(RUNS);
      expect(tally.leftOut).toBeGreaterThan(RUNS);
    },
    RUNS * 60_000,
  );

  it(
    'does so with workers',
    async () => {
      const how = { flags: { jobs: '2' }, world: { mainThreadCells: 0 } };
      const check = (folder: string, rounds: Rounds) => checkRounds(folder, rounds, new Tally(), how);
      await checkAll(Math.ceil(RUNS / 10), SEED + 1, check);
    },
    RUNS * 60_000,
  );

  it(
    'chooses what runs by the demonstrations alone',
    () => checkAll(RUNS, SEED + 2, checkHonesty),
    RUNS * 60_000,
  );
});
