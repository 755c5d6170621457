/** Which grids are submitted, for given results. */
import { describe, expect, it } from 'vitest';
import {
  type ProgramResult,
  runsOf,
  type SampleResult,
  type TaskResult,
} from '../../../src/build/record/task-result.js';
import { type Outcome, SKIPPED } from '../../../src/engine/outcome.js';
import { digestOutput, encodeOutput, type OutputDigest } from '../../../src/engine/output.js';
import { scoreOf, submissionJson, submissionOf } from '../../../src/search/submission/submission.js';
import { gridOf } from '../../phases/subjects.js';

/** Grids are rows with one digit for each cell, `'12/30'`; all grids that occur have been stored. */
const kept = new Map<OutputDigest, Uint8Array>();

function digestOf(grid: string): OutputDigest {
  const output = encodeOutput(gridOf(grid));
  if (output === null) throw new Error(`${grid} is no grid`);
  const digest = digestOutput(output.bytes);
  kept.set(digest, output.bytes);
  return digest;
}

/** What a program gave for a sample: a grid, `'error'`, `'invalid'`, or `'skipped'`. */
function outcomeOf(gave: string, cost: number): Outcome {
  if (gave === 'skipped') return SKIPPED;
  if (gave === 'error') return { ...SKIPPED, status: 'error', cost, error: 'index: out of range' };
  const valid = gave !== 'invalid';
  return { ...SKIPPED, status: 'ok', cost, side: valid ? 1 : 0, output: digestOf(valid ? gave : '9') };
}

interface ProgramText {
  readonly demo?: number;
  readonly dScores?: readonly number[];
  readonly cost?: number;
  readonly body?: string;
  /** For each test input. */
  readonly tests: readonly string[];
}

/** A task of one demonstration and these tests; an expected output of `'?'` is hidden. */
function resultOf(expected: readonly string[], programs: readonly ProgramText[]): TaskResult {
  const sample = (kind: 'demo' | 'test', index: number, output: string): SampleResult => {
    return {
      kind,
      index,
      input: '' as SampleResult['input'],
      expected: output === '?' ? null : digestOf(output),
    };
  };
  const samples = [sample('demo', 0, '1'), ...expected.map((output, k) => sample('test', k, output))];
  return {
    task: 'task',
    largestSide: 30,
    samples,
    runs: runsOf(samples),
    programs: programs.map(({ demo = 0, dScores = [], cost = 1, body = 'b', tests }) => {
      const outcomes = [outcomeOf(demo > 0 ? '1' : '2', cost), ...tests.map((gave) => outcomeOf(gave, cost))];
      const known = expected.map((output, k) => (output === '?' ? null : tests[k] === output));
      const test = known.filter((match) => match === true).length;
      return {
        body,
        demo,
        test,
        dScores,
        cost,
        outcomes,
        matches: [demo > 0, ...known],
      } as unknown as ProgramResult;
    }),
  } as unknown as TaskResult;
}

/** The attempts for each test input, as grids; how many programs gave; correct or not. */
function submitted(result: TaskResult) {
  return submissionOf(result, () => kept)?.inputs.map(({ attempts, given, right }) => {
    return { attempts: attempts.map((rows) => rows.map((row) => row.join('')).join('/')), given, right };
  });
}

const attemptsFor = (...programs: ProgramText[]) => submitted(resultOf(['?'], programs))?.[0].attempts;

