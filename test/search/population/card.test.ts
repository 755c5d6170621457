/** Cards in a workspace: which files are written, and what they depend on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_TASKS, type Selection } from '../../../src/build/options.js';
import { type CardReport, card } from '../../../src/search/population/card.js';
import { lineagesOf } from '../../../src/search/population/lineage.js';
import { nodeFileSystem } from '../../../src/workspace/node-file-system.js';
import { namePath } from '../../../src/workspace/paths.js';
import {
  buildIn,
  LATER,
  recordedIn,
  temporaryFolder,
  treeOf,
  workspaceOf,
  writeFiles,
} from '../../build/rig.js';
import { functionsOf } from '../programs.js';

const grid = (text: string) => text.split('/').map((line) => line.split('').map(Number));

/** The test's output, if it is not hidden, is that of another solver than the one that matches the rest. */
function taskText(hidden: boolean): string {
  const demo = (input: string, output: string) => ({ input: grid(input), output: grid(output) });
  const input = grid('506/770/111');
  return JSON.stringify({
    train: [demo('12/03', '21/30'), demo('034/100/022', '430/001/220')],
    test: [hidden ? { input } : { input, output: grid('522/722/111') }],
  });
}

/** Three tasks; `mirror` has three solvers of different quality, `turn` has one, `bare-one` none. */
function filesOf(hidden = false): Record<string, string> {
  return {
    'config/battbuild.json': '{}',
    'tasks/mirror.json': taskText(hidden),
    'tasks/turn.json': taskText(hidden),
    'tasks/bare-one.json': taskText(hidden),
    'solvers/mirror.py': [
      'def solve_mirror(I):',
      '    x1 = hmirror(rot180(I))',
      '    return fill(x1, 3, ofcolor(x1, 3))',
      '',
      'def solve_mirror_00000001(I):',
      '    return fill(I, 2, box(ofcolor(I, 0)))',
      '',
      'def solve_mirror_00000002(I):',
      '    x1 = objects(I, T, F, T)',
      '    return paint(canvas(0, shape(I)), first(x1))',
      '',
    ].join('\n'),
    'solvers/turn.py': 'def solve_turn(I):\n    return rot90(replace(I, 1, 2))\n',
  };
}

interface Asked {
  readonly perTask?: number | null;
  readonly count?: number | null;
  readonly seed?: number;
  readonly round?: number;
  readonly into?: string;
  readonly selection?: Partial<Selection>;
}

function cardIn(root: string, asked: Asked = {}): Promise<CardReport> {
  const { perTask = 12, count = null, seed = 1, round = 0, into = 'solvers/card', selection } = asked;
  return card({
    workspace: workspaceOf(root),
    selection: { ...ALL_TASKS, ...selection },
    perTask,
    count,
    seed,
    round,
    into: namePath(root, root, into),
    files: nodeFileSystem,
    now: Date.now,
  });
}

function workspace(hidden = false): string {
  const root = temporaryFolder();
  writeFiles(root, filesOf(hidden));
  return root;
}

/** Names and contents of the written files. */
function written(root: string, into = 'solvers/card'): Record<string, string> {
  return Object.fromEntries([...treeOf(join(root, into))].map(([name, { content }]) => [name, content]));
}

