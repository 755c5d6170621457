/** Solver files run by a reference implementation in Python: its exports are the meanings of the names. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runReference } from '../../bench/evaluation/reference.js';
import type { JudgedTask } from '../../bench/evaluation/workload.js';
import { referenceMicros } from '../../bench/figures/rough.js';
import { Unmeasurable } from '../../bench/measure/figure.js';
import { loadSource } from '../../src/lang/load.js';
import { parseTaskFile } from '../../src/task/parse.js';

const hasPython = spawnSync('python3', ['--version']).status === 0;

const TASK = {
  train: [{ input: [[1, 2]], output: [[2, 1]] }],
  test: [{ input: [[3], [4]], output: [[3], [4]] }],
};

const MIRROR = 'def vmirror(grid):\n    return tuple(row[::-1] for row in grid)\n';

describe.skipIf(!hasPython)('a reference implementation (skipped without python3)', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'battbuild-reference-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): string {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  function judged(source: string): JudgedTask {
    const file = write('solvers/solver.py', source);
    const [task] = parseTaskFile({ name: 'task.json', bytes: Buffer.from(JSON.stringify(TASK)) }, null).tasks;
    return { task, file, solvers: loadSource(Buffer.from(source), file).functions };
  }

  function rowsOf(solver: string) {
    const cells = runReference(folder, [judged(solver)]);
    for (const { micros } of cells) expect(micros).toBeGreaterThan(0);
    return cells.map(({ rows }) => rows);
  }

  it('is the modules `dsl` and `constants`', () => {
    write(
      'dsl.py',
      `${MIRROR}\ndef replace(grid, a, b):\n    return tuple(tuple(b if c == a else c for c in r) for r in grid)\n`,
    );
    write('constants.py', 'THREE = 3\n');
    const solver = 'def solve_task(I):\n    x = vmirror(I)\n    return replace(x, THREE, 1)\n';
    expect(rowsOf(solver)).toEqual([[[2, 1]], [[1], [4]]]);
  });

  it('is the package `arc_dsl` where that is there', () => {
    write('arc_dsl/__init__.py', MIRROR);
    expect(rowsOf('def solve_task(I):\n    return vmirror(I)\n')).toEqual([[[2, 1]], [[3], [4]]]);
  });

  it('gets the demonstrations where the solver reads them', () => {
    write('dsl.py', 'def last(pairs):\n    return pairs[-1]\n');
    const solver = 'def solve_task(S, I, C):\n    x = last(S)\n    return last(x)\n';
    expect(rowsOf(solver)).toEqual([[[2, 1]], [[2, 1]]]);
  });

  it('may fail, or give no grid, at single cells', () => {
    write('dsl.py', 'def first(grid):\n    return grid[0]\n\ndef last(grid):\n    raise ValueError\n');
    const solvers = 'def solve_task(I):\n    return first(I)\n\ndef other(I):\n    return last(I)\n';
    expect(rowsOf(solvers)).toEqual([null, null, null, null]);
  });

  it('runs no program that our budget ends, in a sample of rough candidates', () => {
    write('dsl.py', 'def vmirror(grid):\n    return grid\n');
    const endless = `def solve_endless(I):
    a = asindices(I)
    b = product(a, a)
    c = product(b, b)
    d = product(c, c)
    e = product(d, d)
    return product(e, e)
`;
    const solver = 'def solve_mirror(I):\n    return vmirror(I)\n\n';
    const { micros, measured, leftOut } = referenceMicros(folder, [judged(solver + endless)]);
    expect({ measured, leftOut }).toEqual({ measured: 2, leftOut: 1 });
    expect(micros).toBeGreaterThan(0);
  });

  it('is asked for where it is not there', () => {
    expect(() => runReference(folder, [judged('def solve_task(I):\n    return I\n')])).toThrow(Unmeasurable);
  });
});
