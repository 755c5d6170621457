/** Why steps ran: emitted task by task during a build, and recorded with the run. */
import { rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lastRunOf } from '../../../src/build/explain/last-run.js';
import { decodeSelectionState, encodeSelectionState } from '../../../src/build/record/selection-state.js';
import { decodeTaskResult, encodeTaskResult } from '../../../src/build/record/task-result-codec.js';
import type { CauseItem } from '../../../src/observe/cause.js';
import type { BuildEvent } from '../../../src/observe/event.js';
import { Store } from '../../../src/store/store.js';
import {
  EXAMPLE,
  exampleWorkspace,
  MIRRORED,
  RECOLORED,
  RECOLORED_DEMOS,
  RECOLORED_TESTS,
  task,
} from '../example.js';
import { type BuildRequest, buildIn, LATER, workspaceOf, writeFiles } from '../rig.js';

/**
 * The emitted causes, one a line: subject, steps by phase, reasons, and their items. Files come first, then tasks
 * sorted by id, because the order in which tasks finish depends on the workers.
 */
function told(events: readonly BuildEvent[]): string[] {
  const explained = events.filter((event) => event.type === 'explained');
  const files = explained.filter(({ subject }) => subject.includes('.'));
  const tasks = explained.filter(({ subject }) => !subject.includes('.'));
  tasks.sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
  return [...files, ...tasks].flatMap((event) => {
    return event.causes.map(({ steps, reasons, items }) => {
      const ran = Object.entries(steps).map(([phase, count]) => `${phase} ${count}`);
      return [`${event.subject}: ${ran.join(' ')}: ${reasons.join(' ')}`, ...items.map(itemText)].join('; ');
    });
  });
}

/** The values of digests change with the language; only whether there is one matters. */
function itemText({ name, old, new: now }: CauseItem): string {
  const shown = (value: string | null) => (value === null ? '-' : value.replace(/^[0-9a-f]{12}$/, '#'));
  return `${name} ${shown(old)} ${shown(now)}`;
}

const build = (root: string, request: BuildRequest = {}) => buildIn(root, { world: LATER, ...request });

/** The causes that a build emits after these changes of a built workspace. */
async function toldAfter(
  change: (root: string) => void,
  request: BuildRequest = {},
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const root = exampleWorkspace(files);
  await build(root);
  change(root);
  return told((await build(root, request)).events);
}

const SOLVER = `solvers/${MIRRORED}/a.py`;
const DIFFER = 'def same(S, I, C):\n    return astuple(branch(equality(I, C), 1000, 0), 0)\n';

it('of a first build is that there was none', async () => {
  const { events } = await build(exampleWorkspace());
  expect(told(events)).toEqual([
    `${'solvers/any.py'}: load 1: first-build`,
    'solvers/recolor.py: load 1: first-build',
    // It is named after one task, and loaded with it.
    `${SOLVER}: load 1: first-build`,
    `${RECOLORED}: inline 3 validate 9 score 3 publish 1: first-build`,
    `${MIRRORED}: inline 2 validate 4 score 2 publish 1: first-build`,
  ]);
});

it('of a null build is nothing', async () => {
  const root = exampleWorkspace();
  await build(root);
  expect(told((await build(root)).events)).toEqual([]);
});

it('names the solver that is another program, and what follows from it', async () => {
  const lines = await toldAfter((root) =>
    writeFiles(root, { [SOLVER]: 'def mirror(I):\n    return hmirror(I)\n' }),
  );
  expect(lines).toEqual([
    `${SOLVER}: load 1: file; ${SOLVER} # #`,
    `${MIRRORED}: inline 1 validate 2 score 1 publish 1: solver; ${SOLVER} mirror # #`,
  ]);
});

it('names the file alone where its programs are the same', async () => {
  const lines = await toldAfter((root) =>
    writeFiles(root, { [SOLVER]: 'def mirror(I):\n    x = vmirror(I)\n    return x\n' }),
  );
  expect(lines).toEqual([`${SOLVER}: load 1: file; ${SOLVER} # #`]);
});

it('names a new solver, and one that is gone', async () => {
  const file = `solvers/${MIRRORED}/b.py`;
  const root = exampleWorkspace();
  await build(root);
  writeFiles(root, { [file]: 'def other(I):\n    return rot90(I)\n' });
  expect(told((await build(root)).events)).toEqual([
    `${file}: load 1: file; ${file} - #`,
    `${MIRRORED}: inline 1 validate 2 score 1 publish 1: new-solver; ${file} other - #`,
  ]);
  unlinkSync(join(root, file));
  expect(told((await build(root)).events)).toEqual([
    `${MIRRORED}: publish 1: solver-gone; ${file} other - -`,
  ]);
});

const TASK = `tasks/${RECOLORED}.json`;
const [FIRST_DEMO, SECOND_DEMO] = RECOLORED_DEMOS;

