/** "Did you mean ...?" */
import { describe, expect, it } from 'vitest';
import { closest } from '../../src/lang/suggest.js';

const words = ['hmirror', 'vmirror', 'add', 'ONE', 'objects', 'x1'];

describe('the closest word', () => {
  it.each([
    ['hmiror', 'hmirror'],
    ['hmirrorr', 'hmirror'],
    ['hmirrro', 'hmirror'],
    ['vMirror', 'vmirror'],
    ['ad', 'add'],
    ['dad', 'add'],
    ['one', 'ONE'],
    ['object', 'objects'],
    ['OBJETCS', 'objects'],
    ['x2', 'x1'],
  ])('to %s is %s', (word, expected) => {
    expect(closest(word, words)).toBe(expected);
  });

  it('is none when too many letters differ', () => {
    for (const word of ['a', '', 'xyz', 'elephant', 'rorrimh', 'objectsobjects']) {
      expect(closest(word, words)).toBeNull();
    }
  });

  it('is the first of equally close ones', () => {
    expect(closest('mirror', words)).toBe('hmirror');
    expect(closest('mirror', [...words].reverse())).toBe('vmirror');
  });

  it('is not looked for when the word is very long', () => {
    expect(closest('a'.repeat(65), ['a'.repeat(65)])).toBeNull();
  });
});
