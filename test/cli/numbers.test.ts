/** All commands give the same number for the same thing (docs/numbers.md). */
import { cpSync, type Dirent, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { TestWorkspace } from './rig.js';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

interface Counts {
  readonly hits: number;
  readonly misses: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly savedMs: number;
}

interface Summary {
  readonly tasks: number;
  readonly candidates: number;
  readonly programs: number;
  readonly behaviours: number;
  readonly cells: number;
  readonly cellsRun: number;
  readonly solved: number;
  readonly partly: number;
  readonly unsolved: number;
  readonly phases: Readonly<Record<string, Counts>>;
  readonly diagnostics: number;
  readonly published: number;
  readonly publishedLinks: number;
  readonly wallMs: number;
}

interface RunStats {
  readonly run: number;
  readonly wallMs: number;
  readonly phases: Readonly<Record<string, Counts>>;
  readonly all: Counts & { readonly hitRate: number };
  readonly cellsRun: number;
  readonly cellsPerSecond: number | null;
}

function demoWorkspace(): TestWorkspace {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-numbers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['config', 'tasks', 'solvers', 'differs']) {
    cpSync(join(EXAMPLES, name), join(folder, name), { recursive: true });
  }
  return new TestWorkspace(folder);
}

const COUNTED = [
  'tasks',
  'candidates',
  'programs',
  'behaviours',
  'cells',
  'solved',
  'partly',
  'unsolved',
] as const;

/** Compares the numbers of all commands after a build with its summary. */
async function compareAll(workspace: TestWorkspace, summary: Summary) {
  const counted = Object.fromEntries(COUNTED.map((name) => [name, summary[name]]));
  expect(await countedByResults(workspace)).toEqual(counted);

  const [stats] = await workspace.json<{ last: RunStats }>('stats', '--json');
  const { last } = stats;
  const plain = ({ hits, misses, wallMs, cpuMs, savedMs }: Counts) => ({
    hits,
    misses,
    wallMs,
    cpuMs,
    savedMs,
  });
  const phasesOf = (phases: Readonly<Record<string, Counts>>) =>
    Object.fromEntries(Object.entries(phases).map(([phase, counts]) => [phase, plain(counts)]));
  expect(phasesOf(last.phases)).toEqual(phasesOf(summary.phases));
  expect([last.cellsRun, last.wallMs]).toEqual([summary.cellsRun, summary.wallMs]);

  const report = JSON.parse((await workspace.run('report', '--json')).stdout) as {
    totals: Record<string, unknown>;
    runs: readonly {
      run: number;
      cellsRun: number;
      hitRate: number;
      savedMs: number;
      phases: readonly (Counts & { phase: string })[];
    }[];
    diagnostics: readonly unknown[];
    moreDiagnostics: number;
    tasks: readonly { programs: readonly { body: string; cost: number }[] }[];
  };
  expect(report.totals).toMatchObject(counted);
  const shown = report.runs.at(-1);
  expect(shown).toMatchObject({
    run: last.run,
    cellsRun: summary.cellsRun,
    hitRate: last.all.hitRate,
    savedMs: last.all.savedMs,
  });
  expect(
    Object.fromEntries(shown?.phases.map(({ phase, ...counts }) => [phase, plain(counts)]) ?? []),
  ).toEqual(phasesOf(summary.phases));
  await compareCosts(
    workspace,
    report.tasks.flatMap(({ programs }) => programs),
  );

  const [verified] = await workspace.json<{ published: number; publishedLinks: number }>('verify', '--json');
  const { published, publishedLinks } = summary;
  expect(verified).toMatchObject({ published, publishedLinks });
  expect(filesIn(workspace.path('out'))).toEqual({
    files: published - publishedLinks,
    links: publishedLinks,
  });
  const { stdout } = await workspace.run('clean', '--dry-run', '--published');
  const words = `${thousands(published - publishedLinks)} published files and ${thousands(publishedLinks)} links`;
  expect(stdout).toContain(`would remove ${words}`);
}

function thousands(value: number): string {
  return value.toLocaleString('en-US');
}

/** Number of texts and links below a folder. */
function filesIn(folder: string): { files: number; links: number } {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const published = entries.filter(({ parentPath }) => /\/(solver|differ)_(md5|dir)/.test(parentPath));
  const isText = ({ parentPath }: Dirent) => /\/(solver|differ)_md5$/.test(parentPath);
  const isFile = (entry: Dirent) => !entry.isDirectory();
  return {
    files: published.filter((entry) => isFile(entry) && isText(entry)).length,
    links: published.filter((entry) => isFile(entry) && !isText(entry)).length,
  };
}

/** The numbers of a summary, computed from the output of `results`. */
async function countedByResults(workspace: TestWorkspace) {
  interface Row {
    readonly task: string;
    readonly body: string;
    readonly behaviour: number;
    readonly rank: number;
    readonly o_score: number;
    readonly demo: { readonly known: number };
    readonly test: { readonly known: number };
  }
  const { stdout } = await workspace.run('results', '--format', 'json');
  const rows = JSON.parse(stdout) as Row[];
  const tasks = new Map<string, Row[]>();
  for (const row of rows) tasks.set(row.task, [...(tasks.get(row.task) ?? []), row]);
  const distinct = (key: (row: Row) => string | number) =>
    [...tasks.values()].reduce((sum, ofTask) => sum + new Set(ofTask.map(key)).size, 0);
  const lines = (await workspace.run('results', '--format', 'jsonl')).stdout.trimEnd().split('\n');
  const cells = new Set(
    lines.map((line) => {
      const { task, body, sample } = JSON.parse(line) as { task: string; body: string; sample: number };
      return `${task} ${body} ${sample}`;
    }),
  );
  const verdicts = { solved: 0, partly: 0, unsolved: 0 };
  for (const ofTask of tasks.values()) {
    const best = Math.max(...ofTask.map(({ o_score }) => o_score));
    const known = ofTask[0].demo.known + ofTask[0].test.known;
    verdicts[best === known ? 'solved' : best > 0 ? 'partly' : 'unsolved']++;
  }
  return {
    tasks: tasks.size,
    candidates: rows.length,
    programs: distinct(({ body }) => body),
    behaviours: distinct(({ behaviour }) => behaviour),
    cells: cells.size,
    ...verdicts,
  };
}