it('names the expected output that is another', async () => {
  const changed = task(RECOLORED_DEMOS, [{ ...RECOLORED_TESTS[0], output: [[0, 2, 7]] }]);
  const lines = await toldAfter((root) => writeFiles(root, { [TASK]: changed }));
  expect(lines).toEqual([`${RECOLORED}: score 3 publish 1: expected-output; ${RECOLORED} test 0 # #`]);
});

it('names the sample that has another input; only who reads the demonstrations runs on the others', async () => {
  const changed = task([{ ...FIRST_DEMO, input: [[1, 5]] }, SECOND_DEMO], RECOLORED_TESTS);
  const lines = await toldAfter((root) => writeFiles(root, { [TASK]: changed }));
  const sample = `${RECOLORED} demo 0 # #`;
  const demonstrations = `${RECOLORED} # #`;
  expect(lines).toEqual([
    `${RECOLORED}: validate 1: sample demonstrations; ${demonstrations}; ${sample}`,
    `${RECOLORED}: validate 2 score 2: sample; ${sample}`,
    `${RECOLORED}: validate 2: demonstrations; ${demonstrations}`,
    `${RECOLORED}: publish 1: ranking`,
  ]);
});

it('names the sample that is new, and the one that is gone', async () => {
  const root = exampleWorkspace();
  await build(root);
  writeFiles(root, { 'solvers/any.py': '', [TASK]: task([FIRST_DEMO], RECOLORED_TESTS) });
  const fewer = told((await build(root)).events);
  expect(fewer.filter((line) => line.includes('validate') || line.includes('score'))).toEqual([
    `${RECOLORED}: score 2: sample-gone`,
  ]);
  writeFiles(root, { [TASK]: task([FIRST_DEMO, { input: [[9, 1]], output: [[9, 2]] }], RECOLORED_TESTS) });
  expect(told((await build(root)).events)).toEqual([
    `${RECOLORED}: validate 2 score 2 publish 1: new-sample; ${RECOLORED} demo 1 - #`,
  ]);
});

it('names the differ that is new, another, or gone', async () => {
  const file = 'differs/same.py';
  const root = exampleWorkspace();
  await build(root);
  writeFiles(root, { [file]: DIFFER });
  const added = told((await build(root)).events);
  expect(added).toContain(`${MIRRORED}: score 2 publish 1: differs; ${file} same - #`);
  writeFiles(root, { [file]: DIFFER.replace('1000', '999') });
  const edited = told((await build(root)).events);
  expect(edited).toContain(`${MIRRORED}: score 2 publish 1: differs; ${file} same # #`);
  // Its scores are in the store, but its result is not published.
  unlinkSync(join(root, file));
  const removed = told((await build(root)).events);
  expect(removed).toEqual([`${RECOLORED}: publish 1: ranking`, `${MIRRORED}: publish 1: ranking`]);
});

it('names budgets, and the code of primitives and phases', async () => {
  const root = exampleWorkspace();
  await build(root);
  // As if other code had built it: of one primitive, and of validating.
  const store = Store.open(join(root, 'cache'));
  const names = store.upkeep.selections().map(({ name }) => name);
  expect(names).toHaveLength(1);
  const row = store.selections.find(names[0]) as { run: number; state: Uint8Array };
  const state = decodeSelectionState(row.state);
  if (state === null || state.surroundings === null) throw new Error('nothing was recorded');
  const { fingerprints } = state.surroundings;
  const primitives = { ...fingerprints.primitives, vmirror: 'f'.repeat(64) };
  const surroundings = { ...state.surroundings, fingerprints: { ...fingerprints, primitives } };
  store.write(() => {
    store.selections.save(
      names[0],
      row.run,
      encodeSelectionState({ ...state, surroundings }, state.records()),
    );
  });
  store.close();
  const lines = told((await build(root, { flags: { budget: '12345' } })).events);
  const budget = 'budget.cost 20000000 12345';
  expect(lines).toEqual([
    `${RECOLORED}: validate 9: budget; ${budget}`,
    `${MIRRORED}: validate 2: budget; ${budget}`,
    `${MIRRORED}: validate 2: budget primitive; ${budget}; vmirror # #`,
  ]);
});

it('is --force where that was given', async () => {
  const lines = await toldAfter(() => {}, { force: true });
  expect(lines).toContain(`${MIRRORED}: inline 2 validate 4 score 2: forced`);
  expect(lines).toContain('solvers/any.py: load 1: forced');
});

it('says that published files were edited or removed, or are to be others', async () => {
  const root = exampleWorkspace();
  await build(root);
  rmSync(join(root, 'out/solver_dir'), { recursive: true });
  expect(told((await build(root)).events)).toEqual([
    `${RECOLORED}: publish 1: published`,
    `${MIRRORED}: publish 1: published`,
  ]);
  writeFiles(root, { 'config/battbuild.json': '{"publish": {"keep": 1}}' });
  expect(told((await build(root)).events)).toEqual([
    `${RECOLORED}: publish 1: settings; publish.keep 32 1`,
    `${MIRRORED}: publish 1: settings; publish.keep 32 1`,
  ]);
});

