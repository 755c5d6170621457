import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames, insideOf, namePath, sortByName } from '../../src/workspace/paths.js';

describe('naming a path', () => {
  it.each([
    ['inside the workspace, given from its root', '/w', 'tasks/a.json', '/w/tasks/a.json', 'tasks/a.json'],
    ['inside the workspace, given from elsewhere', '/w/sub', '../tasks', '/w/tasks', 'tasks'],
    ['inside the workspace, given absolutely', '/x', '/w/tasks', '/w/tasks', 'tasks'],
    ['beside the workspace, given relatively', '/w/sub', '../../data', '/data', '../data'],
    ['beside the workspace, given absolutely', '/w', '/data/a', '/data/a', '/data/a'],
    ['the workspace itself', '/w/sub', '..', '/w', '.'],
    ['a folder of the workspace whose name begins with dots', '/w', '..data', '/w/..data', '..data'],
  ])('%s', (_, base, text, path, name) => {
    expect(namePath('/w', base, text)).toEqual({ path, name });
  });
});

describe('the order of names', () => {
  it('is that of code points, not of UTF-16 units', () => {
    const names = ['\u{1f600}', '\uffee', 'b', 'a/b', 'a', 'a.b', '', 'B'];
    expect(sortByName(names.map((name) => ({ path: '', name }))).map(({ name }) => name)).toEqual([
      '',
      'B',
      'a',
      'a.b',
      'a/b',
      'b',
      '\uffee',
      '\u{1f600}',
    ]);
  });

  it('agrees with comparing code points one by one', () => {
    const points = (text: string) => [...text].map((character) => character.codePointAt(0) as number);
    const text = fc
      .array(fc.constantFrom('a', 'b', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'))
      .map((list) => list.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const x = points(a);
        const y = points(b);
        const differing = x.findIndex((point, k) => point !== y[k]);
        const expected =
          differing < 0 ? x.length - y.length : differing >= y.length ? 1 : x[differing] - y[differing];
        expect(Math.sign(compareNames(a, b))).toBe(Math.sign(expected));
      }),
    );
  });
});

describe('a name below a folder', () => {
  it.each(['a', 'a/b.py', '...', 'a..b/c', '.hidden'])('%j is inside', (name) => {
    expect(insideOf('/out', name)).toBe(`/out/${name}`);
  });

  it('is below the root of the file system, too', () => {
    expect(insideOf('/', 'a/b')).toBe('/a/b');
  });

  it.each(['', '.', '..', '../a', 'a/../../b', 'a/..', '/etc/passwd', 'a//b', 'a/', 'a\\..\\..\\b', 'a\0b'])(
    '%j is not',
    (name) => {
      expect(insideOf('/out', name)).toBeNull();
    },
  );

  it('never leads outside, whatever the name', () => {
    const name = fc
      .array(fc.constantFrom('..', '.', '/', '\\', 'a', '\0'), { maxLength: 8 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, (text) => {
        const path = insideOf('/out/folder', text);
        expect(path === null || path.startsWith('/out/folder/')).toBe(true);
      }),
    );
  });
});