describe('the attempts for a test input', () => {
  it('are the grids of the two best programs', () => {
    expect(
      attemptsFor({ tests: ['3'] }, { demo: 1, tests: ['12/30'] }, { demo: 1, dScores: [5], tests: ['5'] }),
    ).toEqual(['5', '12/30']);
  });

  it('come from programs that differ on that input, whatever they do elsewhere', () => {
    const result = resultOf(
      ['?', '?'],
      [
        { demo: 1, cost: 1, tests: ['3', '5'] },
        { demo: 1, cost: 2, tests: ['3', '6'] },
        { demo: 1, cost: 3, tests: ['4', '5'] },
      ],
    );
    expect(submitted(result)?.map(({ attempts }) => attempts)).toEqual([
      ['3', '4'],
      ['5', '6'],
    ]);
  });

  it('pass over programs without a valid grid', () => {
    const programs = ['error', 'invalid', 'skipped', '7'].map((gave, cost) => ({
      demo: 1,
      cost,
      tests: [gave],
    }));
    expect(attemptsFor(...programs, { tests: ['8'] })).toEqual(['7', '8']);
  });

  it('are a blank grid where programs give none', () => {
    expect(submitted(resultOf(['?'], [{ demo: 1, tests: ['3'] }, { tests: ['3'] }]))).toEqual([
      { attempts: ['3', '0'], given: 1, right: null },
    ]);
    expect(submitted(resultOf(['?'], [{ tests: ['error'] }]))).toEqual([
      { attempts: ['0', '0'], given: 0, right: null },
    ]);
    expect(submitted(resultOf(['?'], []))).toEqual([{ attempts: ['0', '0'], given: 0, right: null }]);
  });

  it('are those of the cheaper of equal programs, then of the lesser body hash', () => {
    expect(
      attemptsFor({ cost: 9, tests: ['3'] }, { cost: 8, tests: ['4'] }, { cost: 7, tests: ['5'] }),
    ).toEqual(['5', '4']);
    expect(
      attemptsFor({ body: 'c', tests: ['3'] }, { body: 'a', tests: ['4'] }, { body: 'b', tests: ['5'] }),
    ).toEqual(['4', '5']);
  });

  it('do not depend on a known output', () => {
    const programs: ProgramText[] = [
      { demo: 1, cost: 1, tests: ['3'] },
      { demo: 1, cost: 2, tests: ['4'] },
      { demo: 1, cost: 3, tests: ['5'] },
    ];
    for (const expected of ['3', '4', '5', '6', '?']) {
      expect(submitted(resultOf([expected], programs))?.[0].attempts).toEqual(['3', '4']);
    }
  });

  it('cannot be told when a grid is gone from the store', () => {
    const result = resultOf(['?'], [{ tests: ['3'] }, { tests: ['77/77'] }]);
    const outputs = new Map(kept);
    expect(submissionOf(result, () => outputs)).not.toBeNull();
    outputs.delete(digestOf('77/77'));
    expect(submissionOf(result, () => outputs)).toBeNull();
  });
});

describe('an input is right', () => {
  const programs: ProgramText[] = [
    { demo: 1, cost: 1, tests: ['3'] },
    { demo: 1, cost: 2, tests: ['4'] },
    { demo: 1, cost: 3, tests: ['5'] },
  ];
  const right = (expected: string, ...given: ProgramText[]) =>
    submitted(resultOf([expected], given))?.[0].right;

  it('when one of the two attempts is', () => {
    expect(right('3', ...programs)).toBe(true);
    expect(right('4', ...programs)).toBe(true);
    expect(right('5', ...programs)).toBe(false);
  });

  it('by a blank grid, too, where a blank grid is submitted', () => {
    expect(right('0')).toBe(true);
    expect(right('0', programs[0])).toBe(true);
    expect(right('0', ...programs)).toBe(false);
  });

  it('or not known', () => {
    expect(right('?', ...programs)).toBeNull();
    const task = submissionOf(resultOf(['3', '?', '4'], [{ tests: ['3', '3', '3'] }]), () => kept);
    expect(task && scoreOf(task)).toEqual({ right: 1, known: 2 });
  });
});

describe('a submission as JSON', () => {
  it('maps ids to a list of two attempts per test input, in the order of the tasks', () => {
    const inputs = submissionOf(resultOf(['?', '?'], [{ tests: ['12/30', '4'] }]), () => kept)?.inputs ?? [];
    const text = submissionJson(['b', '11111111', '__proto__'].map((task) => ({ task, inputs })));
    const list = [
      {
        attempt_1: [
          [1, 2],
          [3, 0],
        ],
        attempt_2: [[0]],
      },
      { attempt_1: [[4]], attempt_2: [[0]] },
    ];
    expect(Object.entries(JSON.parse(text))).toEqual(
      expect.arrayContaining(['b', '11111111', '__proto__'].map((task) => [task, list])),
    );
    expect(text.match(/^".*?"(?=:)/gm)).toEqual(['"b"', '"11111111"', '"__proto__"']);
  });

  it('of no task is an empty object', () => {
    expect(JSON.parse(submissionJson([]))).toEqual({});
  });
});
