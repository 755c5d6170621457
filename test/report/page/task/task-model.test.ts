/** The questions of views about a task: behaviour classes, ancestors and offspring. */
import { describe, expect, it } from 'vitest';
import type { LineageReport, ProgramReport, SolverReport, TaskDetail } from '../../../../src/report/data.js';
import {
  ancestorsOf,
  behaviourClasses,
  childrenOf,
  sameProgram,
  type TaskModel,
} from '../../../../src/report/page/task/task-model.js';

function program(behaviour: number): ProgramReport {
  return {
    body: '',
    dialect: null,
    behaviour,
    demo: 0,
    test: 0,
    cost: 0,
    source: null,
    dScores: [],
    text: null,
    cells: [],
  };
}

/** `parents[k]` is the parent of program k in a task; null for none. */
function model(
  parents: readonly (LineageReport['parentAt'] | 'unknown')[],
  behaviours: number[] = [],
): TaskModel {
  const solvers = parents.map((at, k): SolverReport => {
    const lineage = { parent: 'aaaaaaaa', parentAt: at === 'unknown' ? null : at, seed: 1, round: 0 };
    return {
      name: `s${k}`,
      file: 'f.py',
      line: k + 1,
      program: k,
      lineage: at === null ? null : { ...lineage, mutation: `change${k}` },
    };
  });
  const programs = parents.map((_, k) => program(behaviours[k] ?? 1));
  const counts = { demo: 0, test: 0 };
  return {
    head: {
      id: 't',
      file: '',
      verdict: 'unsolved',
      candidates: parents.length,
      behaviours: 1,
      known: counts,
      best: counts,
      states: '',
      sharedStates: '',
      solverNames: [],
      solverPrograms: [],
    },
    detail: { samples: [], moreSamples: 0, differs: [], programs, solvers, outputs: [] },
    sharedTexts: [],
    diagnostics: [],
  };
}

const here = (k: number) => ({ task: 't', program: k });

describe('ancestors', () => {
  it('go back from the parent to a program that has none', () => {
    const ancestors = ancestorsOf(model([null, here(0), here(1)]), 2);
    expect(ancestors.map(({ mutation, at }) => [mutation, at])).toEqual([
      ['change2', here(1)],
      ['change1', here(0)],
    ]);
  });

  it('end where the parent is of another task, or not there', () => {
    expect(ancestorsOf(model([{ task: 'u', program: 5 }]), 0)).toMatchObject([
      { at: { task: 'u', program: 5 } },
    ]);
    expect(ancestorsOf(model(['unknown']), 0)).toMatchObject([{ at: null }]);
  });

  it('end when they come round', () => {
    expect(ancestorsOf(model([here(1), here(0)]), 0)).toHaveLength(2);
    expect(ancestorsOf(model([here(0)]), 0)).toHaveLength(1);
  });
});

it('offspring are the programs that name it as their parent', () => {
  const children = childrenOf(model([null, here(0), here(0), here(1), { task: 'u', program: 0 }]), 0);
  expect(children).toEqual([
    { program: 1, mutation: 'change1' },
    { program: 2, mutation: 'change2' },
  ]);
});

it('behaviour classes hold their programs, best first', () => {
  const { detail } = model([null, null, null, null], [1, 2, 1, 3]);
  expect(behaviourClasses(detail)).toEqual([[0, 2], [1], [3]]);
});

describe('the program that stands where one stood', () => {
  /** Programs by body, each with its solver. */
  function detail(...programs: readonly (readonly [body: string, solver: string])[]): TaskDetail {
    return {
      programs: programs.map(([body]) => ({ ...program(1), body })),
      solvers: programs.map(([, name], k) => ({ name, file: 'f.py', line: k, program: k, lineage: null })),
    } as unknown as TaskDetail;
  }

  const before = detail(['aa', 'one'], ['bb', 'two'], ['cc', 'three']);

  it('is that of the same solver, whatever it is now', () => {
    expect(sameProgram(before, 1, detail(['dd', 'two'], ['bb', 'other']))).toBe(0);
  });

  it('is the same one of another solver', () => {
    expect(sameProgram(before, 1, detail(['aa', 'one'], ['dd', 'new'], ['bb', 'renamed']))).toBe(2);
  });

  it('is that of the same rank where it is gone, or the last one', () => {
    expect(sameProgram(before, 1, detail(['aa', 'one'], ['cc', 'three']))).toBe(1);
    expect(sameProgram(before, 2, detail(['aa', 'one']))).toBe(0);
    expect(sameProgram(before, 2, detail())).toBe(0);
  });

  it('is the first where there was none', () => {
    expect(sameProgram(detail(), 0, before)).toBe(0);
  });
});
