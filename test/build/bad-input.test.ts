/**
 * A wrong input affects nothing else: it gives a diagnostic with a code and a position, and everything else is built.
 */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileProblem, type FileSystem } from '../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { EXAMPLE, exampleWorkspace, MIRRORED, RECOLORED } from './example.js';
import { buildIn, codesOf, LATER, linesOf, recordedIn, treeOf, writeFiles } from './rig.js';

const stateOf = (root: string) => ({ results: recordedIn(root), out: linesOf(treeOf(join(root, 'out'))) });

const TASK = 'tasks/cccc0003.json';
const SOLVER = 'solvers/more.py';
const demo = [{ input: [[1]], output: [[1]] }];
const withInput = (input: unknown) => JSON.stringify({ train: demo, test: [{ input }] });

/** Files with errors, and their diagnostics: `code file:line`. */
const BAD_FILES: Readonly<
  Record<string, { files: Readonly<Record<string, string | Uint8Array>>; codes: readonly string[] }>
> = {
  'a task that is no JSON': { files: { [TASK]: '{"train": [' }, codes: [`TASK001 ${TASK}:1`] },
  'a task that is not UTF-8': {
    files: { [TASK]: Buffer.of(0x7b, 0xff, 0x7d) },
    codes: [`TASK001 ${TASK}`],
  },
  'an empty task file': { files: { [TASK]: '' }, codes: [`TASK001 ${TASK}:1`] },
  'a task that is an empty list': { files: { [TASK]: '[]' }, codes: [`TASK009 ${TASK}:1`] },
  'a task that is a list of numbers': { files: { [TASK]: '[1]' }, codes: [`TASK003 ${TASK}:1`] },
  'a task without test samples': {
    files: { [TASK]: JSON.stringify({ train: demo }) },
    codes: [`TASK002 ${TASK}:1`],
  },
  'a task without keys': { files: { [TASK]: '{}' }, codes: [`TASK002 ${TASK}`] },
  'a task with a ragged grid': { files: { [TASK]: withInput([[1, 2], [3]]) }, codes: [`TASK004 ${TASK}:1`] },
  'a task with an empty grid': { files: { [TASK]: withInput([]) }, codes: [`TASK005 ${TASK}:1`] },
  'a task with a grid over 30': {
    files: { [TASK]: withInput([new Array(31).fill(0)]) },
    codes: [`TASK006 ${TASK}:1`],
  },
  'a task with a grid over 256': {
    files: { [TASK]: withInput([new Array(257).fill(0)]) },
    codes: [`TASK015 ${TASK}:1`],
  },
  'a task with a colour beyond 9': { files: { [TASK]: withInput([[10]]) }, codes: [`TASK007 ${TASK}:1`] },
  'a task with a half colour': { files: { [TASK]: withInput([[1.5]]) }, codes: [`TASK007 ${TASK}:1`] },
  'a task with a colour in words': { files: { [TASK]: withInput([['red']]) }, codes: [`TASK007 ${TASK}:1`] },
  'a task with a key twice': {
    files: { [TASK]: `{"train": [], "train": [], "test": []}` },
    codes: [`TASK008 ${TASK}:1`, `TASK009 ${TASK}:1`, `TASK009 ${TASK}:1`],
  },
  'a task without a name': {
    files: { [TASK]: JSON.stringify({ '': { train: demo, test: demo } }) },
    codes: [`TASK010 ${TASK}:1`],
  },
  'two tasks with one id and different samples': {
    files: { [`tasks/more/${RECOLORED}.json`]: withInput([[1]]) },
    codes: [`TASK011 tasks/more/${RECOLORED}.json`],
  },
  'solutions that do not fit': {
    files: {
      'tasks/x_challenges.json': JSON.stringify({ cccc0003: { train: demo, test: [{ input: [[1]] }] } }),
      'tasks/x_solutions.json': '{"dddd0004": [[[1]]]}',
    },
    codes: ['TASK012 tasks/x_solutions.json:1'],
  },
  'a solver that is not UTF-8': {
    files: { [SOLVER]: Buffer.from('def f(I):\n    return vmirror(\xe9)\n', 'latin1') },
    codes: [`LANG001 ${SOLVER}:2`],
  },
  'a solver with a syntax error': {
    files: { [SOLVER]: 'def f(I):\n    return vmirror(I\n' },
    codes: [`LANG004 ${SOLVER}:2`],
  },
  'a solver in another language': {
    files: { [SOLVER]: 'def f(I):\n    return [row[::-1] for row in I]\n' },
    codes: [`LANG006 ${SOLVER}:2`],
  },
  'a solver with an unknown name': {
    files: { [SOLVER]: 'def f(I):\n    return vmiror(I)\n' },
    codes: [`LANG012 ${SOLVER}:2`],
  },
  'a solver with too few arguments': {
    files: { [SOLVER]: 'def f(I):\n    return replace(I, 1)\n' },
    codes: [`LANG015 ${SOLVER}:2`],
  },
  'a solver without a return': {
    files: { [SOLVER]: 'def f(I):\n    x = vmirror(I)\n' },
    codes: [`LANG010 ${SOLVER}:1`],
  },
  'two solvers with one name': {
    files: {
      [SOLVER]: `def solve_${MIRRORED}(I):\n    return vmirror(I)\ndef solve_${MIRRORED}(I):\n    return rot90(I)\n`,
    },
    codes: [`LANG009 ${SOLVER}:3`],
  },
  'a solver of a task that is not here': {
    files: { [SOLVER]: 'def solve_bbbb0003(I):\n    return vmirror(I)\n' },
    codes: [],
  },
};

