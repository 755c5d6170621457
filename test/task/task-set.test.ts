import { describe, expect, it } from 'vitest';
import { parseTaskFile } from '../../src/task/parse.js';
import { joinTasks } from '../../src/task/task-set.js';

function parse(name: string, content: unknown) {
  return parseTaskFile({ name, bytes: new TextEncoder().encode(JSON.stringify(content)) }, null);
}

const TASK = { train: [{ input: [[1]], output: [[1]] }], test: [{ input: [[1]] }] };
const OTHER = { train: [{ input: [[2]], output: [[2]] }], test: [{ input: [[2]] }] };

describe('joining the tasks of all files', () => {
  it('orders them by id', () => {
    const { tasks } = joinTasks([
      parse('all.json', { b: TASK, '27782670': TASK, a: TASK }),
      parse('B.json', TASK),
    ]);
    expect([...tasks.keys()]).toEqual(['27782670', 'B', 'a', 'b']);
  });

  it('keeps the first of two tasks with one id, and names both files', () => {
    const { tasks, diagnostics } = joinTasks([
      parse('x/t.json', TASK),
      parse('y/all.json', { t: OTHER, u: OTHER }),
    ]);
    expect([...tasks.values()].map(({ id, file }) => [id, file])).toEqual([
      ['t', 'x/t.json'],
      ['u', 'y/all.json'],
    ]);
    expect(diagnostics).toMatchObject([
      {
        code: 'TASK011',
        severity: 'error',
        file: 'y/all.json',
        message: 'task t is also in x/t.json, which stands; this one is left out',
      },
    ]);
  });

  it('knows the ids of tasks that cannot be used', () => {
    const { tasks, known } = joinTasks([parse('t.json', []), parse('all.json', { a: 1, b: TASK })]);
    expect([...tasks.keys()]).toEqual(['b']);
    expect([...known].sort()).toEqual(['a', 'b', 't']);
  });
});
