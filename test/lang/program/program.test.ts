/** The canonical program and its binary form. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Language } from '../../../src/lang/language.js';
import {
  bodyHashFromBytes,
  bodyHashOf,
  bodyHashToBytes,
  decodeProgram,
  encodeProgram,
  Op,
} from '../../../src/lang/program/program.js';
import { randomProgram } from '../random-programs.js';
import { bodyOf, load, loadOne, smallLanguage, solver } from '../small-language.js';

describe('programs that are one', () => {
  const body = bodyOf('x = fill(I, 0, (0, 0))', 'return add(x, hmirror(x))');

  it.each([
    ['other names', ['größe = fill(I, 0, (0, 0))', 'return add(größe, hmirror(größe))']],
    ['constants for literals', ['x = fill(I, ZERO, ORIGIN)', 'return add(x, hmirror(x))']],
    ['constants within literals', ['x = fill(I, 0, (ZERO, 0,))', 'return add(x, hmirror(x))']],
    ['keywords', ['x = fill(I, patch=(0, 0), value=0)', 'return add(b=hmirror(piece=x), a=x)']],
    ['repeated expressions', ['return add(fill(I, 0, (0, 0)), hmirror(fill(I, 0, (0, 0))))']],
    [
      'more lines',
      ['a = 0', 'b = (a, a)', 'c = I', 'x = fill(c, a, b)', 'y = hmirror(x)', 'return add(x, y)'],
    ],
    ['dead lines', ['q = vmirror(I)', 'x = fill(I, 0, (0, 0))', 'q = q', 'return add(x, hmirror(x))']],
    ['assignments that are replaced', ['x = 3', 'x = fill(I, 0, (0, 0))', 'return add(x, hmirror(x))']],
    ['extra parentheses', ['x = (fill((I), ((0)), (0, 0)))', 'return (add((x), (hmirror(x))))']],
    [
      'primitives under other names',
      ['f = hmirror', 'g = f', 'x = fill(I, 0, (0, 0))', 'return add(x, g(x))'],
    ],
    ['minus zero', ['x = fill(I, -0, (0, 0))', 'return add(x, hmirror(x))']],
  ])('have one hash: %s', (_, lines) => {
    expect(bodyOf(...lines)).toBe(body);
  });

  it('have one hash whatever their parameter list', () => {
    expect(loadOne('def a(S, I, C):\n    return hmirror(I)\n').body).toBe(bodyOf('return hmirror(I)'));
  });

  it('keep the value that a name had when it was used', () => {
    expect(bodyOf('x = hmirror(I)', 'y = vmirror(x)', 'x = 1', 'return y')).toBe(
      bodyOf('return vmirror(hmirror(I))'),
    );
    expect(bodyOf('I = hmirror(I)', 'I = vmirror(I)', 'return I')).toBe(bodyOf('return vmirror(hmirror(I))'));
  });

  it('let local variables hide the names of the language', () => {
    expect(bodyOf('hmirror = vmirror', 'return hmirror(I)')).toBe(bodyOf('return vmirror(I)'));
    expect(bodyOf('ZERO = 5', 'return add(I, ZERO)')).toBe(bodyOf('return add(I, 5)'));
  });
});

describe('programs that differ', () => {
  const sources = [
    'return False',
    'return 0',
    'return None',
    'return ()',
    'return (0,)',
    'return (0, 0)',
    'return ((0, 0))',
    'return ((0, 0),)',
    'return (False, 0)',
    'return 1',
    'return -1',
    'return True',
    'return I',
    'return (I,)',
    'return hmirror',
    'return vmirror',
    'return hmirror(I)',
    'return vmirror(I)',
    'return I(I)',
    'return I()',
    'return add(I, 1)',
    'return add(1, I)',
    'return astuple(I, 1)',
    'return (I, 1)',
    'return add(I, 256)',
    'return add(I, 4294967297)',
    'return add(hmirror(I), hmirror(I))',
    'return add(hmirror(I), vmirror(I))',
    'return add(vmirror(I), hmirror(I))',
    'return (hmirror, vmirror(I))',
    'return (vmirror, hmirror(I))',
  ];

  it('have different hashes', () => {
    const bodies = new Map(sources.map((source) => [bodyOf(source), source]));
    // `((0, 0))` is `(0, 0)`.
    expect(bodies.size).toBe(sources.length - 1);
  });

  it('of a call with a number of arguments that does not fit are calls of a value', () => {
    const { program } = loadOne(solver('f = hmirror', 'return f(I, I)'));
    expect([...decodeProgram(program, smallLanguage).ops]).toEqual([Op.Primitive, Op.I, Op.Apply]);
  });
});

describe('canonical form', () => {
  it('orders nodes depth first, operands from left to right', () => {
    const { program } = loadOne(solver('x = hmirror(I)', 'return fill(vmirror(x), -7, (x, True))'));
    const { length, ops, data, starts, operands } = decodeProgram(program, smallLanguage);
    const names = smallLanguage.primitives.map(({ name }) => name);
    expect(length).toBe(7);
    expect([...ops]).toEqual([Op.I, Op.Call, Op.Call, Op.Integer, Op.True, Op.Tuple, Op.Call]);
    expect([1, 2, 6].map((node) => names[data[node]])).toEqual(['hmirror', 'vmirror', 'fill']);
    expect(data[3]).toBe(-7);
    expect([...starts]).toEqual([0, 0, 1, 2, 2, 2, 4, 7]);
    expect([...operands]).toEqual([0, 1, 1, 4, 2, 3, 5]);
  });

  it('has no two equal nodes', () => {
    fc.assert(
      fc.property(randomProgram, ({ length, ops, data, starts, operands }) => {
        const seen = new Set<string>();
        for (let node = 0; node < length; node++) {
          seen.add([ops[node], data[node], ...operands.slice(starts[node], starts[node + 1])].join());
        }
        expect(seen.size).toBe(length);
      }),
    );
  });
});

describe('the binary form', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(randomProgram, (program) => {
        const encoded = encodeProgram(program, smallLanguage);
        expect(decodeProgram(encoded, smallLanguage)).toEqual(program);
      }),
    );
  });

  it('is what loading gives', () => {
    const { program, body } = loadOne(solver('x = hmirror(I)', 'return (x, x, fill, 300, -300)'));
    expect(encodeProgram(decodeProgram(program, smallLanguage), smallLanguage)).toEqual(
      new Uint8Array(program),
    );
    expect(bodyHashOf(program)).toBe(body);
  });

  it('never changes: a change of it makes all that is stored useless', () => {
    const { program, body } = loadOne(solver('f = fill', 'return (f(I, 300, -1), hmirror(f), fill)'));
    expect(Buffer.from(program).toString('latin1')).toBe(
      'bp\x01\x07\x00\x06\xac\x02\x07\x01\x0b\x03\x04fill\x03\x02\x01\x08\x00\x0c\x01\x07hmirror\x01\x09\x03\x03\x01\x02',
    );
    expect(body).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on primitives that the program does not use', () => {
    const larger = new Language(
      [...smallLanguage.primitives, { name: 'aaa', parameters: [] }, { name: 'zzz', parameters: [] }],
      smallLanguage.constants,
    );
    const source = solver('return fill(hmirror(I), 1, add)');
    expect(loadOne(source, larger).body).toBe(loadOne(source).body);
    const { program } = loadOne(source, larger);
    expect(encodeProgram(decodeProgram(program, smallLanguage), smallLanguage)).toEqual(
      new Uint8Array(program),
    );
  });

  it('is refused when it is cut short', () => {
    fc.assert(
      fc.property(randomProgram, fc.nat(), (program, cut) => {
        const encoded = encodeProgram(program, smallLanguage);
        const short = encoded.subarray(0, cut % encoded.length);
        expect(() => decodeProgram(short, smallLanguage)).toThrow(RangeError);
      }),
    );
  });

  it('is refused or read as some program when it is damaged, never anything else', () => {
    fc.assert(
      fc.property(randomProgram, fc.nat(), fc.nat(255), (program, at, byte) => {
        const encoded = encodeProgram(program, smallLanguage);
        encoded[at % encoded.length] = byte;
        try {
          const { length, starts, operands } = decodeProgram(encoded, smallLanguage);
          for (let node = 0; node < length; node++) {
            for (const operand of operands.slice(starts[node], starts[node + 1])) {
              expect(operand).toBeGreaterThanOrEqual(0);
              expect(operand).toBeLessThan(node);
            }
          }
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused when the language has no such primitive, or with other parameters', () => {
    const { program } = loadOne(solver('return hmirror(I)'));
    const without = new Language([], new Map());
    expect(() => decodeProgram(program, without)).toThrow('the language has no primitive "hmirror"');
    const changed = new Language([{ name: 'hmirror', parameters: [] }], new Map());
    expect(() => decodeProgram(program, changed)).toThrow('hmirror takes another number of arguments now');
  });

  it('is refused for bytes of another kind', () => {
    for (const bytes of [
      [],
      [0x62],
      [0x70, 0x62, 1, 1, 0],
      [0x62, 0x70, 9, 1, 0],
      [0x62, 0x70, 1, 0],
      [0x62, 0x70, 1, 1, 0, 0],
    ]) {
      expect(() => decodeProgram(Uint8Array.from(bytes), smallLanguage), String(bytes)).toThrow(RangeError);
    }
    // A count of nodes that no memory could hold.
    const huge = Uint8Array.from([0x62, 0x70, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0]);
    expect(() => decodeProgram(huge, smallLanguage)).toThrow(RangeError);
  });
});

describe('a body hash', () => {
  it('is 64 hexadecimal digits or 32 bytes', () => {
    const { body } = loadOne(solver('return I'));
    expect(bodyHashToBytes(body)).toHaveLength(32);
    expect(bodyHashFromBytes(bodyHashToBytes(body))).toBe(body);
    expect(() => bodyHashFromBytes(new Uint8Array(31))).toThrow(RangeError);
  });
});

describe('functions of a file with one program', () => {
  it('share its bytes', () => {
    const { functions } = load(
      'def a(I):\n    return hmirror(I)\ndef b(I):\n    x = I\n    return hmirror(x)\n',
    );
    expect(functions[0].program).toBe(functions[1].program);
  });
});
