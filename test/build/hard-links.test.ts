/**
 * Published links that are hard ones: every edit through any name is seen, and a change of the ctime by links of other
 * tasks, builds and processes is no edit.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileProblem, type FileSystem } from '../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { exampleWorkspace, MIRRORED, RECOLORED, task } from './example.js';
import { type Built, buildIn, LATER, linesOf, temporaryFolder, treeOf, writeFiles } from './rig.js';

const DIFFER =
  'def equal_cells(S, I, C):\n    return astuple(size(intersection(asobject(I), asobject(C))), ONE)\n';

/** The real file system, which counts what is read of the published files. */
function counting(root: string): { files: FileSystem; reads: string[] } {
  const reads: string[] = [];
  const read: FileSystem['read'] = (path) => {
    if (path.startsWith(join(root, 'out'))) reads.push(path.slice(join(root, 'out').length + 1));
    return nodeFileSystem.read(path);
  };
  return { files: { ...nodeFileSystem, read }, reads };
}

const linesIn = (root: string) => linesOf(treeOf(join(root, 'out')));

/** A published text that the task of RECOLORED has a link to, and that link. */
function textAndLink(root: string, group = 'solver'): { text: string; link: string } {
  const out = join(root, 'out');
  const prefix = `${group}_dir/solve_${RECOLORED}/`;
  const found = [...treeOf(out)].find(([name]) => name.startsWith(prefix));
  if (found === undefined) throw new Error('nothing was published');
  const [name, { kind }] = found;
  expect(kind).toBe('hard link');
  return { text: join(out, `${group}_md5`, basename(name)), link: join(out, name) };
}

function expectNull({ summary, events, diagnostics }: Built): void {
  expect(diagnostics).toEqual([]);
  expect(summary.publishedChanged).toBe(0);
  expect(events.some(({ type }) => type === 'loading')).toBe(false);
}

async function expectRestored(root: string, before: readonly string[]): Promise<void> {
  const { ran, summary, diagnostics } = await buildIn(root, { world: LATER });
  expect([ran, diagnostics, summary.cellsRun]).toEqual([{}, [], 0]);
  expect(summary.publishedChanged).toBeGreaterThan(0);
  expect(linesIn(root)).toEqual(before);
  expectNull(await buildIn(root, { world: LATER }));
}

describe('links', () => {
  it('are hard ones, or symbolic ones if the config says so, and are made anew when it says other', async () => {
    const root = exampleWorkspace();
    const kinds = () => {
      const tree = [...treeOf(join(root, 'out'))].filter(([name]) => name.startsWith('solver_dir/'));
      return [...new Set(tree.map(([, { kind }]) => kind))];
    };
    await buildIn(root, { world: LATER });
    expect(kinds()).toEqual(['hard link']);
    const hard = linesIn(root);
    writeFiles(root, { 'config/battbuild.json': '{"publish": {"links": "symbolic"}}' });
    const { ran, summary } = await buildIn(root, { world: LATER });
    expect([kinds(), ran, summary.publishedChanged]).toEqual([['link'], {}, 5]);
    expectNull(await buildIn(root, { world: LATER }));
    writeFiles(root, { 'config/battbuild.json': '{}' });
    expect((await buildIn(root, { world: LATER })).summary.publishedChanged).toBe(5);
    expect(linesIn(root)).toEqual(hard);
    expectNull(await buildIn(root, { world: LATER }));
  });

  it('are symbolic where the system refuses, and the next build does nothing', async () => {
    const root = exampleWorkspace();
    const files: FileSystem = { ...nodeFileSystem, hardLink: (path) => new FileProblem('EXDEV', path) };
    const world = { ...LATER, files };
    expect((await buildIn(root, { world })).diagnostics).toEqual([]);
    expect(new Set([...treeOf(join(root, 'out', 'solver_dir')).values()].map(({ kind }) => kind))).toEqual(
      new Set(['link']),
    );
    expectNull(await buildIn(root, { world }));
    const forced = await buildIn(root, { world, force: true });
    expect([forced.diagnostics, forced.summary.publishedChanged]).toEqual([[], 0]);
  });
});

/** Edits of published files, by any of their names. */
const EDITS: Readonly<Record<string, (text: string, link: string) => void>> = {
  'in place through a link': (_, link) => writeFileSync(link, 'edited'),
  'in place through a link, of the same length, with its time set back': (_, link) => {
    const clock = `${link}.clock`;
    execFileSync('touch', ['-r', link, clock]);
    writeFileSync(link, readFileSync(link, 'utf8').replace('return', 'RETURN'));
    execFileSync('touch', ['-r', clock, link]);
    rmSync(clock);
  },
  'in place through the text': (text) => writeFileSync(text, 'edited'),
  'by a rename over a link': (_, link) => {
    writeFileSync(`${link}.new`, readFileSync(link));
    renameSync(`${link}.new`, link);
  },
  'by a rename over the text, with the same content': (text) => {
    writeFileSync(`${text}.new`, readFileSync(text));
    renameSync(`${text}.new`, text);
  },
  'by a rename over the text, with another content': (text) => {
    writeFileSync(`${text}.new`, 'edited');
    renameSync(`${text}.new`, text);
  },
  'by removing the text': (text) => rmSync(text),
  'by removing the link': (_, link) => rmSync(link),
};

