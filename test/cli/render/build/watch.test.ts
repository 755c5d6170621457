/** The output about each build of a watch. */
import { describe, expect, it } from 'vitest';
import { sortChanges, type TaskChange } from '../../../../src/build/compare/standing.js';
import {
  changeLine,
  configLines,
  problemNews,
  resultLines,
  standingLine,
} from '../../../../src/cli/render/build/watch.js';
import { Style } from '../../../../src/cli/render/style.js';
import type { Diagnostic } from '../../../../src/diagnostic.js';
import type { Summary } from '../../../../src/observe/event.js';
import type { Change, Results } from '../../../../src/watch/watch-event.js';

const PLAIN = new Style(1);

function summary(counts: Partial<Summary>): Summary {
  return {
    tasks: 3,
    candidates: 4,
    programs: 4,
    pythonPrograms: 0,
    behaviours: 4,
    cells: 12,
    cellsRun: 0,
    solved: 1,
    partly: 1,
    unsolved: 1,
    phases: {},
    wallMs: 21,
    diagnostics: 0,
    published: 0,
    publishedLinks: 0,
    publishedChanged: 0,
    strays: 0,
    interrupted: false,
    outcomes: {} as Summary['outcomes'],
    mostFolded: null,
    ...counts,
  };
}

function results(
  tasks: readonly TaskChange[],
  sinceSaveMs: number | null = 96,
  broken: Results['broken'] = [],
): Results {
  const lists = sortChanges(tasks);
  return { type: 'results', compared: true, ...lists, tasks, broken, sinceSaveMs };
}

function change(
  task: string,
  before: number | null,
  after: number | null,
  solvers: TaskChange['solvers'] = [],
): TaskChange {
  const score = (value: number | null) =>
    value === null
      ? null
      : { verdict: value === 3 ? ('solved' as const) : ('partly' as const), score: value, best: 'turn' };
  return { task, samples: 3, before: score(before), after: score(after), solvers };
}

const solver = (name: string, before: number | null, after: number | null) => ({
  file: 'a.py',
  name,
  before,
  after,
});

describe('causes', () => {
  const input = (file: string, how: Change['change']): Change => ({ what: 'input', file, change: how });

  it('are the changed files, with a sign for those that came and went', () => {
    const changes = [input('a.py', 'edited'), input('b.py', 'added'), input('c.py', 'removed')];
    expect(changeLine(changes, '12:00:00', PLAIN)).toBe('12:00:00  a.py, +b.py, -c.py');
  });

  it('are a rename where a file came with the content of one that went', () => {
    const changes: Change[] = [{ ...input('new.py', 'added'), from: 'old.py' }, input('old.py', 'removed')];
    expect(changeLine(changes, '12:00:00', PLAIN)).toBe('12:00:00  old.py -> new.py');
  });

  it('are counted where they are many', () => {
    const changes = Array.from({ length: 1234 }, (_, k) => input(`${k}.py`, 'edited'));
    expect(changeLine(changes, '12:00:00', PLAIN)).toBe('12:00:00  0.py, 1.py, 2.py, 3.py, 4.py, 1,229 more');
  });

  it('are what battbuild wrote, too, when that is gone', () => {
    const changes: Change[] = [
      { what: 'store', file: 'cache', change: 'removed' },
      { what: 'output', file: 'out/solver_md5', change: 'removed' },
    ];
    expect(changeLine(changes, '12:00:00', PLAIN)).toBe('12:00:00  cache is gone, out/solver_md5 is gone');
  });

  it('do not obey what a file is named', () => {
    const line = changeLine([input('\u001b[2Ja.py', 'edited')], '12:00:00', PLAIN);
    expect(line).toBe('12:00:00  \\x1b[2Ja.py');
  });
});

