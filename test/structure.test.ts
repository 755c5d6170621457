/** The structure of the project: rooms of readable size, names with one meaning, links that lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { linksOf } from './markdown.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** About a dozen; a larger room has two ideas. */
const MOST_FILES = 14;

/** Rooms with many files of one kind, which nobody needs to read completely. Their READMEs say so. */
const CATALOGS = ['src/cli/commands'];

/** Names that two files may have because they are the two sides of one thing, with their rooms. */
const SIDES: readonly (readonly [name: string, ...rooms: string[]])[] = [
  // A phase, and what it runs.
  ['differs', 'src/engine', 'src/phases'],
  ['inline', 'src/lang', 'src/phases'],
  ['load', 'src/lang', 'src/phases'],
  // Written, and read.
  ['fingerprints', 'src/fingerprint', 'src/phases'],
  // What a build finds, and its description.
  ['last-run', 'src/build/explain', 'src/cli/render/build'],
  ['lineage', 'src/search/population', 'src/cli/queries'],
  ['submission', 'src/search/submission', 'src/cli/render/results'],
];

/** Paths of all files below a folder, from the project's root. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)).replaceAll(sep, '/'))
    .sort();
}

const sources = filesIn('src').filter((file) => /\.(ts|css)$/.test(file));
const rooms = [...new Set(sources.map(dirname))].filter((room) => room !== 'src').sort();

/** The sources of a room itself, without those of rooms inside it. */
const filesOf = (room: string) => sources.filter((file) => dirname(file) === room);

describe('a room', () => {
  it('has about a dozen files', () => {
    const large = rooms.filter((room) => !CATALOGS.includes(room) && filesOf(room).length > MOST_FILES);
    expect(large).toEqual([]);
  });

  it('says in its README what it is for, what belongs there and what it may import', () => {
    const silent = rooms.filter((room) => {
      const readme = join(ROOT, room, 'README.md');
      const title = `# ${room.slice('src/'.length)}\n\n`;
      const parts = /^[A-Z].*\.\n\n\*\*Belongs here:\*\* .*\.\n\n\*\*May import:\*\* .*\.\n$/s;
      if (!existsSync(readme)) return true;
      const text = readFileSync(readme, 'utf8');
      return !text.startsWith(title) || !parts.test(text.slice(title.length));
    });
    expect(silent).toEqual([]);
  });
});

/** The rooms that a room imports, without those around it and inside it. */
function importsOf(room: string): string[] {
  const imported = filesOf(room).flatMap((file) => {
    const paths = readFileSync(join(ROOT, file), 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
    return [...paths].map(([, path]) => join(dirname(file), dirname(path)).replaceAll(sep, '/'));
  });
  const holds = (outer: string, inner: string) => `${inner}/`.startsWith(`${outer}/`);
  return [...new Set(imported)].filter((other) => !holds(room, other) && !holds(other, room));
}

describe('rooms', () => {
  // A room and a room inside it may import each other: the outer one has the common files and the entrance.
  it('import each other in one direction only', () => {
    const left = new Map(rooms.map((room) => [room, importsOf(room)]));
    for (let size = -1; size !== left.size; ) {
      size = left.size;
      for (const [room, imported] of left) if (!imported.some((other) => left.has(other))) left.delete(room);
    }
    expect([...left.keys()]).toEqual([]);
  });
});

describe('a file', () => {
  it('opens with a sentence that says what it is', () => {
    const silent = sources.filter((file) => {
      return file.endsWith('.ts') && !/^(#!.*\n)?\/\*\*\s/.test(readFileSync(join(ROOT, file), 'utf8'));
    });
    expect(silent).toEqual([]);
  });

  it('shares its name only with the other side of the same thing', () => {
    const byName = new Map<string, string[]>();
    for (const file of sources.filter((one) => one.endsWith('.ts'))) {
      const name = basename(file, '.ts');
      byName.set(name, [...(byName.get(name) ?? []), file]);
    }
    const shared = [...byName].filter(([name, files]) => {
      const folders = files.map(dirname);
      if (files.length === 1 || name === 'main') return false;
      // A command has the name of what it does; the room `render` may have a file of the same name.
      const others = folders.filter(
        (room) => room !== 'src/cli/commands' && !room.startsWith('src/cli/render'),
      );
      const isCommand = folders.includes('src/cli/commands') && others.length <= 1;
      const isRendered = folders.some((room) => room.startsWith('src/cli/render')) && folders.length === 2;
      const isDialect = folders.every((room) => room.startsWith('src/dsl'));
      const isSide = SIDES.some(
        ([side, ...known]) => side === name && folders.every((room) => known.includes(room)),
      );
      return !isCommand && !isRendered && !isDialect && !isSide;
    });
    expect(Object.fromEntries(shared)).toEqual({});
  });
});

describe('a document', () => {
  const documents = ['.', 'docs', 'src', 'config', 'cache', 'examples', 'bench']
    .flatMap((folder) => (folder === '.' ? readdirSync(ROOT) : filesIn(folder)))
    .filter((file) => file.endsWith('.md'));

  it('has links that lead somewhere', () => {
    const broken = documents.flatMap((document) => {
      const targets = linksOf(readFileSync(join(ROOT, document), 'utf8')).filter((target) => target !== '');
      const lost = targets.filter((target) => !existsSync(join(ROOT, dirname(document), target)));
      return lost.map((target) => `${document}: ${target}`);
    });
    expect(broken).toEqual([]);
  });

  describe('that has the one picture', () => {
    const architecture = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

    it('can be read at one sitting', () => {
      expect(architecture.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
    });

    it('names every room in it, and the rooms directly inside these', () => {
      const [, picture = ''] = /```text\n(.*?)```/s.exec(architecture) ?? [];
      const named = new Set(picture.match(/[a-z]+(?:-[a-z]+)*/g));
      // The text below the picture says why it is not there.
      const names = rooms.map((room) => room.split('/').slice(1)).filter(([top]) => top !== 'fingerprint');
      const lacking = names.filter((path) => path.length <= 2 && !path.every((name) => named.has(name)));
      expect(lacking.map((path) => path.join('/'))).toEqual([]);
    });
  });
});
