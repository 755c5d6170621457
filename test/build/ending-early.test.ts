/** Builds that end early: they find the same solutions as full builds, and a skipped cell never counts as known. */

import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decoded } from '../../bench/reliability/decoded.js';
import { LastBuild } from '../../src/build/last-build.js';
import type { Stopping } from '../../src/build/options.js';
import { ALL_TASKS } from '../../src/build/options.js';
import { loadSource } from '../../src/lang/load.js';
import { initialModel, MODEL_EDITS } from './incremental/edits.js';
import type { TaskModel, WorkspaceModel } from './incremental/model.js';
import { WorkspaceOnDisk } from './incremental/workspace-on-disk.js';
import {
  buildIn,
  type DecodedResult,
  linesOf,
  type PublishedFile,
  recordedIn,
  temporaryFolder,
  treeOf,
  workspaceOf,
} from './rig.js';

/** To test more cases: `BATTBUILD_RUNS=300 npx vitest run test/build/ending-early.test.ts`. */
const RUNS = Number(process.env['BATTBUILD_RUNS'] ?? 15);
const SEED = Number(process.env['BATTBUILD_SEED'] ?? 20_240_608);

const ALL: Stopping = { earlyStop: false, untilSolved: false };
const EARLY: Stopping = { earlyStop: true, untilSolved: false };
const SOLVED: Stopping = { earlyStop: false, untilSolved: true };
const BOTH: Stopping = { earlyStop: true, untilSolved: true };

type DecodedProgram = DecodedResult['programs'][number];

function resultsIn(root: string): DecodedResult[] {
  const recorded = LastBuild.open(workspaceOf(root), ALL_TASKS);
  if (recorded === null) throw new Error('nothing was recorded');
  try {
    return [...recorded.tasks()].map(decoded);
  } finally {
    recorded.close();
  }
}

/** The part of a program's result that does not depend on other programs. */
function ownPart({ rank: _, behaviour: __, ...own }: DecodedProgram) {
  return own;
}

/** The programs that match all demonstrations, by body. */
function winnersOf({ samples, programs }: DecodedResult): Map<string, ReturnType<typeof ownPart>> {
  const demos = samples.filter(({ kind }) => kind === 'demo').length;
  const winners = programs.filter(({ demo }) => demo === demos);
  return new Map(winners.map((program) => [program.body, ownPart(program)]));
}

/** Every known outcome is that of a full build; every other cell is reported as skipped. */
function expectNothingInvented(ended: DecodedResult, all: DecodedResult): void {
  const clean = new Map(all.programs.map((program) => [program.body, program]));
  expect([...clean.keys()]).toEqual(ended.programs.map(({ body }) => body));
  for (const { body, outcomes, matches } of ended.programs) {
    const full = clean.get(body) as DecodedProgram;
    outcomes.forEach((outcome, k) => {
      if (outcome.status === 'skipped') expect(matches[k]).toBeNull();
      else expect([outcome, matches[k]]).toEqual([full.outcomes[k], full.matches[k]]);
    });
  }
}

const isSkipped = ({ status }: { readonly status: string }) => status === 'skipped';

/** Counts what the runs of the property covered, so that it cannot hold because of missing cases. */
class Tally {
  winners = 0;
  cutShort = 0;
  leftOut = 0;
  /** Number of compared files of solving programs. */
  published = 0;

  /** A program is skipped in until-solved builds if another one solved the task before its turn. */
  add({ samples, programs }: DecodedResult): void {
    for (const { outcomes, matches } of programs) {
      const isDemo = (k: number) => samples[k].kind === 'demo';
      if (matches.every((match, k) => match === true || !isDemo(k))) this.winners++;
      else if (outcomes.every(isSkipped)) this.leftOut++;
      else if (outcomes.some(isSkipped)) this.cutShort++;
    }
  }
}

function compare(ended: DecodedResult, all: DecodedResult, { earlyStop, untilSolved }: Stopping): void {
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
    // Only programs that failed a demonstration end early.
    if (!earlyStop || !failed) expect(outcomes.filter(isSkipped)).toEqual([]);
  }
}

const anyNumber = fc.nat(9999);
const anyEdit = fc.record({
  edit: fc.oneof(
    fc.constantFrom(...Object.keys(MODEL_EDITS)),
    // New programs of tasks that are already solved.
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

/**
 * A workspace in which no program passes the first test of any task: that must not end the programs that solve it.
 */
function modelWithHardTests(): WorkspaceModel {
  const model = initialModel();
  for (const { test } of model.tasks.values()) test.unshift({ input: [[1, 2]], output: [[9, 9, 9, 9]] });
  return model;
}

/** The folders that builds write. */
const OUTPUTS = ['cache', 'out'];

type Rounds = typeof anyRounds extends fc.Arbitrary<infer Value> ? Value : never;

async function checkRounds(folder: string, rounds: Rounds, tally: Tally, how: How): Promise<void> {
  const root = join(folder, 'workspace');
  const copy = join(folder, 'clean');
  const model = modelWithHardTests();
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
    if (!stopping.untilSolved) tally.published += expectWinnersPublished(root, copy, ended);

    // The same again: nothing runs, and skipped cells stay skipped.
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

/** Whatever a full build publishes of a solving program is in the same folder (its o_score, its t_log). */
function expectWinnersPublished(root: string, copy: string, ended: readonly DecodedResult[]): number {
  const published = treeOf(join(root, 'out'));
  const clean = treeOf(join(copy, 'out'));
  const expected = ended.flatMap((result) => {
    const winners = winnersOf(result);
    const links = [...clean.keys()].filter((name) => name.startsWith(`solver_dir/solve_${result.task}/`));
    return links.filter((link) => winners.has(bodyOf(clean, link)));
  });
  expect(expected.filter((link) => published.get(link)?.content !== clean.get(link)?.content)).toEqual([]);
  return expected.length;
}

/** The program of a published link. */
function bodyOf(tree: ReadonlyMap<string, PublishedFile>, link: string): string {
  const text = tree.get(`solver_md5/${link.slice(link.lastIndexOf('/') + 1)}`)?.content ?? '';
  return loadSource(Buffer.from(text, 'latin1'), link).functions[0].body;
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
  const model = modelWithHardTests();
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
      expect(tally.published).toBeGreaterThan(RUNS);
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