describe.each(['solver', 'differ'])('an edit of a published %s is undone', (group) => {
  it.each(Object.entries(EDITS))('%s', async (_, edit) => {
    const root = exampleWorkspace({ 'differs/cells.py': DIFFER });
    await buildIn(root, { world: LATER });
    const before = linesIn(root);
    const { text, link } = textAndLink(root, group);
    edit(text, link);
    expect(linesIn(root)).not.toEqual(before);
    await expectRestored(root, before);
  });
});

describe('what changes the ctime of a text and nothing else', () => {
  it.each<[string, (text: string, folder: string) => void]>([
    ['another hard link', (text, folder) => linkSync(text, join(folder, 'mine.py'))],
    ['other rights', (text) => chmodSync(text, 0o600)],
    ['a touch', (text) => utimesSync(text, new Date(), new Date())],
    ['the same content again, in place', (text) => writeFileSync(text, readFileSync(text))],
  ])('%s is no edit: the text is read once, and then no more', async (_, act) => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const { text } = textAndLink(root);
    act(text, root);
    const first = counting(root);
    expectNull(await buildIn(root, { world: { ...LATER, files: first.files } }));
    expect(first.reads).toEqual([text.slice(join(root, 'out').length + 1)]);
    const second = counting(root);
    expectNull(await buildIn(root, { world: { ...LATER, files: second.files } }));
    expect(second.reads).toEqual([]);
  });

  it('is read again while an edit could have left the same time', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const { text } = textAndLink(root);
    chmodSync(text, 0o600);
    // The clock stands where the ctime is.
    const now = () => statSync(text).ctimeMs;
    for (let builds = 0; builds < 2; builds++) {
      const { files, reads } = counting(root);
      expectNull(await buildIn(root, { world: { files, now } }));
      expect(reads).toHaveLength(1);
    }
  });
});

describe('a text of several tasks', () => {
  /** A change of one task, by which its link to the differ moves. */
  function other(root: string): void {
    writeFiles(root, {
      'solvers/more.py': `def solve_${MIRRORED}_00000007(I):\n    return hmirror(I)\n`,
    });
  }

  it('whose links one task moves is no edit for the others, and is not read by the next build', async () => {
    const root = exampleWorkspace({ 'differs/cells.py': DIFFER });
    await buildIn(root, { world: LATER });
    const before = lstatSync(textAndLink(root, 'differ').text).ctimeMs;
    other(root);
    const { events } = await buildIn(root, { world: LATER });
    // Otherwise the test would show nothing.
    expect(lstatSync(textAndLink(root, 'differ').text).ctimeMs).not.toBe(before);
    expect(events).toContainEqual({ type: 'planned', dirtyTasks: 1, tasks: 2, dryRun: false });
    const { files, reads } = counting(root);
    expectNull(await buildIn(root, { world: { ...LATER, files } }));
    expect(reads).toEqual([]);
  });

  it('whose links another selection moves is no edit', async () => {
    const root = exampleWorkspace({ 'differs/cells.py': DIFFER });
    await buildIn(root, { world: LATER });
    const alone = { selection: { ids: [RECOLORED] }, world: LATER };
    await buildIn(root, alone);
    other(root);
    await buildIn(root, { selection: { ids: [MIRRORED] }, world: LATER });
    const { events: few } = await buildIn(root, alone);
    expect(few).toContainEqual({ type: 'planned', dirtyTasks: 0, tasks: 1, dryRun: false });
    const { events } = await buildIn(root, { world: LATER });
    expect(events).toContainEqual({ type: 'planned', dirtyTasks: 1, tasks: 2, dryRun: false });
    expectNull(await buildIn(root, { world: LATER }));
  });

  it('is no edit after the first build, however many tasks link it', async () => {
    const tasks = Object.fromEntries(
      Array.from({ length: 6 }, (_, k) => [
        `tasks/cccc000${k}.json`,
        task([{ input: [[k, 1]], output: [[k, 2]] }], [{ input: [[1, k]] }]),
      ]),
    );
    const root = exampleWorkspace({ ...tasks, 'differs/cells.py': DIFFER });
    await buildIn(root, { world: LATER });
    const { files, reads } = counting(root);
    expectNull(await buildIn(root, { world: { ...LATER, files } }));
    expect(reads).toEqual([]);
    expect(lstatSync(textAndLink(root, 'differ').text).nlink).toBe(9);
  });

  it('that another workspace links from its own store is no edit', async () => {
    const root = exampleWorkspace({ 'differs/cells.py': DIFFER });
    await buildIn(root, { world: LATER });
    const beside = exampleWorkspace({ 'differs/cells.py': DIFFER });
    renameSync(join(beside, 'tasks'), join(beside, 'others'));
    const flags = { tasks: [join(beside, 'others')], out: join(root, 'out') };
    // The same texts, and the same links: they are taken for ours.
    expect((await buildIn(beside, { flags, world: LATER })).diagnostics).toEqual([]);
    expectNull(await buildIn(root, { world: LATER }));
  });
});