describe('everything else is built in spite of', () => {
  for (const [name, { files, codes }] of Object.entries(BAD_FILES)) {
    it(name, async () => {
      const root = exampleWorkspace();
      await buildIn(root, { world: LATER });
      const before = stateOf(root);
      writeFiles(root, files);
      const added = await buildIn(root, { world: LATER });
      expect(codesOf(added.diagnostics)).toEqual([...codes].sort());
      expect(added.summary.solved).toBeGreaterThanOrEqual(2);

      // The diagnostic is repeated without reading the file.
      const again = await buildIn(root, { world: LATER });
      expect(again.diagnostics).toEqual(added.diagnostics);
      expect(again.events).toContainEqual({
        type: 'planned',
        dirtyTasks: 0,
        tasks: added.summary.tasks,
        dryRun: false,
      });

      const clean = exampleWorkspace(files);
      expect((await buildIn(clean)).diagnostics).toEqual(added.diagnostics);
      expect(stateOf(clean)).toEqual(stateOf(root));

      for (const file of Object.keys(files)) rmSync(join(root, file));
      const mended = await buildIn(root, { world: LATER });
      expect(mended.diagnostics).toEqual([]);
      expect(stateOf(root)).toEqual(before);
    });
  }

  it('a bad function among good ones of its file', async () => {
    const bad = 'def bad(I):\n    return nothing(I)\n\n';
    const root = exampleWorkspace({
      'solvers/recolor.py': `${bad}${EXAMPLE['solvers/recolor.py']}\n${bad.replace('bad', 'worse')}`,
    });
    const { diagnostics, summary } = await buildIn(root);
    expect(codesOf(diagnostics)).toEqual(['LANG012 solvers/recolor.py:13', 'LANG012 solvers/recolor.py:2']);
    expect(summary).toMatchObject({ solved: 2, candidates: 6 });
  });

  it('a bad task among good ones of its file', async () => {
    const good = JSON.parse(EXAMPLE[`tasks/${MIRRORED}.json`]) as unknown;
    const root = exampleWorkspace({
      'tasks/all.json': JSON.stringify({ cccc0003: good, dddd0004: { train: [], test: [] }, eeee0005: good }),
    });
    const { diagnostics, summary } = await buildIn(root);
    expect(codesOf(diagnostics)).toEqual(['TASK009 tasks/all.json:1', 'TASK009 tasks/all.json:1']);
    expect(summary.tasks).toBe(4);
  });
});

