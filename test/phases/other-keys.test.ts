/** The keys of loads and of inlined programs. */
import { describe, expect, it } from 'vitest';
import { inline } from '../../src/phases/inline.js';
import { type FileSubject, load } from '../../src/phases/load.js';
import { candidatesOf, changedKeys, keysOf, nameOf, subjectOf, type TaskText } from './subjects.js';

describe('the key of a load', () => {
  const unread = (): never => {
    throw new Error('the file is read only when it is to be loaded');
  };
  const file = (name: string, content: string): FileSubject => ({
    name,
    content: content.repeat(32),
    read: unread,
    dialect: 'by-file',
    python: null,
    loaded: null,
  });
  const keyOf = (subject: FileSubject) => keysOf(load, subject, null, () => 'load').get('load')?.key;

  it('depends on the content alone, not on the name', () => {
    expect(keyOf(file('a.py', '1'))).toBe(keyOf(file('folder/b.py', '1')));
    expect(keyOf(file('a.py', '1'))).not.toBe(keyOf(file('a.py', '2')));
  });

  it('is found where the content is, whatever the name', () => {
    expect(load.shard(file('a.py', '1'))).toBe(load.shard(file('b.py', '1')));
  });
});

describe('the key of an inlined program', () => {
  const task: TaskText = { train: ['12 -> 21'], test: ['56 -> 65'] };
  const source = 'def solve_a(I):\n    return hmirror(I)\n\ndef solve_b(I):\n    return vmirror(I)\n';

  function keys(text: string, given = task) {
    const subject = subjectOf(given, candidatesOf(text));
    return keysOf(inline, subject, null, (program) => nameOf(subject, program));
  }

  it('depends on the program alone', () => {
    const before = keys(source);
    expect(changedKeys(before, keys(`# text\n${source}`))).toEqual([]);
    expect(
      changedKeys(before, keys(source, { train: ['9 -> 8'], test: ['7 -> 6'], id: 'bbbbbbbb' })),
    ).toEqual([]);
    expect(changedKeys(before, keys(source.replace('vmirror', 'dmirror')))).toEqual(['solve_b']);
    expect(before.get('solve_a')?.key).not.toBe(before.get('solve_b')?.key);
  });
});