describe('card', () => {
  it('writes a file a task, with functions that belong to it and say their lineage', async () => {
    const root = workspace();
    const { tasks, problem } = await cardIn(root);
    expect(problem).toBeNull();
    expect(
      tasks.map(({ task, programs, wanted, offspring }) => [task, programs, wanted, offspring.length]),
    ).toEqual([
      ['bare-one', 0, 12, 12],
      ['mirror', 3, 12, 12],
      ['turn', 1, 12, 12],
    ]);
    expect(Object.keys(written(root))).toEqual(
      tasks.map(({ files }) => files.map((file) => file.replace('solvers/card/', '')).join()),
    );
    for (const { task, offspring, files } of tasks) {
      const text = readFileSync(join(root, files[0]), 'utf8');
      const functions = functionsOf(text);
      expect(functions.map(({ body }) => body)).toEqual(offspring.map(({ body }) => body));
      const prefix = task === 'bare-one' ? 'card_' : `solve_${task}_`;
      expect(functions.map(({ name }) => name)).toEqual(
        offspring.map(({ body }) => prefix + body.slice(0, 8)),
      );
      const lineages = lineagesOf(text);
      expect(functions.map(({ line }) => lineages.get(line))).toEqual(
        offspring.map(({ lineage }) => lineage),
      );
    }
  });

  it('makes candidates that the next build takes for those of their task', async () => {
    const root = workspace();
    await cardIn(root);
    const { summary, diagnostics } = await buildIn(root);
    expect(diagnostics).toEqual([]);
    expect([summary.candidates, summary.programs]).toEqual([3 + 1 + 36, 3 + 1 + 36]);
    expect(recordedIn(root).map(({ task, candidates }) => [task, candidates.length])).toEqual([
      ['bare-one', 12],
      ['mirror', 15],
      ['turn', 13],
    ]);
  });

  it('writes the same bytes for the same seed and inputs, others for another seed or round', async () => {
    const texts = await Promise.all(
      [{}, {}, { seed: 2 }, { round: 1 }].map(async (asked) => {
        const root = workspace();
        await cardIn(root, asked);
        return JSON.stringify(written(root));
      }),
    );
    expect(texts[1]).toBe(texts[0]);
    expect(new Set(texts).size).toBe(3);
  });

  it('writes new programs beside those of earlier calls, and leaves those as they are', async () => {
    const root = workspace();
    await cardIn(root);
    const first = treeOf(join(root, 'solvers/card'));
    await cardIn(root);
    const both = treeOf(join(root, 'solvers/card'));
    expect(both.size).toBe(6);
    for (const [name, file] of first) expect(both.get(name)).toEqual(file);
    const { summary } = await buildIn(root);
    expect([summary.candidates, summary.programs]).toEqual([76, 76]);
  });

  it('knows what is in its folder, wherever that is', async () => {
    const root = workspace();
    await cardIn(root, { into: 'bred' });
    await cardIn(root, { into: 'bred' });
    const bodies = Object.values(written(root, 'bred')).flatMap((text) =>
      functionsOf(text).map(({ body }) => body),
    );
    // Tasks may have the same program.
    expect(Object.keys(written(root, 'bred'))).toHaveLength(6);
    const mirror = Object.entries(written(root, 'bred')).filter(([name]) => name.startsWith('mirror/'));
    const own = mirror.flatMap(([, text]) => functionsOf(text).map(({ body }) => body));
    expect(new Set(own).size).toBe(24);
    expect(bodies).toHaveLength(72);
  });

  it('shares out what is wanted in all, and bounds it by task', async () => {
    const wanted = async (asked: Asked) =>
      (await cardIn(workspace(), asked)).tasks.map((task) => task.wanted);
    expect(await wanted({ perTask: null, count: 8 })).toEqual([3, 3, 2]);
    expect(await wanted({ perTask: 2, count: 100 })).toEqual([2, 2, 2]);
    expect(await wanted({ perTask: 5, count: 4 })).toEqual([2, 1, 1]);
    expect(await wanted({ perTask: null, count: 0 })).toEqual([0, 0, 0]);
  });

  it('makes for a task what it makes for it among others', async () => {
    const [all, one] = [workspace(), workspace()];
    await cardIn(all);
    await cardIn(one, { selection: { ids: ['mirror'] } });
    const mirror = Object.entries(written(all)).filter(([name]) => name.startsWith('mirror/'));
    expect(Object.entries(written(one))).toEqual(mirror);
  });

  it('says which tasks there are not', async () => {
    const root = workspace();
    const { tasks, unknownTasks } = await cardIn(root, { selection: { ids: ['miror'] } });
    expect([tasks, unknownTasks]).toEqual([[], [{ id: 'miror', suggestion: 'mirror' }]]);
    expect(written(root)).toEqual({});
  });

  it('goes on without files that cannot be used, and reports them', async () => {
    const root = workspace();
    writeFiles(root, { 'solvers/broken.py': 'def solve_mirror_00000003(I):\n    return nothing\n' });
    const { tasks, diagnostics } = await cardIn(root);
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([['LANG012', 'solvers/broken.py']]);
    expect(tasks.every(({ offspring }) => offspring.length === 12)).toBe(true);
  });

  it('reports what cannot be written', async () => {
    const root = workspace();
    writeFiles(root, { 'solvers/card': 'a file in the place of the folder' });
    const { problem } = await cardIn(root);
    expect(problem?.code).toMatch(/ENOTDIR|EEXIST/);
  });
});

describe('the choice of parents', () => {
  /** How many offspring of `mirror` each of its solvers has, in the order of the file. */
  async function descent(root: string): Promise<number[]> {
    const { tasks } = await cardIn(root, { perTask: 150, selection: { ids: ['mirror'] } });
    const parents = functionsOf(filesOf()['solvers/mirror.py']).map(({ body }) => body.slice(0, 8));
    return parents.map(
      (parent) => tasks[0].offspring.filter(({ lineage }) => lineage.parent === parent).length,
    );
  }

  it('is even as long as nothing is known, and then goes to what did better', async () => {
    const root = workspace();
    const before = await descent(root);
    for (const count of before) expect(count).toBeGreaterThan(30);
    const judged = workspace();
    await buildIn(judged, { world: LATER });
    const [solves, ...others] = await descent(judged);
    for (const count of others) expect(solves).toBeGreaterThan(count * 1.3);
  });

  it('does not follow what was found out about other demonstrations', async () => {
    const root = workspace();
    await buildIn(root, { world: LATER });
    const changed = JSON.parse(filesOf()['tasks/mirror.json']) as { train: { output: number[][] }[] };
    changed.train[0].output = [[9]];
    writeFiles(root, { 'tasks/mirror.json': JSON.stringify(changed) });
    const fresh = workspace();
    writeFiles(fresh, { 'tasks/mirror.json': JSON.stringify(changed) });
    expect(await descent(root)).toEqual(await descent(fresh));
  });

  it('does not depend on outputs of tests: hidden or not, the same bytes', async () => {
    const texts = await Promise.all(
      [false, true].map(async (hidden) => {
        const root = workspace(hidden);
        await buildIn(root, { world: LATER });
        await cardIn(root);
        await buildIn(root, { world: LATER });
        await cardIn(root, { round: 1 });
        return written(root);
      }),
    );
    expect(Object.keys(texts[0])).toHaveLength(6);
    expect(texts[1]).toEqual(texts[0]);
  });
});
