/** Placing texts and links: which kind, what replaces what, and what is recorded. */
import { describe, expect, it } from 'vitest';
import { type FileStat, isSameFile } from '../../../src/workspace/file-system.js';
import { textName } from '../../../src/workspace/output/published-path.js';
import {
  type LinkKind,
  type OutputPlan,
  type WrittenOutput,
  writeOutputs,
} from '../../../src/workspace/output/write-output.js';
import { MemoryFileSystem } from '../memory-file-system.js';

const TEXT = 'def solve(I):\n    return I\n';
const NAME = textName(TEXT);
const FILE = `solver_md5/${NAME}`;
const LINK = `solver_dir/solve_a/1/39/${NAME}`;
const OTHER = `solver_dir/solve_b/1/39/${NAME}`;
const TARGET = `../../../../${FILE}`;

interface Wish {
  readonly links?: LinkKind;
  readonly link?: string;
  readonly ours?: boolean;
  readonly known?: boolean;
  readonly before?: ReadonlyMap<string, FileStat>;
}

function planOf({
  links = 'hard',
  link = LINK,
  ours = true,
  known = false,
  ...stats
}: Wish = {}): OutputPlan {
  const texts = [{ file: FILE, text: TEXT, ours, links: [{ file: link, ours, known }] }];
  return { root: '/out', links, texts, before: new Map(), ...stats };
}

function writeOutput(plan: OutputPlan, files: MemoryFileSystem, placed = new Map()): WrittenOutput {
  return writeOutputs([plan], placed, files)[0];
}

function statOf(files: MemoryFileSystem, file: string): FileStat {
  return files.statLink(`/out/${file}`) as FileStat;
}

/** What stands in the place of a link. */
function kindOf(files: MemoryFileSystem, link = LINK): string {
  const stat = statOf(files, link);
  if (stat.kind === 'link') return `symbolic to ${files.readLink(`/out/${link}`)}`;
  return isSameFile(stat, statOf(files, FILE)) ? 'hard' : stat.kind;
}

/** A folder in which the task was published with such links. */
function published(links: LinkKind): { files: MemoryFileSystem; before: ReadonlyMap<string, FileStat> } {
  const files = new MemoryFileSystem();
  const { fileStats } = writeOutput(planOf({ links }), files);
  files.tick();
  return { files, before: fileStats };
}

describe('a link', () => {
  it('is the text under a second name', () => {
    const files = new MemoryFileSystem();
    const written = writeOutput(planOf(), files);
    expect(kindOf(files)).toBe('hard');
    expect(written).toMatchObject({ written: [LINK, FILE], changed: 2, linked: [], problems: [] });
    expect(files.paths().filter((path) => path.endsWith('.py'))).toEqual([`/out/${LINK}`, `/out/${FILE}`]);
  });

  it('is symbolic where that is asked for', () => {
    const files = new MemoryFileSystem();
    expect(writeOutput(planOf({ links: 'symbolic' }), files).changed).toBe(2);
    expect(kindOf(files)).toBe(`symbolic to ${TARGET}`);
    expect(files.count('hardLink')).toBe(0);
  });

  it.each(['EXDEV', 'EMLINK', 'EPERM', 'ENOTSUP', 'EACCES', 'UNKNOWN'])(
    'is symbolic where a hard one fails with %s, and stays so',
    (code) => {
      const files = new MemoryFileSystem();
      files.failAlways('hardLink', code);
      const { fileStats, problems } = writeOutput(planOf(), files);
      expect(problems).toEqual([]);
      expect(kindOf(files)).toBe(`symbolic to ${TARGET}`);
      const again = writeOutput(planOf({ known: true, before: fileStats }), files);
      expect(again).toMatchObject({ written: [LINK, FILE], changed: 0, problems: [] });
      expect(files.paths().filter((path) => path.includes('.battbuild-'))).toEqual([]);
    },
  );

  it('is a copy where there are no links at all, whose own stat is recorded', () => {
    const files = new MemoryFileSystem();
    files.failAlways('hardLink', 'EPERM');
    files.failAlways('link', 'EPERM');
    const { fileStats, problems } = writeOutput(planOf(), files);
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['OUT004', 'warning']]);
    expect(files.text(`/out/${LINK}`)).toBe(TEXT);
    expect([...fileStats.keys()].sort()).toEqual([LINK.slice(0, LINK.lastIndexOf('/')), LINK, FILE].sort());
  });

  it('tells the true reason where nothing can be written', () => {
    const files = new MemoryFileSystem();
    files.failAlways('hardLink', 'EPERM');
    files.failAlways('link', 'ENOSPC');
    const { problems, written } = writeOutput(planOf(), files);
    expect(problems.map(({ file, message }) => [file, message])).toEqual([
      [LINK, 'could not be published: no space left on the device'],
    ]);
    expect(written).toEqual([FILE]);
  });
});

