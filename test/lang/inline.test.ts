/** Printed programs load back to the same program, and any Python can parse them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineSource } from '../../src/lang/inline.js';
import { Language } from '../../src/lang/language.js';
import { bodyHashOf, decodeProgram, encodeProgram } from '../../src/lang/program/program.js';
import { randomProgram } from './random-programs.js';
import { loadOne, smallLanguage, solver } from './small-language.js';

/** The published text of a function with these lines. */
function inlined(...lines: readonly string[]): string {
  const source = lines[0].startsWith('def') ? lines.join('\n') : solver(...lines);
  return inlineSource(decodeProgram(loadOne(source).program, smallLanguage), 'solve', smallLanguage);
}

function depthOf(line: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of line) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

describe('a printed program', () => {
  it('loads back to the same body hash', () => {
    fc.assert(
      fc.property(randomProgram, (program) => {
        const text = inlineSource(program, 'solve', smallLanguage);
        const body = bodyHashOf(encodeProgram(program, smallLanguage));
        expect(loadOne(text).body).toBe(body);
      }),
      { numRuns: 2000 },
    );
  });

  it('is itself what is printed when it is loaded', () => {
    fc.assert(
      fc.property(randomProgram, (program) => {
        const text = inlineSource(program, 'solve', smallLanguage);
        const again = decodeProgram(loadOne(text).program, smallLanguage);
        expect(inlineSource(again, 'solve', smallLanguage)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('nests moderately, has lines of moderate length, and grows with its nodes only', () => {
    fc.assert(
      fc.property(randomProgram, (program) => {
        const text = inlineSource(program, 'solve', smallLanguage);
        for (const line of text.split('\n')) {
          expect(depthOf(line)).toBeLessThanOrEqual(25);
          expect(line.length).toBeLessThan(400);
        }
        expect(text.length).toBeLessThan(100 + 100 * (program.length + program.operands.length));
      }),
      { numRuns: 500 },
    );
  });
});

describe('inlining', () => {
  it('writes values where they are used', () => {
    expect(inlined('x = hmirror(I)', 'y = vmirror(x)', 'return y')).toBe(
      'def solve(I):\n    return vmirror(hmirror(I))\n',
    );
  });

  it('repeats what is short, and names what is not', () => {
    expect(inlined('x = hmirror(I)', 'return add(x, x)')).toBe(
      'def solve(I):\n    return add(hmirror(I), hmirror(I))\n',
    );
    expect(inlined('x = fill(canvas(0, (3, 3)), 7, (I, vmirror(I)))', 'return add(x, x)')).toBe(
      'def solve(I):\n    x1 = fill(canvas(0, (3, 3)), 7, (I, vmirror(I)))\n    return add(x1, x1)\n',
    );
  });

  it('writes plain literals', () => {
    expect(inlined('return (F, True, None, ZERO, NEG_TWO, ORIGIN, (), (T,))')).toBe(
      'def solve(I):\n    return (False, True, None, 0, -2, (0, 0), (), (True,))\n',
    );
  });

  it('drops what has no effect', () => {
    expect(inlined('x = hmirror(I)', 'x = vmirror(I)', 'return x')).toBe(
      'def solve(I):\n    return vmirror(I)\n',
    );
  });

  it('names what is called, but not parameters', () => {
    expect(inlined('f = compose(hmirror, vmirror)', 'return f(I)')).toBe(
      'def solve(I):\n    x1 = compose(hmirror, vmirror)\n    return x1(I)\n',
    );
    expect(inlined('f = hmirror', 'g = 3', 'return add(f(I, I), g(I))')).toBe(
      'def solve(I):\n    x1 = hmirror\n    x2 = 3\n    return add(x1(I, I), x2(I))\n',
    );
    expect(inlined('return I(I, 2)')).toBe('def solve(I):\n    return I(I, 2)\n');
  });

  it('has the parameters S, I, C exactly when S or C is read', () => {
    expect(inlined('def a(S, I, C):', '    x = S', '    return I', '')).toBe('def solve(I):\n    return I\n');
    expect(inlined('def a(S, I, C):', '    return S', '')).toBe('def solve(S, I, C):\n    return S\n');
    expect(inlined('def a(S, I, C):', '    return C(1)', '')).toBe('def solve(S, I, C):\n    return C(1)\n');
  });

  it('never explodes', () => {
    const lines = Array.from({ length: 100 }, (_, k) => `x${k + 1} = add(x${k}, x${k})`);
    const text = inlined('x0 = I', ...lines, 'return x100');
    expect(text.length).toBeLessThan(5000);
  });

  it('avoids names that the language has', () => {
    const language = new Language(
      [...smallLanguage.primitives, { name: 'x1', parameters: [{ name: 'x' }] }],
      new Map([...smallLanguage.constants, ['x2', 5]]),
    );
    const { program, body } = loadOne(solver('f = x1(x2)', 'return f(I)'), language);
    const text = inlineSource(decodeProgram(program, language), 'solve', language);
    expect(text).toBe('def solve(I):\n    x3 = x1(5)\n    return x3(I)\n');
    expect(loadOne(text, language).body).toBe(body);
  });

  it('takes the name of the function', () => {
    const program = decodeProgram(loadOne(solver('return I')).program, smallLanguage);
    expect(inlineSource(program, 'solve_0a0b0c0d', smallLanguage)).toBe(
      'def solve_0a0b0c0d(I):\n    return I\n',
    );
  });
});
