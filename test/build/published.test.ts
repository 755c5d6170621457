/** Published files are those of the last build, whatever happens to them in between. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileProblem, type FileSystem } from '../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { EXAMPLE, exampleWorkspace, MIRRORED, RECOLORED } from './example.js';
import { buildIn, codesOf, LATER, linesOf, treeOf, writeFiles } from './rig.js';

const linesIn = (root: string) => linesOf(treeOf(join(root, 'out')));

function namesIn(root: string, folder: string): string[] {
  return [...treeOf(join(root, 'out')).keys()].filter((name) => name.startsWith(folder));
}

const KINDS = ['hard', 'symbolic'] as const;

function workspaceWith(links: (typeof KINDS)[number]): string {
  return exampleWorkspace({ 'config/battbuild.json': JSON.stringify({ publish: { links } }) });
}

describe('what is published', () => {
  it.each(KINDS)('is the text of every program, and a %s link by task, score and cost', async (kind) => {
    const root = workspaceWith(kind);
    await buildIn(root);
    const texts = namesIn(root, 'solver_md5/');
    expect(texts).toHaveLength(4);
    const links = namesIn(root, 'solver_dir/');
    expect(links.filter((name) => name.startsWith(`solver_dir/solve_${RECOLORED}/3/`))).toHaveLength(1);
    expect(links).toHaveLength(5);
    for (const link of links) {
      const [stat, text] = [lstatSync(join(root, 'out', link)), join(root, 'out/solver_md5', basename(link))];
      expect(stat.isSymbolicLink()).toBe(kind === 'symbolic');
      expect(stat.ino === lstatSync(text).ino).toBe(kind === 'hard');
      expect(statSync(join(root, 'out', link)).isFile()).toBe(true);
    }
  });

  it('keeps the best when there is room for few', async () => {
    const root = exampleWorkspace({ 'config/battbuild.json': '{"publish": {"keep": 1}}' });
    await buildIn(root);
    expect(namesIn(root, `solver_dir/solve_${RECOLORED}/`)).toEqual([
      expect.stringMatching(`^solver_dir/solve_${RECOLORED}/3/`),
    ]);
  });

  it('is nothing where publishing is switched off', async () => {
    const root = exampleWorkspace({ 'config/battbuild.json': '{"publish": {"enabled": false}}' });
    const { summary } = await buildIn(root);
    expect(summary).toMatchObject({ solved: 2, published: 0, publishedChanged: 0 });
    expect(existsSync(join(root, 'out'))).toBe(false);
    writeFiles(root, { 'config/battbuild.json': '{}' });
    const on = await buildIn(root);
    expect(on.ran).toEqual({});
    expect(on.summary.publishedChanged).toBe(9);
  });

  it('of a program of two tasks stays until neither has it', async () => {
    const shared = (id: string) => `def solve_${id}(I):\n    return dmirror(I)\n`;
    const [one, two] = [`solvers/one.py`, `solvers/two.py`];
    const root = exampleWorkspace({ [one]: shared(RECOLORED), [two]: shared(MIRRORED) });
    await buildIn(root);
    const texts = () =>
      [...treeOf(join(root, 'out')).values()].filter(
        ({ kind, content }) => kind === 'file' && content.includes('dmirror'),
      );
    expect(texts()).toHaveLength(1);
    rmSync(join(root, one));
    await buildIn(root);
    expect(texts()).toHaveLength(1);
    rmSync(join(root, two));
    await buildIn(root);
    expect(texts()).toHaveLength(0);
  });

  it('does not depend on the order of things', async () => {
    const root = exampleWorkspace();
    await buildIn(root);
    const other = exampleWorkspace();
    // The same functions in other files and lines.
    rmSync(join(other, 'solvers'), { recursive: true });
    const functions = EXAMPLE['solvers/recolor.py']
      .split(/^(?=def)/m)
      .reverse()
      .join('\n');
    writeFiles(other, {
      'solvers/z.py': EXAMPLE['solvers/any.py'],
      'solvers/y.py': functions,
      'solvers/a.py': `def solve_${MIRRORED}(I):\n    return vmirror(I)\n`,
    });
    await buildIn(other);
    expect(linesIn(other)).toEqual(linesIn(root));
  });
});

/** What may happen to published files; the next build repairs each case without running anything. */
const HAPPENINGS: Readonly<Record<string, (out: string, text: string, link: string) => void>> = {
  'a text is deleted': (_out, text) => unlinkSync(text),
  'a link is deleted': (_out, _text, link) => unlinkSync(link),
  'a text is edited': (_out, text) => writeFileSync(text, `${readFileSync(text, 'utf8')}# edited\n`),
  'a text is edited to the same length, and its time set back': (out, text) => {
    const clock = join(out, 'elsewhere.py');
    // Exactly the same time, which cannot be given as a number.
    execFileSync('touch', ['-r', text, clock]);
    writeFileSync(text, readFileSync(text, 'utf8').replace('return', 'RETURN'));
    execFileSync('touch', ['-r', clock, text]);
  },
  'a text becomes a link': (out, text) => {
    writeFileSync(join(out, 'elsewhere.py'), 'def other(I):\n    return I\n');
    unlinkSync(text);
    symlinkSync(join(out, 'elsewhere.py'), text);
  },
  'a link leads elsewhere': (_out, _text, link) => {
    unlinkSync(link);
    symlinkSync('/', link);
  },
  'a link becomes a file': (_out, text, link) => {
    const content = readFileSync(text);
    unlinkSync(link);
    writeFileSync(link, content);
  },
  'the texts are deleted': (out) => rmSync(join(out, 'solver_md5'), { recursive: true }),
  'the links of a task are deleted': (out) =>
    rmSync(join(out, 'solver_dir', `solve_${RECOLORED}`), { recursive: true }),
  'the folder is deleted': (out) => rmSync(out, { recursive: true }),
};

