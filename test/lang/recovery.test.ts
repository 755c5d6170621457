/** An error in one function does not affect the other functions of its file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load } from './small-language.js';

const good = 'def good(I):\n    return hmirror(I)\n';
const goodBody = load(good).functions[0].body;

/** Bodies, headers and whole functions with all kinds of errors. */
const BAD = [
  'def bad(I):\n    return hmirror(I\n',
  'def bad(I):\n    return ((((I\n\n',
  'def bad(I):\n    return I))))\n',
  'def bad(I):\n    """no end\n    return I\n',
  "def bad(I):\n    'no end\n    return I\n",
  'def bad(I:\n    return I\n',
  'def bad(\n',
  'def bad\n',
  'def bad(I):\n',
  'def bad(I): return I +\n',
  'def bad(I):\n    for x in I:\n        return x\n    else:\n        return I\n',
  'def bad(I):\n    def good(I):\n        return I +\n    return I\n',
  'def bad(I):\n    x = [v\n    for v in I\n    return x\n',
  'def bad(I: Grid[\n    return I\n',
  'def bad(I) -> (\n',
  'def bad(I) ->:\n    return J\n',
  'class Bad:\n    def good(I):\n        return I\n',
  'def bad(I):\n        x = I\n    return x\n',
  'def bad(I):\n    x = [\n    1,\n2,\n]\n    return x\n',
  'def bad(I):\n    x = {\n    "a": 1,\n}\n',
  'x (1,\n2,\n',
  'if x:\n    print(\n"x")\n',
  'try:\n    def bad(I):\n        return I\nexcept:\n    pass\n',
  'def bad(I):\n    return \u0001\n',
  '\\ \n',
  '$%&\n',
  '"""',
  "'''\n",
  'from x import (\n',
];

describe('a good function', () => {
  it.each(BAD)('is loaded after %j', (bad) => {
    const { functions, diagnostics } = load(bad + (bad.endsWith('\n') ? '' : '\n') + good);
    expect(functions).toMatchObject([{ name: 'good', body: goodBody }]);
    expect(diagnostics.length).toBeGreaterThan(0);
  });

  it.each(BAD)('is loaded before %j', (bad) => {
    const { functions, diagnostics } = load(good + bad);
    expect(functions).toMatchObject([{ name: 'good', body: goodBody }]);
    expect(diagnostics.length).toBeGreaterThan(0);
  });

  it('is loaded between any damage, at its line', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BAD), fc.constantFrom(...BAD), (before, after) => {
        // Two strings without ends form one string, which contains the text between them.
        fc.pre(!/"""|'''/.test(before) || !/"""|'''/.test(after));
        const head = before.endsWith('\n') ? before : `${before}\n`;
        const { functions } = load(head + good + after);
        const line = head.split('\n').length;
        expect(functions).toMatchObject([{ name: 'good', body: goodBody, line }]);
      }),
    );
  });
});

describe('any bytes at all', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(...'()=,:;"\'\\#\n\r\t -+[]{}.@'),
      fc.constantFrom(
        'def ',
        'return ',
        'I',
        'x',
        'hmirror',
        'add',
        '"""',
        "'''",
        '\n    ',
        '0',
        '17',
        'if',
        'True',
      ),
      fc.constantFrom('\ufeff', 'é', '\0', '\f', '😀', '\u2028'),
    ),
    { maxLength: 60 },
  );

  it('give diagnostics with places inside of the file, in order, or only good functions', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const lines = text.split(/\r\n|\r|\n/);
        let last = 0;
        for (const { line, column, message } of load(text).diagnostics) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual([...lines[line! - 1]].length + 1);
          expect(message).not.toBe('');
          const place = line! * 1000 + column!;
          expect(place).toBeGreaterThanOrEqual(last);
          last = place;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('leave no trace in what is loaded next', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), pieces, (bytes, parts) => {
        load(bytes);
        load(parts.join(''));
        expect(load(good)).toMatchObject({ functions: [{ name: 'good', body: goodBody }], diagnostics: [] });
      }),
      { numRuns: 500 },
    );
  });
});
