/** The results of a search, and the arrangement of the map. */
import { describe, expect, it } from 'vitest';
import type { TaskHead } from '../../../../src/report/data.js';
import { arrange } from '../../../../src/report/page/overview/map-arrangement.js';
import { findTasks } from '../../../../src/report/page/overview/task-filter.js';

function head(id: string, verdict: TaskHead['verdict'], states: string, ...solverNames: string[]): TaskHead {
  const counts = { demo: 0, test: 0 };
  const numbers = { candidates: states.length, behaviours: 1, known: counts, best: counts };
  return {
    id,
    file: '',
    verdict,
    ...numbers,
    states,
    sharedStates: '',
    solverNames,
    solverPrograms: solverNames.map((_, k) => k),
  };
}

const TASKS = [
  head('apple', 'unsolved', 'nx', 'turn_all'),
  head('Banana', 'solved', 'snnn', 'Mirror', 'turn_rows'),
  head('cherry', 'solved', 'sn', 'paint_apple'),
  head('date', 'partly', 'p'),
];

const found = (query: string, verdict: TaskHead['verdict'] | null = null) =>
  findTasks(TASKS, query, verdict).map(({ index, solver }) => [TASKS[index].id, solver]);

describe('a search', () => {
  it('finds all tasks without a word', () => {
    expect(found(' ').map(([id]) => id)).toEqual(['apple', 'Banana', 'cherry', 'date']);
  });

  it('finds tasks by their ids, and by the names of solvers, whatever the case', () => {
    expect(found('APPLE')).toEqual([
      ['apple', null],
      ['cherry', 'paint_apple'],
    ]);
    expect(found('mirr')).toEqual([['Banana', 'Mirror']]);
  });

  it('finds what has every word', () => {
    expect(found('ban rows')).toEqual([['Banana', 'turn_rows']]);
    expect(found('mirror rows')).toEqual([]);
  });

  it('finds tasks of one verdict only when asked to', () => {
    expect(found('a', 'solved').map(([id]) => id)).toEqual(['Banana', 'cherry']);
  });
});

describe('the map', () => {
  const ids = (order: 'id' | 'verdict' | 'share') => arrange(TASKS, 'rank', order).map(({ task }) => task.id);

  it('has its rows by id, with the solved first, or by the share of solving programs', () => {
    expect(ids('id')).toEqual(['apple', 'Banana', 'cherry', 'date']);
    expect(ids('verdict')).toEqual(['Banana', 'cherry', 'date', 'apple']);
    expect(ids('share')).toEqual(['cherry', 'Banana', 'apple', 'date']);
  });
});