describe.each(KINDS)('with %s links, the next build restores', (links) => {
  for (const [happening, happen] of Object.entries(HAPPENINGS)) {
    it(`what is missing or other when ${happening}`, async () => {
      const root = workspaceWith(links);
      const out = join(root, 'out');
      await buildIn(root, { world: LATER });
      const before = linesIn(root);
      const link = join(out, namesIn(root, `solver_dir/solve_${RECOLORED}/3/`)[0]);
      const text = join(out, 'solver_md5', basename(link));
      happen(out, text, link);
      expect(linesIn(root)).not.toEqual(before);
      const { ran, summary, diagnostics } = await buildIn(root, { world: LATER });
      rmSync(join(out, 'elsewhere.py'), { force: true });
      expect(linesIn(root)).toEqual(before);
      expect(ran).toEqual({});
      expect(diagnostics).toEqual([]);
      expect(summary).toMatchObject({ cellsRun: 0, solved: 2 });
      expect(summary.publishedChanged).toBeGreaterThan(0);
      // After that there is nothing to do.
      const { summary: next, events } = await buildIn(root, { world: LATER });
      expect(next.publishedChanged).toBe(0);
      expect(events).toContainEqual({ type: 'planned', dirtyTasks: 0, tasks: 2, dryRun: false });
    });
  }

  it('nothing where only the folder was moved away and back', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    renameSync(join(root, 'out'), join(root, 'away'));
    renameSync(join(root, 'away'), join(root, 'out'));
    const { summary } = await buildIn(root, { world: LATER });
    expect(summary.publishedChanged).toBe(0);
  });
});

