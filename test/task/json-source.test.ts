import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type JsonFault,
  type JsonNode,
  type JsonObject,
  lineStarts,
  offsetAt,
  positionAt,
  readJsonStructure,
} from '../../src/task/json-source.js';

function isFault(node: JsonNode | JsonFault): node is JsonFault {
  return typeof node === 'object' && node.kind === 'fault';
}

function structureOf(text: string): JsonNode {
  const node = readJsonStructure(text);
  if (isFault(node)) throw new Error(node.message);
  return node;
}

function faultOf(text: string): JsonFault {
  const node = readJsonStructure(text);
  if (!isFault(node)) throw new Error(`no fault in ${text}`);
  return node;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Valid JSON text with a few characters changed, removed or added. */
const nearlyJson = fc
  .tuple(
    fc.json(),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('', ...'{}[]:,"\\-+.019eEutrfalsn \n\t\u0001\u00a0')), {
      maxLength: 3,
    }),
    fc.boolean(),
  )
  .map(([text, edits, insert]) =>
    edits.reduce((edited, [place, character]) => {
      const at = place % (edited.length + 1);
      return edited.slice(0, at) + character + edited.slice(insert ? at : at + 1);
    }, text),
  );

describe('reading the structure of a JSON text', () => {
  it('accepts exactly what JSON.parse accepts', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        expect(isFault(readJsonStructure(text))).toBe(!parses(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('knows where each container begins and ends', () => {
    const check = (text: string, node: JsonNode, value: unknown): void => {
      if (typeof node === 'number') {
        expect(Object(value) === value).toBe(false);
        return;
      }
      expect(JSON.parse(text.slice(node.offset, node.end))).toEqual(value);
      if (node.kind === 'list') {
        node.items.forEach((item, index) => {
          check(text, item, (value as unknown[])[index]);
        });
      } else {
        for (const [key, entry] of node.entries) {
          check(text, entry.value, (value as Record<string, unknown>)[key]);
        }
      }
    };
    fc.assert(
      fc.property(fc.json(), fc.nat(3), (text, spaces) => {
        const value: unknown = JSON.parse(text);
        const spaced = JSON.stringify(value, null, spaces);
        check(spaced, structureOf(spaced), value);
      }),
    );
  });

  it('finds the value at a path, or its innermost existing parent', () => {
    const text = '{"a": [1, {"b": true}], "c": "x"}';
    const root = structureOf(text);
    expect(text.slice(offsetAt(root, ['a', 1, 'b']))).toMatch(/^true/);
    expect(text.slice(offsetAt(root, ['c']))).toMatch(/^"x"/);
    expect(text.slice(offsetAt(root, ['a', 7, 'z']))).toMatch(/^\[1/);
    expect(offsetAt(root, ['d'])).toBe(0);
    expect(offsetAt(root, [])).toBe(0);
  });

  it('keeps the first of equal keys and lists the others', () => {
    const text = '{"k": 1, "\\u006b": 2, "k": 3}';
    const root = structureOf(text) as JsonObject;
    expect([...root.entries.keys()]).toEqual(['k']);
    expect(text[root.entries.get('k')?.value as number]).toBe('1');
    expect(root.repeated.map(({ offset }) => offset)).toEqual([9, 22]);
  });

  it('treats __proto__ as a key like any other', () => {
    const root = structureOf('{"__proto__": {"x": 1}}') as JsonObject;
    expect([...root.entries.keys()]).toEqual(['__proto__']);
  });

  it('reads a million nested lists without running out of stack', () => {
    const depth = 1_000_000;
    expect(isFault(readJsonStructure('['.repeat(depth) + ']'.repeat(depth)))).toBe(false);
    expect(faultOf('['.repeat(depth)).offset).toBe(depth);
  });

  it.each([
    ['{"a": x}', 6, 'expected a value, but found "x"'],
    ['[1, 2', 5, 'expected "," or "]", but the file ends'],
    ['[1 2]', 3, 'expected "," or "]", but found "2"'],
    ['{"a": 1,}', 8, 'expected a key in double quotes, but found "}"'],
    ['{"a" 1}', 5, 'expected ":" after the key, but found "1"'],
    ['', 0, 'expected a value, but the file ends'],
    ['[1]]', 3, 'expected the end of the file, but found "]"'],
    ['"a\nb"', 2, 'expected the end of the string, but found "\\n"'],
    ['["\\x"]', 3, 'expected an escape such as \\n or \\u0041, but found "x"'],
    ['[01]', 2, 'expected "," or "]", but found "1"'],
  ])('says what is wrong with %j', (text, offset, message) => {
    expect(faultOf(text)).toEqual({ kind: 'fault', offset, message });
  });
});

describe('positions', () => {
  it('count lines and columns from 1', () => {
    const text = 'ab\n\ncd';
    const starts = lineStarts(text);
    expect(positionAt(starts, 0)).toEqual({ line: 1, column: 1 });
    expect(positionAt(starts, 2)).toEqual({ line: 1, column: 3 });
    expect(positionAt(starts, 3)).toEqual({ line: 2, column: 1 });
    expect(positionAt(starts, 5)).toEqual({ line: 3, column: 2 });
  });

  it('agree with splitting the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n')), fc.nat(), (characters, seed) => {
        const text = characters.join('');
        const offset = seed % (text.length + 1);
        const before = text.slice(0, offset).split('\n');
        expect(positionAt(lineStarts(text), offset)).toEqual({
          line: before.length,
          column: before[before.length - 1].length + 1,
        });
      }),
    );
  });
});