describe('effects', () => {
  it('are each task with its best score, and the solvers that changed', () => {
    const tasks = [
      change('a', 1, 3, [solver('turn', 1, 3)]),
      change('b', 3, 2, [solver('turn', 3, null), solver('mirror', null, 0)]),
      change('c', 2, 2, [solver('mirror', 1, 1)]),
      change('d', 1, 2),
    ];
    const phase = { hits: 5, misses: 2, wallMs: 1, cpuMs: 1, savedMs: 0 };
    const phases = { score: phase, load: { ...phase, misses: 1 }, inline: { ...phase, misses: 0 } };
    expect(resultLines(results(tasks), summary({ cellsRun: 6, phases }), PLAIN)).toEqual([
      '  lost now    b  best 3 -> 2 of 3 samples  turn gone, mirror new, 0 samples',
      '  solved now  a  best 1 -> 3 of 3 samples  turn 1 -> 3 samples',
      '  up          d  best 1 -> 2 of 3 samples',
      '  same        c  best 2 of 3 samples       mirror 1 sample as before',
      '  6 cells executed, load 1 file, score 2 programs',
      '  3 tasks: 1 solved, 1 partly, 1 unsolved; 96 ms after the save (build 21 ms)',
    ]);
  });

  it('begin with what got worse, and the first sample of it that broke', () => {
    const tasks = [
      change('a', 2, 3),
      change('b', 3, 1),
      change('c', 2, 1),
      change('d', null, 0),
      change('e', 1, 0),
    ];
    const broken: Results['broken'] = [
      { task: 'b', kind: 'demo', index: 2, status: 'ok', cells: { differ: 3, of: 12 } },
      { task: 'c', kind: 'test', index: 0, status: 'ok', cells: null },
      { task: 'e', kind: 'demo', index: 0, status: 'over-budget', cells: null },
    ];
    const lines = resultLines(results(tasks, null, broken), summary({}), PLAIN);
    expect(lines.slice(0, 8).map((line) => line.trim())).toEqual([
      'lost now    b  best 3 -> 1 of 3 samples',
      'demo 2: 3 of 12 cells differ',
      'down        c  best 2 -> 1 of 3 samples',
      'test 0: a grid of another size',
      'down        e  best 1 -> 0 of 3 samples',
      'demo 0: over-budget',
      'solved now  a  best 2 -> 3 of 3 samples',
      'new         d  best 0 of 3 samples',
    ]);
  });

  it('say of a rename that it is one', () => {
    const was = (file: string, name: string) => ({ was: { file, name } });
    const solvers = [
      { ...solver('turn', 2, 2), ...was('a.py', 'old') },
      { ...solver('flip', 1, 1), file: 'b.py', ...was('a.py', 'flip') },
    ];
    const [line] = resultLines(results([change('a', 2, 2, solvers)]), summary({}), PLAIN);
    expect(line).toBe('  same  a  best 2 of 3 samples  old is turn now, flip now in b.py');
  });

  it('fold tasks of which nothing but programs changed, where they are many', () => {
    const tasks = [change('a', 3, 2), ...Array.from({ length: 9 }, (_, k) => change(`s${k}`, 1, 1))];
    const lines = resultLines(results(tasks), summary({}), PLAIN);
    expect(lines.slice(0, 2)).toEqual(['  lost now  a  best 3 -> 2 of 3 samples', '  ... and 9 tasks more']);
  });

  it('are nothing but what was run when no result changed', () => {
    expect(resultLines(results([], null), summary({}), PLAIN)).toEqual([
      '  0 cells executed',
      '  3 tasks: 1 solved, 1 partly, 1 unsolved; built in 21 ms',
    ]);
  });

  it('name tasks that are new or gone', () => {
    const tasks = [change('a', null, 2), change('b', 3, null), change('c', 0, null)];
    const lines = resultLines(results(tasks), summary({}), PLAIN).map((line) => line.slice(2, 16).trim());
    expect(lines.slice(0, 3)).toEqual(['lost, gone  b', 'up          a', 'gone        c']);
  });

  it('count the solvers of many tasks, and the tasks of very many', () => {
    const tasks = Array.from({ length: 30 }, (_, k) => {
      return change(`t${k}`, 0, 1, [solver('turn', 0, 1), solver('mirror', 0, 0)]);
    });
    const lines = resultLines(results(tasks), summary({}), PLAIN);
    expect(lines).toHaveLength(23);
    expect(lines[0]).toBe('  up  t0   best 0 -> 1 of 3 samples  2 solvers changed');
    expect(lines[20]).toBe('  ... and 10 tasks more');
  });

  it('are where all tasks stand when there is nothing to compare with', () => {
    expect(standingLine(summary({ cellsRun: 12, wallMs: 1234 }), PLAIN)).toBe(
      '3 tasks: 1 solved, 1 partly, 1 unsolved; 12 of 12 cells executed in 1.23 s',
    );
  });
});

describe('problems', () => {
  const problem = (line: number): Diagnostic => ({
    code: 'LANG005',
    severity: 'error',
    file: 'a.py',
    line,
    column: null,
    message: 'something else was expected',
    hint: null,
  });

  it('are shown when they are new, and counted when they stay or go', () => {
    const news = (before: number[], now: number[]) =>
      problemNews(before.map(problem), now.map(problem), new Map(), PLAIN);
    const first = 'a.py:1: error LANG005: something else was expected';
    expect(news([], [1])).toEqual({ fresh: [first], standing: [] });
    expect(news([1], [1])).toEqual({ fresh: [], standing: ['  1 problem as before: a.py:1 LANG005'] });
    expect(news([1], [])).toEqual({ fresh: [], standing: ['  1 problem solved'] });
    const three = '  1 problem solved, 3 problems as before: a.py:1 LANG005, a.py:2 LANG005, ...';
    expect(news([1, 2, 3, 4], [1, 2, 3])).toEqual({ fresh: [], standing: [three] });
  });

  it('are the same when their lines moved or their file was renamed, and solved only when they are gone', () => {
    const moved = { ...problem(7), file: 'b.py' };
    const renamed = new Map([['a.py', 'b.py']]);
    const standing = ['  1 problem as before: b.py:7 LANG005'];
    expect(problemNews([problem(2)], [moved], renamed, PLAIN)).toEqual({ fresh: [], standing });
    const { fresh, standing: gone } = problemNews([problem(2)], [moved], new Map(), PLAIN);
    expect([fresh.length, gone]).toEqual([1, ['  1 problem solved']]);
  });

  it('of the config come with what holds meanwhile', () => {
    expect(configLines([problem(1)], PLAIN).at(-1)).toMatch(/last good one stays in force$/);
    expect(configLines([], PLAIN)).toEqual(['the config can be used again']);
  });
});