describe('what somebody else put where a published file belongs', () => {
  /** A workspace with nothing published yet, and the names of the files to come. */
  async function unpublished(): Promise<{ root: string; link: string; text: string }> {
    const root = exampleWorkspace();
    await buildIn(root);
    const [link] = namesIn(root, `solver_dir/solve_${RECOLORED}/3/`);
    const text = `solver_md5/${link.slice(link.lastIndexOf('/') + 1)}`;
    rmSync(join(root, 'out'), { recursive: true });
    rmSync(join(root, 'cache'), { recursive: true });
    return { root, link, text };
  }

  it.each(['text', 'link'] as const)(
    'is left as it is in the place of a %s, and all else is published',
    async (kind) => {
      const names = await unpublished();
      const { root } = names;
      writeFiles(root, { [`out/${names[kind]}`]: 'mine' });
      for (let builds = 0; builds < 2; builds++) {
        const { diagnostics, summary } = await buildIn(root, { world: LATER });
        expect(codesOf(diagnostics)).toEqual([`OUT001 out/${names[kind]}`]);
        expect(diagnostics[0]).toMatchObject({ severity: 'error' });
        expect(readFileSync(join(root, 'out', names[kind]), 'utf8')).toBe('mine');
        expect(summary).toMatchObject({ solved: 2 });
      }
      expect(treeOf(join(root, 'out')).size).toBe(9);
      unlinkSync(join(root, 'out', names[kind]));
      const { diagnostics, ran } = await buildIn(root, { world: LATER });
      expect(diagnostics).toEqual([]);
      expect(ran).toEqual({});
      expect(treeOf(join(root, 'out')).get(names[kind])?.content).not.toBe('mine');
    },
  );

  it('is not removed when the program is no longer published', async () => {
    const { root, text } = await unpublished();
    writeFiles(root, { [`out/${text}`]: 'mine' });
    await buildIn(root, { world: LATER });
    rmSync(join(root, 'solvers/recolor.py'));
    await buildIn(root, { world: LATER });
    expect(readFileSync(join(root, 'out', text), 'utf8')).toBe('mine');
  });

  it('is left as it is when it is a folder', async () => {
    const { root, text } = await unpublished();
    mkdirSync(join(root, 'out', text), { recursive: true });
    const { diagnostics, summary } = await buildIn(root, { world: LATER });
    expect(codesOf(diagnostics)).toEqual([`OUT001 out/${text}`]);
    expect(summary.solved).toBe(2);
  });

  it('is left as it is when it is a file in the place of a folder', async () => {
    const { root } = await unpublished();
    writeFiles(root, { 'out/solver_dir': 'mine' });
    const { diagnostics, summary } = await buildIn(root, { world: LATER });
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['OUT002']));
    expect(diagnostics).toHaveLength(5);
    expect(readFileSync(join(root, 'out/solver_dir'), 'utf8')).toBe('mine');
    expect(summary.solved).toBe(2);
    expect(namesIn(root, 'solver_md5/')).toHaveLength(4);
    rmSync(join(root, 'out/solver_dir'));
    expect((await buildIn(root, { world: LATER })).diagnostics).toEqual([]);
    expect(namesIn(root, 'solver_dir/')).toHaveLength(5);
  });

  it('and holds exactly what would be written is taken for ours', async () => {
    const { root, text } = await unpublished();
    writeFiles(root, { [`out/${text}`]: 'def solve(I):\n    return replace(I, 1, 2)\n' });
    const { diagnostics } = await buildIn(root, { world: LATER });
    expect(diagnostics).toEqual([]);
  });

  it('beside them stays', async () => {
    const { root } = await unpublished();
    writeFiles(root, { 'out/notes.txt': 'mine', 'out/solver_dir/notes.txt': 'mine' });
    await buildIn(root);
    rmSync(join(root, 'solvers'), { recursive: true });
    mkdirSync(join(root, 'solvers'));
    await buildIn(root);
    expect([...treeOf(join(root, 'out')).keys()]).toEqual(['notes.txt', 'solver_dir/notes.txt']);
  });
});

