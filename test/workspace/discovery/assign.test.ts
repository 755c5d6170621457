import { describe, expect, it } from 'vitest';
import type { TaskId } from '../../../src/task/task.js';
import { Assigner } from '../../../src/workspace/discovery/assign.js';

const KNOWN = new Set([
  '007bbfb7',
  '00d62c1b',
  'mirror_left',
  'mirror_left_00000000',
  'fill-in',
  '__proto__',
] as TaskId[]);

/** The task, "every" or "none", and the diagnostic's severity and hint if there is one. */
function assign(file: string, name: string, pairing: 'own' | 'all' = 'own') {
  const assignment = new Assigner(KNOWN, pairing).assign(file, name, 7);
  const { diagnostic } = assignment;
  const to = assignment.kind === 'task' ? assignment.task : assignment.kind;
  return diagnostic === null ? to : `${to}, ${diagnostic.severity}: ${diagnostic.hint}`;
}

describe('a solver function', () => {
  it.each([
    ['solve_007bbfb7', '007bbfb7'],
    ['solve_007bbfb7_0123abcd', '007bbfb7'],
    ['solve_007bbfb7_0123ABCD', '007bbfb7'],
    ['solve_mirror_left', 'mirror_left'],
    ['solve_mirror_left_deadbeef', 'mirror_left'],
    ['solve_mirror_left_00000000', 'mirror_left_00000000'],
    ['solve_mirror_left_00000000_00000000', 'mirror_left_00000000'],
    ['solve___proto__', '__proto__'],
    ['verify_007bbfb7', '007bbfb7'],
    ['007bbfb7_v2', '007bbfb7'],
    ['my_007bbfb7', '007bbfb7'],
    ['xsolve_007bbfb7_best_of_3', '007bbfb7'],
    ['mirror_left', 'mirror_left'],
    ['_mirror_left_', 'mirror_left'],
    ['from_00d62c1b_to_007bbfb7', '00d62c1b'],
    ['from_007bbfb7_to_mirror_left', 'mirror_left'],
  ])('named %s belongs to the task %s, wherever it is', (name, task) => {
    expect(assign('x.py', name)).toBe(task);
    expect(assign('00d62c1b/fill-in.py', name)).toBe(task);
  });

  it.each([
    ['00d62c1b.py', '00d62c1b'],
    ['s/fill-in.py', 'fill-in'],
    ['s/00d62c1b/x.py', '00d62c1b'],
    ['s/00d62c1b/deep/er/x.py', '00d62c1b'],
    ['s/00d62c1b/007bbfb7/x.py', '007bbfb7'],
    ['s/00d62c1b/007bbfb7.py', '007bbfb7'],
    ['../00d62c1b/x.py', '00d62c1b'],
    ['00d62c1b/x.y.py', '00d62c1b'],
    ['solver_dir/solve_00d62c1b/5/31/0123456789abcdef0123456789abcdef.py', '00d62c1b'],
  ])('in %s belongs to the task %s unless its name says otherwise', (file, task) => {
    expect(assign(file, 'rotate')).toBe(task);
    expect(assign(file, 'solve_all')).toBe(task);
    expect(assign(file, 'solve_ffffffff')).toBe(task);
  });

  it.each(['rotate', 'solve', 'solve_all', 'mirror', 'left_mirror', 'x007bbfb7', '007bbfb71', 'constructor'])(
    'named %s in a file that names no task is for every task',
    (name) => {
      expect(assign('solvers/generic.py', name)).toBe('every');
    },
  );

  it.each([
    'solve_007bbfb8',
    'verify_ffffffff',
    'ffffffff',
    'solve_FFFFFFFF',
    'solve_007bbfb8_0123abcd',
    'solve_unheard_of_0123abcd',
  ])('named %s names a task that is not here: it belongs to none, and that is no mistake', (name) => {
    expect(assign('solvers/x.py', name)).toBe('none');
  });

  it.each(['ffffffff.py', 's/solver_ffffffff.py'])('in %s does as well, whatever its name', (file) => {
    expect(assign(file, 'rotate')).toBe('none');
    expect(assign(file, 'solve_007bbfb7')).toBe('007bbfb7');
  });

  it('whose name is close to a task gets a warning, and goes where its file says', () => {
    const warning = 'warning: did you mean "solve_mirror_left"?';
    expect(assign('x.py', 'solve_miror_left')).toBe(`every, ${warning}`);
    expect(assign('x.py', 'verify_miror_left')).toBe('every, warning: did you mean "verify_mirror_left"?');
    expect(assign('00d62c1b.py', 'solve_mirror_lef')).toBe(`00d62c1b, ${warning}`);
  });

  it('is for every task, whatever its name, when pairing is "all"', () => {
    expect(assign('00d62c1b.py', 'solve_007bbfb7', 'all')).toBe('every');
    expect(assign('x.py', 'solve_ffffffff', 'all')).toBe('every');
  });

  it('whose name is a slip is reported with its place', () => {
    const { diagnostic } = new Assigner(KNOWN, 'own').assign('s/x.py', 'solve_fil-in', 7);
    expect(diagnostic).toEqual({
      code: 'TASK013',
      severity: 'warning',
      file: 's/x.py',
      line: 7,
      column: null,
      message: 'solve_fil-in looks like a solver of one task, but there is no task fil-in',
      hint: 'did you mean "solve_fill-in"?',
    });
  });
});

describe('an assigner', () => {
  it('remembers files apart', () => {
    const assigner = new Assigner(KNOWN, 'own');
    const files = ['00d62c1b.py', 'x.py', 'x.py', '007bbfb7.py', '00d62c1b.py'];
    expect(
      files
        .map((file) => assigner.assign(file, 'f', null))
        .map((found) => (found.kind === 'task' ? found.task : found.kind)),
    ).toEqual(['00d62c1b', 'every', 'every', '007bbfb7', '00d62c1b']);
  });

  it('stops suggesting when very many names are unknown, and assigns them all the same', () => {
    const known = new Set(Array.from({ length: 50_000 }, (_, k) => `${k}`.padStart(8, '0') as TaskId));
    const assigner = new Assigner(known, 'own');
    const hints = Array.from({ length: 20 }, (_, k) => assigner.assign('x.py', `solve_9999999${k % 10}x`, k));
    expect(hints.every(({ kind }) => kind === 'every')).toBe(true);
    const many = Array.from({ length: 10 }, (_, k) => assigner.assign('x.py', `solve_0000000a${k}`, k));
    expect(many.every(({ kind, diagnostic }) => kind === 'every' && diagnostic === null)).toBe(true);
  });
});