describe('a link that moves', () => {
  it('leaves folder and text as recorded: the next build does nothing and reads nothing', async () => {
    const program = (k: number) => `def solve_${RECOLORED}_0000000${k}(I):\n    return replace(I, ${k}, 9)\n`;
    const root = exampleWorkspace({ 'solvers/more.py': program(7) + program(8) });
    await buildIn(root, { world: LATER });
    // Of two programs in a folder of links one goes, and the other stays.
    const folder = () => [...treeOf(join(root, `out/solver_dir/solve_${RECOLORED}/0`)).keys()];
    expect(folder().map((name) => name.split('/')[0])).toEqual(expect.arrayContaining(['37', '37']));
    const before = folder().length;
    writeFiles(root, { 'solvers/more.py': program(7) });
    const { summary } = await buildIn(root, { world: LATER });
    expect([summary.publishedChanged, folder().length]).toEqual([2, before - 1]);
    const { files, reads } = counting(root);
    expectNull(await buildIn(root, { world: { ...LATER, files } }));
    expect(reads).toEqual([]);
  });

  it('with its score is the same text in another folder', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const { text } = textAndLink(root);
    const { ino } = lstatSync(text);
    writeFiles(root, {
      [`tasks/${RECOLORED}.json`]: task([{ input: [[1, 0]], output: [[2, 1]] }], [{ input: [[0, 1, 1]] }]),
    });
    await buildIn(root, { world: LATER });
    expect(lstatSync(textAndLink(root).text).ino).toBe(ino);
    const { files, reads } = counting(root);
    expectNull(await buildIn(root, { world: { ...LATER, files } }));
    expect(reads).toEqual([]);
  });
});

describe('a copy of the output folder', () => {
  it('elsewhere, with plain files for the links, is taken for ours and linked again', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const before = linesIn(root);
    const copy = join(root, 'copy');
    cpSync(join(root, 'out'), copy, { recursive: true });
    const { diagnostics, ran } = await buildIn(root, { flags: { out: copy }, world: LATER });
    expect([diagnostics, ran]).toEqual([[], {}]);
    expect(linesOf(treeOf(copy))).toEqual(before);
    expectNull(await buildIn(root, { flags: { out: copy }, world: LATER }));
  });

  it('put in its place is restored to links', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const before = linesIn(root);
    cpSync(join(root, 'out'), join(root, 'copy'), { recursive: true });
    rmSync(join(root, 'out'), { recursive: true });
    renameSync(join(root, 'copy'), join(root, 'out'));
    await expectRestored(root, before);
  });

  it('of hard links of its own is no edit', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    execFileSync('cp', ['-al', join(root, 'out'), join(root, 'snapshot')]);
    expectNull(await buildIn(root, { world: LATER }));
    // What is edited there in place is edited here.
    writeFileSync(join(root, 'snapshot', textAndLink(root).text.slice(join(root, 'out').length)), 'edited');
    const before = linesIn(root);
    await buildIn(root, { world: LATER });
    expect(linesIn(root)).not.toEqual(before);
    expectNull(await buildIn(root, { world: LATER }));
  });
});

describe('published files as solvers', () => {
  it.each(['hard', 'symbolic'])('load back from %s links, each for its task', async (links) => {
    const config = JSON.stringify({ publish: { links } });
    const root = exampleWorkspace({ 'config/battbuild.json': config });
    const first = await buildIn(root, { world: LATER });
    const other = join(temporaryFolder(), 'other');
    cpSync(join(root, 'tasks'), join(other, 'tasks'), { recursive: true });
    writeFiles(other, { 'config/battbuild.json': '{}' });
    const flags = { solvers: [join(root, 'out/solver_dir')] };
    const { summary, diagnostics } = await buildIn(other, { flags, world: LATER });
    expect(diagnostics).toEqual([]);
    const { solved, partly, programs } = first.summary;
    expect(summary).toMatchObject({ solved, partly, programs });
  });
});

it('a build that is not to write leaves the record as it is, and looks again', async () => {
  const root = exampleWorkspace();
  await buildIn(root, { world: LATER });
  const { text } = textAndLink(root);
  chmodSync(text, 0o600);
  expectNull(await buildIn(root, { world: LATER, dryRun: true }));
  const { files, reads } = counting(root);
  expectNull(await buildIn(root, { world: { ...LATER, files } }));
  expect(reads).toHaveLength(1);
  expect(existsSync(text)).toBe(true);
});