describe('an output folder that refuses', () => {
  /** The real file system, except that writing below `out` fails as on a full disk. */
  function fullDisk(root: string): FileSystem {
    const refuse = (path: string) => new FileProblem('ENOSPC', path);
    const isOut = (path: string) => path.startsWith(join(root, 'out'));
    const { create, link, hardLink, makeFolder } = nodeFileSystem;
    return {
      ...nodeFileSystem,
      create: (path, bytes) => (isOut(path) ? refuse(path) : create(path, bytes)),
      link: (path, target) => (isOut(path) ? refuse(path) : link(path, target)),
      hardLink: (path, of) => (isOut(path) ? refuse(path) : hardLink(path, of)),
      makeFolder: (path) => (isOut(path) ? refuse(path) : makeFolder(path)),
    };
  }

  it('costs the published files only, and the next build publishes them', async () => {
    const root = exampleWorkspace();
    const { diagnostics, summary } = await buildIn(root, { world: { ...LATER, files: fullDisk(root) } });
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['OUT002']));
    expect(diagnostics[0].message).toContain('no space left');
    expect(summary).toMatchObject({ solved: 2, published: 0 });
    const next = await buildIn(root, { world: LATER });
    expect(next.ran).toEqual({});
    expect(next.diagnostics).toEqual([]);
    expect(treeOf(join(root, 'out')).size).toBe(9);
  });

  it('to remove a file is asked again by the next build', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const before = linesIn(root);
    const remove = (path: string) => new FileProblem('EACCES', path);
    rmSync(join(root, 'solvers/any.py'));
    const refused = await buildIn(root, { world: { ...LATER, files: { ...nodeFileSystem, remove } } });
    expect(refused.diagnostics.map(({ code, message }) => [code, message])).toContainEqual([
      'OUT002',
      'could not be removed: permission denied',
    ]);
    expect(linesIn(root)).toEqual(before);
    const next = await buildIn(root, { world: LATER });
    expect(next.diagnostics).toEqual([]);
    expect(namesIn(root, 'solver_md5/')).toHaveLength(3);
  });

  it('links gets copies, which are restored as well', async () => {
    const root = exampleWorkspace();
    const refuse = (path: string) => new FileProblem('EPERM', path);
    const files: FileSystem = { ...nodeFileSystem, link: refuse, hardLink: refuse };
    const { diagnostics } = await buildIn(root, { world: { ...LATER, files } });
    expect(new Set(diagnostics.map(({ code, severity }) => `${code} ${severity}`))).toEqual(
      new Set(['OUT004 warning']),
    );
    const [copy] = namesIn(root, `solver_dir/solve_${RECOLORED}/3/`);
    const path = join(root, 'out', copy);
    expect(lstatSync(path).isFile()).toBe(true);
    writeFileSync(path, readFileSync(path, 'utf8').replace('return', 'RETURN'));
    await buildIn(root, { world: { ...LATER, files } });
    expect(readFileSync(path, 'utf8')).toContain('return replace(I, 1, 2)');
  });
});

describe('files that are still being placed', () => {
  it('are told when all results are there, and the build is not over before they are', async () => {
    const root = exampleWorkspace();
    const seen: number[] = [];
    const { events, summary } = await buildIn(root, {
      watch: ({ type }) => {
        if (type === 'placing') seen.push(treeOf(join(root, 'out')).size);
      },
    });
    const placing = events.filter(({ type }) => type === 'placing');
    expect(placing).toEqual([{ type: 'placing', tasks: expect.any(Number), files: expect.any(Number) }]);
    expect(seen[0]).toBeLessThan(9);
    expect(summary.published).toBe(9);
    const order = events.map(({ type }) => type);
    expect(order.indexOf('placing')).toBeLessThan(order.lastIndexOf('task-finished'));
    expect(order.indexOf('placing')).toBeGreaterThan(order.lastIndexOf('ran'));
  });

  it('are none where nothing changed, or nothing is published', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const { events } = await buildIn(root, { world: LATER });
    const other = exampleWorkspace({ 'config/battbuild.json': '{"publish": {"enabled": false}}' });
    const unpublished = await buildIn(other);
    for (const { type } of [...events, ...unpublished.events]) expect(type).not.toBe('placing');
  });
});

it('a foreign file in the place of a text of all tasks stays, whichever task comes first', async () => {
  const differs = { 'differs/d.py': 'def d(S, I, C):\n    return astuple(size(asobject(I)), ONE)\n' };
  const root = exampleWorkspace(differs);
  await buildIn(root);
  const [text] = namesIn(root, 'differ_md5/');
  rmSync(join(root, 'out'), { recursive: true });
  rmSync(join(root, 'cache'), { recursive: true });
  writeFiles(root, { [`out/${text}`]: 'mine' });
  for (let builds = 0; builds < 2; builds++) {
    const { diagnostics } = await buildIn(root, { world: LATER });
    expect(codesOf(diagnostics)).toEqual([`OUT001 out/${text}`, `OUT001 out/${text}`]);
    expect(readFileSync(join(root, 'out', text), 'utf8')).toBe('mine');
  }
});