/** The cost of a program is the same in `results`, `report` and `stats`. */
async function compareCosts(workspace: TestWorkspace, reported: readonly { body: string; cost: number }[]) {
  const { stdout } = await workspace.run('results', '--format', 'json');
  const rows = JSON.parse(stdout) as { task: string; solver: string; body: string; cost: number }[];
  const listed = new Set(rows.map(({ body, cost }) => `${body} ${cost}`));
  for (const { body, cost } of reported) expect(listed).toContain(`${body} ${cost}`);
  const [{ build: hotSpots }] = await workspace.json<{
    build: { slowestPrograms: readonly { task: string; solver: string; cost: number }[] };
  }>('stats', '--json');
  const costliest = rows.map(({ cost }) => cost).sort((a, b) => b - a);
  expect(hotSpots.slowestPrograms[0].cost).toBe(costliest[0]);
  for (const { task, solver, cost } of hotSpots.slowestPrograms) {
    expect(rows).toContainEqual(expect.objectContaining({ task, solver, cost }));
  }
}

async function built(workspace: TestWorkspace, ...args: readonly string[]): Promise<Summary> {
  return (await workspace.build(...args)) as unknown as Summary;
}

function stepsOf({ phases }: Summary): Record<string, [hits: number, misses: number]> {
  return Object.fromEntries(
    Object.entries(phases).map(([phase, { hits, misses }]) => [phase, [hits, misses]]),
  );
}

it('of the demo workspace, built for the first time, again, edited and by force, all commands say the same', async () => {
  const workspace = demoWorkspace();
  const first = await built(workspace);
  await compareAll(workspace, first);

  const again = await built(workspace);
  await compareAll(workspace, again);
  const all = Object.fromEntries(
    Object.entries(stepsOf(first)).map(([phase, [, misses]]) => [phase, [misses, 0]]),
  );
  expect(stepsOf(again)).toEqual(all);
  for (const [phase, { savedMs }] of Object.entries(again.phases))
    expect([phase, savedMs > 0]).toEqual([phase, true]);

  // One solver has another program: the steps of all others are hits, in every phase.
  const halo = workspace.read('solvers/halo.py');
  workspace.write('solvers/halo.py', `${halo}\n\ndef halo_too(I):\n    return rot90(I)\n`);
  const edited = await built(workspace);
  await compareAll(workspace, edited);
  expect(stepsOf(edited)).toMatchObject({
    load: [50, 1],
    filter: [335, 1],
    publish: [31, 1],
    inline: [188, 1],
  });
  expect(edited.phases['publish'].savedMs).toBeGreaterThan(0);
  const [, summed] = stepsOf(edited)['differs'];
  expect(summed).toBeLessThanOrEqual(10);

  const forced = await built(workspace, '--force');
  await compareAll(workspace, forced);
  for (const [phase, { hits, savedMs }] of Object.entries(forced.phases)) {
    expect({ phase, hits, savedMs }).toEqual({ phase, hits: 0, savedMs: 0 });
  }
  expect([forced.cellsRun, forced.published]).toEqual([forced.cells, edited.published]);
}, 300_000);

it('a round of an evolution says of its build what stats say of that run', async () => {
  const workspace = demoWorkspace();
  const rounds = await workspace.json<{
    cells: number;
    cellsRun: number;
    hitRate: number;
    cellsPerSecond: number;
    wallMs: number;
  }>('evolve', '-i', 'clockwork', '--rounds', '2', '--per-task', '8', '--json');
  const [{ runs }] = await workspace.json<{ runs: readonly RunStats[] }>('stats', '--json');
  expect(rounds).toHaveLength(2);
  for (const round of rounds) {
    const run = runs.find(({ wallMs }) => wallMs === round.wallMs);
    expect(run).toMatchObject({ cellsRun: round.cellsRun, cellsPerSecond: round.cellsPerSecond });
    const { hits, misses } = run?.phases['validate'] ?? { hits: 0, misses: 1 };
    expect(round.hitRate).toBe(hits / (hits + misses));
  }
}, 300_000);

it('a watch says what a build says', async () => {
  const workspace = demoWorkspace();
  await built(workspace);
  const { stdout } = await workspace.runUntil(/"waiting"/, 'watch', '--json');
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
  const told = events.find(({ type }) => type === 'summary') as unknown as Summary;
  const { phases, wallMs: _, ...counts } = await built(workspace);
  const { phases: toldPhases, wallMs: __, ...toldCounts } = told;
  expect(toldCounts).toEqual(counts);
  expect(stepsOf(told)).toEqual(stepsOf({ ...told, phases }));
  expect(Object.keys(toldPhases)).toEqual(Object.keys(phases));
}, 300_000);