describe('combined challenges', () => {
  const challenges = JSON.stringify({ cccc0003: { train: demo, test: [{ input: [[1]] }] } });
  const solutions = '{"cccc0003": [[[1]]]}';
  const names = ['tasks/x_challenges.json', 'tasks/x_solutions.json'] as const;

  it('gain and lose their solutions, and are scored again', async () => {
    const root = exampleWorkspace({
      [names[0]]: challenges,
      'solvers/cccc0003.py': 'def same(I):\n    return hmirror(I)\n',
    });
    const hidden = await buildIn(root, { world: LATER });
    expect(hidden.summary).toMatchObject({ tasks: 3, solved: 3 });
    writeFiles(root, { [names[1]]: '{"cccc0003": [[[2]]]}' });
    const wrong = await buildIn(root, { world: LATER });
    expect(wrong.ran).toEqual({ 'score cccc0003': 2 });
    expect(wrong.summary).toMatchObject({ solved: 2, partly: 1 });
    writeFiles(root, { [names[1]]: solutions });
    expect((await buildIn(root, { world: LATER })).summary).toMatchObject({ solved: 3, cellsRun: 0 });
    rmSync(join(root, names[1]));
    const again = await buildIn(root, { world: LATER });
    expect(again.ran).toEqual({});
    expect(again.diagnostics).toEqual([]);
  });

  it.each(names)('without the other, %s is what it is by itself', async (kept) => {
    const root = exampleWorkspace({ [names[0]]: challenges, [names[1]]: solutions });
    await buildIn(root, { world: LATER });
    for (const name of names) if (name !== kept) rmSync(join(root, name));
    const left = await buildIn(root, { world: LATER });
    const clean = exampleWorkspace({ [kept]: kept === names[0] ? challenges : solutions });
    const expected = await buildIn(clean);
    expect(left.diagnostics).toEqual(expected.diagnostics);
    expect(stateOf(root)).toEqual(stateOf(clean));
    // And once more with the other one.
    writeFiles(root, { [names[0]]: challenges, [names[1]]: solutions });
    expect(await buildIn(root, { world: LATER })).toMatchObject({ diagnostics: [], summary: { tasks: 3 } });
  });
});