describe('what is there already', () => {
  it('costs a look at each and no reading', () => {
    for (const links of ['hard', 'symbolic'] as const) {
      const { files, before } = published(links);
      files.log.length = 0;
      const again = writeOutput(planOf({ links, known: true, before }), files);
      expect(again).toMatchObject({ changed: 0, written: [LINK, FILE], linked: [] });
      expect(again.fileStats).toEqual(before);
      const { log } = files;
      expect(new Set(log.map((entry) => entry.split(' ')[0]))).toEqual(new Set(['statLink']));
    }
  });

  it.each([
    ['symbolic', 'hard', 'hard'],
    ['hard', 'symbolic', `symbolic to ${TARGET}`],
  ] as const)('of %s links becomes %s where that is wanted now', (was, links, is) => {
    const { files, before } = published(was);
    for (const known of [true, false]) {
      const now = writeOutput(planOf({ links, known, before }), files);
      expect(now).toMatchObject({ changed: known ? 1 : 0, problems: [] });
      expect(kindOf(files)).toBe(is);
      expect(now.fileStats.get(FILE)).toEqual(statOf(files, FILE));
    }
    expect(files.paths().filter((path) => path.includes('.battbuild-'))).toEqual([]);
  });

  it('and is a copy of the text, as a copied folder has it, becomes a link', () => {
    const files = new MemoryFileSystem({ [`/out/${FILE}`]: TEXT, [`/out/${LINK}`]: TEXT });
    expect(writeOutput(planOf({ ours: false }), files)).toMatchObject({ changed: 1, problems: [] });
    expect(kindOf(files)).toBe('hard');
  });

  it.each(['hard', 'symbolic'] as const)('and belongs to somebody else stays (%s)', (links) => {
    const files = new MemoryFileSystem({ [`/out/${LINK}`]: 'mine' });
    const { problems, written } = writeOutput(planOf({ links, ours: false }), files);
    expect(problems.map(({ code, file }) => [code, file])).toEqual([['OUT001', LINK]]);
    expect(written).toEqual([FILE]);
    expect(files.text(`/out/${LINK}`)).toBe('mine');
  });

  it('in the place of the text gets no hard link: the link waits for the text', () => {
    const files = new MemoryFileSystem({ [`/out/${FILE}`]: 'mine' });
    const { problems } = writeOutput(planOf({ ours: false }), files);
    expect(problems.map(({ code, file }) => [code, file])).toEqual([['OUT001', FILE]]);
    expect(kindOf(files)).toBe(`symbolic to ${TARGET}`);
    files.remove(`/out/${FILE}`);
    writeOutput(planOf({ known: true }), files);
    expect(kindOf(files)).toBe('hard');
    expect(files.text(`/out/${FILE}`)).toBe(TEXT);
  });
});