it('says what the last build did without', async () => {
  const root = exampleWorkspace();
  await build(root, { earlyStop: true });
  const lines = told((await build(root)).events);
  expect(lines.join('\n')).toContain(': skipped');
  expect(lines.filter((line) => !line.includes('skipped'))).toEqual([]);
});

it('says what is not in the store, though nothing differs', async () => {
  const root = exampleWorkspace();
  await build(root);
  const store = Store.open(join(root, 'cache'));
  for (const shard of store.upkeep.shardSizes()) {
    if (shard.phase === 'validate' && shard.shard === MIRRORED)
      store.write(() => store.upkeep.removeShard(shard));
  }
  store.close();
  // So that the task is checked.
  rmSync(join(root, 'out/solver_dir'), { recursive: true });
  expect(told((await build(root)).events)).toContain(`${MIRRORED}: validate 4: not-stored`);
});

it('says where the last build lost a worker: such outcomes are not kept', async () => {
  const root = exampleWorkspace();
  await build(root);
  // As if the first cell of the first program had not ended.
  const store = Store.open(join(root, 'cache'));
  const [{ id }] = store.upkeep.selections();
  const state = store.selections.taskStates(id).get(MIRRORED) as Uint8Array;
  const result = decodeTaskResult(store.selections.taskResult(id, MIRRORED) as Uint8Array);
  const [first, ...others] = result.programs;
  const [kept, ...rest] = first.outcomes;
  const lost = { ...kept, status: 'timeout', output: '', error: 'no answer' } as const;
  const programs = [{ ...first, outcomes: [lost, ...rest] }, ...others];
  store.write(() => {
    store.selections.saveTask(id, MIRRORED, state, encodeTaskResult({ ...result, programs }));
    for (const shard of store.upkeep.shardSizes()) {
      if (shard.phase === 'validate' && shard.shard === MIRRORED) store.upkeep.removeShard(shard);
    }
  });
  store.close();
  rmSync(join(root, 'out/solver_dir'), { recursive: true });
  const lines = told((await build(root)).events).filter((line) => line.includes('validate'));
  expect(lines).toEqual([`${MIRRORED}: validate 1: lost`, `${MIRRORED}: validate 3: not-stored`]);
});

function lastRunIn(root: string) {
  const workspace = workspaceOf(root);
  const store = Store.open(workspace.cache.path);
  try {
    return lastRunOf(store, workspace);
  } finally {
    store.close();
  }
}

it('is recorded with the run, summed up by reasons; null builds and others leave it', async () => {
  const root = exampleWorkspace();
  await build(root);
  await build(root, { flags: { budget: '12345' } });
  await build(root, { flags: { budget: '12345' } });
  const last = lastRunIn(root);
  expect(last).toMatchObject({ run: 2, runsSince: 1, cells: 13, cellsRun: 13, interrupted: false });
  expect(last?.causes).toEqual([
    {
      reasons: ['budget'],
      items: [{ reason: 'budget', name: 'budget.cost', old: '20000000', new: '12345' }],
      moreItems: 0,
      steps: { validate: 13 },
      programs: 5,
      taskCount: 2,
      tasks: [RECOLORED, MIRRORED],
    },
  ]);
  // Runs of another workspace in the same store do not count.
  const other = exampleWorkspace({ 'config/battbuild.json': JSON.stringify({ cache: join(root, 'cache') }) });
  await build(other);
  expect(lastRunIn(root)?.run).toBe(2);
  expect(lastRunIn(other)?.run).toBe(4);
});

it('stays small in the record, however much changed', async () => {
  // One of the sixty already exists.
  const lines = (salt: number) =>
    Array.from(
      { length: 60 },
      (_, k) =>
        `def solve_${RECOLORED}_${String(k).padStart(8, '0')}(I):\n    return replace(I, ${k}, ${salt})\n`,
    );
  const file = `solvers/${'long'.repeat(40)}.py`;
  const root = exampleWorkspace({ [file]: lines(1).join('') });
  await build(root);
  writeFiles(root, { [file]: lines(2).join('') });
  await build(root);
  const causes = lastRunIn(root)?.causes ?? [];
  expect(causes.find(({ reasons }) => reasons.includes('solver'))).toMatchObject({
    moreItems: 51,
    programs: 59,
  });
  expect(JSON.stringify(causes).length).toBeLessThan(6000);
});

it('is not told by a dry run', async () => {
  const root = exampleWorkspace();
  expect(told((await build(root, { dryRun: true })).events)).toEqual([]);
  expect(EXAMPLE[SOLVER]).toContain('vmirror');
});
