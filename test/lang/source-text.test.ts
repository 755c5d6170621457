/** Different texts of a solver file for the same program. */
import { describe, expect, it } from 'vitest';
import { bodyOf, load, loadOne, solver } from './small-language.js';

const plain = 'def solve(I):\n    x = hmirror(I)\n    return fill(x, 3, (I,))\n';
const body = loadOne(plain).body;

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('line ends', () => {
  it('are LF, CR LF or CR', () => {
    expect(loadOne(plain.replaceAll('\n', '\r\n')).body).toBe(body);
    expect(loadOne(plain.replaceAll('\n', '\r')).body).toBe(body);
  });

  it('may be missing at the end of the file', () => {
    expect(loadOne(plain.trimEnd()).body).toBe(body);
  });
});

describe('a byte order mark', () => {
  it('is skipped, and does not move columns', () => {
    expect(loadOne(`\ufeff${plain}`).body).toBe(body);
    const { diagnostics } = load('\ufeffx ? 1\n');
    expect(diagnostics).toMatchObject([{ line: 1, column: 1 }]);
  });
});

describe('indentation', () => {
  it('may be made of tabs or of any number of blanks', () => {
    expect(loadOne(plain.replaceAll('    ', '\t')).body).toBe(body);
    expect(loadOne(plain.replaceAll('    ', ' ')).body).toBe(body);
  });

  it('of empty lines and comment lines does not matter', () => {
    const source =
      'def solve(I):\n# a\n  \n        # b\n    x = hmirror(I)\n\t\n    return fill(x, 3, (I,))\n  # c\n';
    expect(loadOne(source).body).toBe(body);
  });
});

describe('lines broken inside of parentheses', () => {
  it('are one line, wherever they are broken and indented', () => {
    const source =
      'def solve(\nI\n):\n    x = hmirror(\nI  # the input\n\n)\n    return fill(x,\r\n3,\n  (I,\n),)\n';
    expect(loadOne(source).body).toBe(body);
  });
});

describe('comments and blanks', () => {
  it('may stand between any two tokens', () => {
    const source = '# é\ndef  solve ( I ) : # b\n    x=hmirror (I)#c\n    return\tfill( x ,3,( I , ) )\f\n#';
    expect(loadOne(source).body).toBe(body);
  });
});

describe('a docstring', () => {
  it.each([
    "'one'",
    '"one # not a comment"',
    '"""three"""',
    "'''three\nlines\n  def x(I):\n'''",
    '"""with \\""" a quote"""',
    "'an \\' escape'",
    'r"raw"',
    "u'old'",
    '"two" "parts"',
    '""',
    '"""é"""',
  ])('%s is skipped', (docstring) => {
    expect(bodyOf(docstring, 'return I')).toBe(bodyOf('return I'));
  });

  it('counts its lines', () => {
    const { diagnostics } = load(solver('"""a\nb\r\nc"""', 'return y'));
    expect(diagnostics).toMatchObject([{ code: 'LANG012', line: 5, column: 12 }]);
  });

  it('may only be the first statement', () => {
    const { diagnostics } = load(solver('x = I', '"late"', 'return x'));
    expect(diagnostics).toMatchObject([{ code: 'LANG006', line: 3, column: 5 }]);
  });
});

describe('imports', () => {
  it('are skipped', () => {
    const imports =
      'import os\nfrom dsl import *\nfrom constants import (\n  ONE,\n  TWO,\n)\nimport a.b as c, d\n';
    expect(loadOne(imports + plain).body).toBe(body);
  });
});

describe('names', () => {
  it('may have letters of any script, in their normal form', () => {
    expect(bodyOf('größe = hmirror(I)', 'return größe')).toBe(bodyOf('return hmirror(I)'));
    expect(bodyOf('\u212b = hmirror(I)', 'return \u00c5')).toBe(bodyOf('return hmirror(I)'));
    expect(loadOne('def solve_ß(I):\n    return I\n').name).toBe('solve_ß');
  });

  it('that every object of JavaScript has are names like any other', () => {
    const lines = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    for (const name of lines) {
      expect(bodyOf(`${name} = hmirror(I)`, `return ${name}`)).toBe(bodyOf('return hmirror(I)'));
      expect(load(solver(`return ${name}`)).diagnostics).toMatchObject([{ code: 'LANG012' }]);
      expect(load(solver(`return ${name}(I)`)).diagnostics).toMatchObject([{ code: 'LANG012' }]);
      expect(load(solver(`return hmirror(${name}=I)`)).diagnostics).toMatchObject([{ code: 'LANG016' }]);
      expect(loadOne(`def ${name}(I):\n    return I\n`).name).toBe(name);
    }
  });

  it('that only newer Pythons give a meaning are names', () => {
    expect(bodyOf('match = I', 'case = match', 'type = case', '_ = type', 'return _')).toBe(
      bodyOf('return I'),
    );
  });
});

describe('a file', () => {
  it('may be empty', () => {
    for (const source of ['', '\n', '# only\n', '\ufeff', '   ', '\t\n']) {
      expect(load(source)).toEqual({ functions: [], diagnostics: [] });
    }
  });

  it('gives its functions in order, with their lines and parameters', () => {
    const source = 'def b(I):\n    return I\n\n\ndef a(S, I, C):\n    return S\n';
    expect(load(source).functions).toMatchObject([
      { name: 'b', line: 1, parameters: 'I' },
      { name: 'a', line: 5, parameters: 'SIC' },
    ]);
  });

  it('is loaded the same from a view into a larger buffer', () => {
    const padded = bytesOf(`)))${plain})))`);
    expect(loadOne(padded.subarray(3, padded.length - 3)).body).toBe(body);
  });
});