describe('an edit', () => {
  it('in place through a link is one of the text: both are made again', () => {
    const { files, before } = published('hard');
    files.write(`/out/${LINK}`, TEXT.replace('I\n', 'J\n'));
    expect(files.text(`/out/${FILE}`)).toContain('J\n');
    const { changed } = writeOutput(planOf({ known: true, before }), files);
    expect(changed).toBe(2);
    expect([files.text(`/out/${FILE}`), files.text(`/out/${LINK}`), kindOf(files)]).toEqual([
      TEXT,
      TEXT,
      'hard',
    ]);
  });

  it('that renames over a link leaves the text, and the link is made again', () => {
    const { files, before } = published('hard');
    files.write('/out/new', 'edited');
    files.rename('/out/new', `/out/${LINK}`);
    expect(writeOutput(planOf({ known: true, before }), files).changed).toBe(1);
    expect([files.text(`/out/${FILE}`), kindOf(files)]).toEqual([TEXT, 'hard']);
  });

  it('that renames over the text leaves links to the former one, which are made again', () => {
    const { files, before } = published('hard');
    for (const content of ['edited', TEXT]) {
      files.write('/out/new', content);
      files.rename('/out/new', `/out/${FILE}`);
      expect(kindOf(files)).toBe('file');
      writeOutput(planOf({ known: true, before }), files);
      expect([files.text(`/out/${LINK}`), kindOf(files)]).toEqual([TEXT, 'hard']);
    }
  });

  it('while a link is made is recorded as not seen', () => {
    const { files } = published('hard');
    const known = statOf(files, FILE);
    // In place, and of the same size, right after the text was looked at.
    const edited = Object.assign(Object.create(files) as MemoryFileSystem, {
      hardLink: (path: string, of: string) => {
        files.write(of, TEXT.replace('I\n', 'J\n'));
        return files.hardLink(path, of);
      },
    });
    files.tick();
    const { fileStats } = writeOutput(planOf({ link: OTHER, before: new Map([[FILE, known]]) }), edited);
    expect(fileStats.get(FILE)).toEqual(known);
    expect(fileStats.get(FILE)?.mtimeMs).not.toBe(statOf(files, FILE).mtimeMs);
  });
});

describe('a text that another process writes at the same moment', () => {
  it.each(['before', 'after'])(
    '%s it is linked is recorded so that the next build looks again, and heals',
    (when) => {
      const files = new MemoryFileSystem();
      const replace = () => {
        files.write('/out/new', TEXT);
        files.rename('/out/new', `/out/${FILE}`);
      };
      const shared = Object.assign(Object.create(files) as MemoryFileSystem, {
        hardLink: (path: string, of: string) => {
          if (when === 'before') replace();
          const problem = files.hardLink(path, of);
          if (when === 'after' && problem === null) replace();
          return problem;
        },
      });
      const { fileStats } = writeOutput(planOf(), shared);
      expect(fileStats.get(FILE)?.inode).not.toBe(statOf(files, FILE).inode);
      writeOutput(planOf({ known: true, before: fileStats }), files);
      expect(kindOf(files)).toBe('hard');
    },
  );
});

describe('a text of several tasks', () => {
  it('is written once for all of a batch, and not read again', () => {
    const files = new MemoryFileSystem();
    const [first, second] = writeOutputs([planOf(), planOf({ link: OTHER })], new Map(), files);
    expect([first.changed, second.changed, second.linked]).toEqual([2, 1, [FILE]]);
    expect([kindOf(files), kindOf(files, OTHER)]).toEqual(['hard', 'hard']);
    expect(files.count('read')).toBe(0);
  });

  it('is recorded as it is after the link, and the others are told', () => {
    const { files, before } = published('hard');
    const { fileStats, linked } = writeOutput(planOf({ link: OTHER }), files);
    expect(fileStats.get(FILE)).toEqual(statOf(files, FILE));
    expect(fileStats.get(FILE)).not.toEqual(before.get(FILE));
    expect(linked).toEqual([FILE]);
    expect(kindOf(files, OTHER)).toBe('hard');
  });

  it('is not read again by the build that placed it, and recorded as it was placed', () => {
    const { files, before: placed } = published('hard');
    files.log.length = 0;
    const { fileStats, linked } = writeOutput(planOf({ link: OTHER }), files, new Map(placed));
    expect(files.count('read')).toBe(0);
    // What was not read may have been edited since, with its time set back: a look at the end of the build tells.
    expect(fileStats.get(FILE)).toEqual(placed.get(FILE));
    expect(linked).toEqual([FILE]);
  });
});