describe('inputs that cannot be read', () => {
  const refuse = (path: string) => new FileProblem('EACCES', path);
  /** Makes every operation on the path fail. */
  function denying(denied: string): FileSystem {
    const { read, list } = nodeFileSystem;
    return {
      ...nodeFileSystem,
      read: (path) => (path === denied ? refuse(path) : read(path)),
      list: (path) => (path === denied ? refuse(path) : list(path)),
    };
  }

  it.each([`tasks/${RECOLORED}.json`, 'solvers/recolor.py', 'solvers', `solvers/${MIRRORED}`])(
    '%s is reported, and is built when it can be read',
    async (name) => {
      const root = exampleWorkspace();
      const before = await buildIn(root, { world: LATER });
      const state = stateOf(root);
      writeFiles(root, EXAMPLE);
      const files = denying(join(root, name));
      for (let builds = 0; builds < 2; builds++) {
        const denied = await buildIn(root, { world: { ...LATER, files } });
        expect(denied.diagnostics).toMatchObject([
          { code: 'FILE001', severity: 'error', file: name, message: 'cannot be read: permission denied' },
        ]);
        expect(denied.ran).toEqual({});
      }
      const mended = await buildIn(root, { world: LATER });
      expect(mended.diagnostics).toEqual([]);
      expect(mended.ran).toEqual({});
      expect(mended.summary).toMatchObject({ solved: before.summary.solved, cells: before.summary.cells });
      expect(stateOf(root)).toEqual(state);
    },
  );

  it('leave nothing in the store that another file could be taken for', async () => {
    const root = exampleWorkspace();
    const path = join(root, 'solvers/recolor.py');
    await buildIn(root, { world: { ...LATER, files: denying(path) } });
    // The second attempt in the same build can read it.
    let attempts = 0;
    const read = (file: string) =>
      file === path && attempts++ === 0 ? refuse(file) : nodeFileSystem.read(file);
    await buildIn(root, { world: { ...LATER, files: { ...nodeFileSystem, read } } });
    await buildIn(root, { world: { ...LATER, files: denying(join(root, 'solvers/any.py')) } });
    const { summary } = await buildIn(root, { world: LATER });
    expect(summary).toMatchObject({ candidates: 6, solved: 2 });
  });

  it('as links that lead nowhere or in a circle are reported, new ones too', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    symlinkSync('nowhere', join(root, 'solvers/broken.py'));
    symlinkSync('circle.json', join(root, 'tasks/circle.json'));
    const expected = ['FILE001 solvers/broken.py', 'FILE001 tasks/circle.json'];
    expect(codesOf((await buildIn(root, { world: LATER })).diagnostics)).toEqual(expected);
    const again = await buildIn(root, { world: LATER });
    expect(codesOf(again.diagnostics)).toEqual(expected);
    expect(again.summary).toMatchObject({ solved: 2, cellsRun: 0 });
    rmSync(join(root, 'solvers/broken.py'));
    expect(codesOf((await buildIn(root, { world: LATER })).diagnostics)).toEqual([
      'FILE001 tasks/circle.json',
    ]);
  });

  it('as a folder with the name of a file are searched like any folder', async () => {
    const root = exampleWorkspace({
      'solvers/folder.py/a.py': 'def f(I):\n    return rot90(I)\n',
      'tasks/folder.json/none.txt': '',
    });
    const { diagnostics, summary } = await buildIn(root);
    expect(diagnostics).toEqual([]);
    expect(summary.candidates).toBe(8);
  });

  it('become folders and files again', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const state = stateOf(root);
    const path = join(root, 'solvers/any.py');
    rmSync(path);
    mkdirSync(path);
    expect((await buildIn(root, { world: LATER })).summary.candidates).toBe(4);
    rmSync(path, { recursive: true });
    writeFiles(root, EXAMPLE);
    await buildIn(root, { world: LATER });
    expect(stateOf(root)).toEqual(state);
  });

  it('as folders that were named and hold nothing are reported, also when they become so', async () => {
    const config = '{"tasks": ["tasks", "more"], "solvers": ["solvers", "others"]}';
    const root = exampleWorkspace({
      'config/battbuild.json': config,
      'more/cccc0003.json': withInput([[1]]),
    });
    mkdirSync(join(root, 'others'));
    const first = await buildIn(root, { world: LATER });
    expect(first.diagnostics).toMatchObject([{ code: 'FILE002', file: 'others', severity: 'warning' }]);
    rmSync(join(root, 'more/cccc0003.json'));
    const second = await buildIn(root, { world: LATER });
    expect(codesOf(second.diagnostics)).toEqual(['FILE002 more', 'FILE002 others']);
    writeFiles(root, { 'others/a.py': '# nothing yet\n', 'more/cccc0003.json': withInput([[1]]) });
    expect((await buildIn(root, { world: LATER })).diagnostics).toEqual([]);
  });
});

describe('a workspace with nothing in it', () => {
  it('is built, and so is what is added', async () => {
    const root = exampleWorkspace();
    for (const folder of ['tasks', 'solvers']) rmSync(join(root, folder), { recursive: true });
    const { summary, diagnostics } = await buildIn(root, { world: LATER });
    expect(summary).toMatchObject({ tasks: 0, candidates: 0, cells: 0, solved: 0 });
    expect(diagnostics).toEqual([]);
    writeFiles(root, EXAMPLE);
    expect((await buildIn(root, { world: LATER })).summary).toMatchObject({ tasks: 2, solved: 2 });
    for (const folder of ['tasks', 'solvers']) rmSync(join(root, folder), { recursive: true });
    expect((await buildIn(root, { world: LATER })).summary).toMatchObject({ tasks: 0, published: 0 });
    expect(treeOf(join(root, 'out')).size).toBe(0);
  });
});
