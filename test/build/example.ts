/** A small workspace with which the tests of this folder begin. */
import { join } from 'node:path';
import { temporaryFolder, writeFiles } from './rig.js';

export type Rows = number[][];

export interface SampleText {
  readonly input: Rows;
  readonly output?: Rows;
}

export function task(train: readonly SampleText[], test: readonly SampleText[]): string {
  return JSON.stringify({ train, test });
}

/** One becomes two. */
export const RECOLORED = 'aaaa0001';
export const RECOLORED_DEMOS: readonly SampleText[] = [
  { input: [[1, 0]], output: [[2, 0]] },
  { input: [[1], [3]], output: [[2], [3]] },
];
export const RECOLORED_TESTS: readonly SampleText[] = [{ input: [[0, 1, 1]], output: [[0, 2, 2]] }];

/** Left becomes right. */
export const MIRRORED = 'bbbb0002';

/** Three programs on one task, the first of them twice; one program on the other task; and one on both. */
export const EXAMPLE: Readonly<Record<string, string>> = {
  'config/battbuild.json': '{}',
  [`tasks/${RECOLORED}.json`]: task(RECOLORED_DEMOS, RECOLORED_TESTS),
  [`tasks/${MIRRORED}.json`]: task(
    [{ input: [[4, 5]], output: [[5, 4]] }],
    [{ input: [[6, 7, 8]], output: [[8, 7, 6]] }],
  ),
  'solvers/recolor.py': [
    `def solve_${RECOLORED}(I):`,
    '    return replace(I, 1, 2)',
    `def solve_${RECOLORED}_00000001(I):`,
    '    x1 = replace(I, ONE, TWO)',
    '    return x1',
    `def solve_${RECOLORED}_00000002(I):`,
    '    return fill(I, 3, ofcolor(I, 1))',
    '',
  ].join('\n'),
  [`solvers/${MIRRORED}/a.py`]: 'def mirror(I):\n    return vmirror(I)\n',
  'solvers/any.py': 'def example(S, I, C):\n    return last(first(S))\n',
};

/** The example in a folder that is removed after the test. */
export function exampleWorkspace(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const root = join(temporaryFolder(), 'workspace');
  writeFiles(root, { ...EXAMPLE, ...files });
  return root;
}
