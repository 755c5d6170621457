/** Deep nesting and long files cause no overflow. */
import { describe, expect, it } from 'vitest';
import { inlineSource } from '../../src/lang/inline.js';
import { decodeProgram } from '../../src/lang/program/program.js';
import { bodyOf, load, loadOne, smallLanguage, solver } from './small-language.js';

/** Loads, prints and loads again. Returns the number of nodes. */
function roundTrip(source: string): number {
  const { program, body } = loadOne(source);
  const decoded = decodeProgram(program, smallLanguage);
  expect(loadOne(inlineSource(decoded, 'solve', smallLanguage)).body).toBe(body);
  return decoded.length;
}

function numbered(count: number, text: (k: number) => string): string {
  return Array.from({ length: count }, (_, k) => text(k)).join('');
}

const MEGABYTE = 1_000_000;

describe('a solver', () => {
  it('may nest 10,000 calls', () => {
    expect(roundTrip(solver(`return ${'hmirror('.repeat(10_000)}I${')'.repeat(10_000)}`))).toBe(10_001);
    expect(roundTrip(solver(`return ${'add(1, '.repeat(10_000)}I${')'.repeat(10_000)}`))).toBe(10_002);
    expect(roundTrip(solver(`return ${'('.repeat(10_000)}I${',)'.repeat(10_000)}`))).toBe(10_001);
  });

  it('may be one expression of 10 MB', () => {
    const calls = Math.floor((10 * MEGABYTE) / 'hmirror()'.length);
    const { program } = loadOne(solver(`return ${'hmirror('.repeat(calls)}I${')'.repeat(calls)}`));
    expect(decodeProgram(program, smallLanguage).length).toBe(calls + 1);
    const pairs = 5 * MEGABYTE;
    expect(bodyOf(`return ${'('.repeat(pairs)}I${')'.repeat(pairs)}`)).toBe(bodyOf('return I'));
  });

  it('may have lines by the ten thousand, each using the one before twice', () => {
    const lines = numbered(50_000, (k) => `    x${k + 1} = add(x${k}, x${k})\n`);
    expect(roundTrip(`def a(I):\n    x0 = I\n${lines}    return x50000\n`)).toBe(50_001);
  });

  it('may have a tuple of a hundred thousand items', () => {
    expect(roundTrip(solver(`return (${numbered(100_000, (k) => `${k},`)})`))).toBe(100_001);
  });
});

describe('a file', () => {
  it('may have 10 MB of functions', () => {
    const functions = numbered(270_000, (k) => `def a${k}(I):\n    return add(I, ${k % 1000})\n`);
    expect(functions.length).toBeGreaterThan(10 * MEGABYTE);
    const loaded = load(functions);
    expect(loaded.functions).toHaveLength(270_000);
    expect(new Set(loaded.functions.map(({ body }) => body)).size).toBe(1000);
  });

  it.each([
    ['open parentheses', solver(`return ${'('.repeat(2 * MEGABYTE)}`)],
    ['closing parentheses', solver(`return ${')'.repeat(2 * MEGABYTE)}`)],
    ['digits', solver(`return ${'9'.repeat(2 * MEGABYTE)}`)],
    ['a name', solver(`return ${'a'.repeat(2 * MEGABYTE)}`)],
    ['letters beyond ASCII', solver(`return ${'é'.repeat(MEGABYTE)}`)],
    ['minus signs', solver(`return ${'-'.repeat(2 * MEGABYTE)}1`)],
    ['unknown names', `def a(I):\n${numbered(100_000, (k) => `    y${k} = x${k}\n`)}`],
    ['strings without end', `def a(I):\n    '''${'def b(I):\n    """\n'.repeat(100_000)}`],
    ['lines of wrong indentation', `def a(I):\n    x = I\n${'   x\n'.repeat(400_000)}`],
    [
      'bytes that are not UTF-8',
      Uint8Array.from({ length: 2 * MEGABYTE }, (_, k) => (k % 20 === 0 ? 0x0a : 0xff)),
    ],
  ])('may be 2 MB of %s: diagnostics, in linear time', (_, source) => {
    const { functions, diagnostics } = load(source);
    expect(functions).toEqual([]);
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});
