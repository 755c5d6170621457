/** Source lines of the nodes of a program. */
import { describe, expect, it } from 'vitest';
import { decodeProgram, Op } from '../../../src/lang/program/program.js';
import { decodeLines } from '../../../src/lang/program/source-lines.js';
import { load, smallLanguage } from '../small-language.js';

/** `op:line` of each node of the last function. */
function linesOf(source: string): string[] {
  const { functions } = load(source);
  const { program, lines, line } = functions[functions.length - 1];
  const { ops } = decodeProgram(program, smallLanguage);
  const name = (op: number): string => Object.entries(Op).find(([, value]) => value === op)![0];
  const decoded = decodeLines(lines, line);
  expect(decoded).toHaveLength(ops.length);
  return [...ops].map((op, node) => `${name(op)}:${decoded[node]}`);
}

describe('the line of a node', () => {
  it('is where its function mentions it first', () => {
    const source =
      '\n\ndef a(I):\n    x = hmirror(I)\n\n    y = add(hmirror(I),\n      vmirror(x))\n    return y\n';
    expect(linesOf(source)).toEqual(['I:4', 'Call:4', 'Call:7', 'Call:6']);
  });

  it('is its own in each function, though functions share nodes', () => {
    const source =
      'def a(I):\n    return fill(I, 0, ORIGIN)\n\ndef b(I):\n    x = I\n    return fill(x, 0, (0, 0))\n';
    expect(linesOf(source)).toEqual(['I:5', 'Integer:6', 'Tuple:6', 'Call:6']);
  });

  it('is known for the parts of constants and for what is called', () => {
    const source = 'def a(S, I, C):\n    x = ORIGIN\n    f = hmirror\n    return C(x, f(I, I), None)\n';
    expect(linesOf(source)).toEqual([
      ...['C:4', 'Integer:2', 'Tuple:2', 'Primitive:3', 'I:4', 'Apply:4', 'None:4', 'Apply:4'],
    ]);
  });

  it('may be before the line of its operands', () => {
    expect(linesOf('def a(I):\n    return add(\n\n\n      I,\n      1)\n')).toEqual([
      'I:5',
      'Integer:6',
      'Call:2',
    ]);
  });
});
