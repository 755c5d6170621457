/** The recorded result of a task: encoding, decoding and verdicts. */

import { describe, expect, it } from 'vitest';
import { decoded } from '../../../bench/reliability/decoded.js';
import {
  behaviourCount,
  type ProgramResult,
  resultOf,
  runsOf,
  type SampleResult,
  type TaskResult,
  verdictOf,
} from '../../../src/build/record/task-result.js';
import {
  decodeTaskResult,
  encodeTaskResult,
  readTaskResult,
} from '../../../src/build/record/task-result-codec.js';
import type { OutputDigest } from '../../../src/engine/output.js';
import { factsOf } from '../../../src/lang/program/facts.js';
import { decodeProgram } from '../../../src/lang/program/program.js';
import { DifferSet } from '../../../src/phases/subject/differ.js';
import type { DifferScore } from '../../../src/phases/subject/task-subject.js';
import { candidatesOf, failed, returned, subjectOf } from '../../phases/subjects.js';

const differs = new DifferSet(
  candidatesOf(
    'def differ_a(S, I, C):\n    return astuple(size(S), ONE)\n\ndef differ_b(S, I, C):\n    return astuple(ONE, ONE)\n',
    'differs.py',
  ).map(({ file, name, line, body, program }) => {
    return { file, name, line, body, program, text: '', facts: factsOf(decodeProgram(program)) };
  }),
);

/** Three programs, one of them twice, on a task with a hidden output. */
function someResult(): TaskResult {
  const solvers = [
    ...candidatesOf(
      'def solve_a(I):\n    return hmirror(I)\n\ndef solve_b(I):\n    return vmirror(I)\n',
      'one.py',
    ),
    ...candidatesOf(
      'def solve_c(I):\n    x = I\n    return hmirror(x)\n\ndef solve_d(I):\n    return I\n',
      'two.py',
    ),
  ];
  const subject = subjectOf({ train: ['12 -> 21', '3 -> 3'], test: ['56 -> ?'] }, solvers);
  const scored = (dScore: number, failures: number): DifferScore => ({ dScore, worstCost: 9, failures });
  const [a, b, d] = subject.programs;
  a.outcomes = [returned('12', 4), returned('3', 5), returned('56', 6)];
  a.score = {
    matches: [false, true, null],
    demo: 1,
    test: 0,
    further: 0,
    differs: [scored(10, 1), scored(20, 0)],
  };
  b.outcomes = [returned('21'), returned('3'), returned('65')];
  b.score = {
    matches: [true, true, null],
    demo: 2,
    test: 0,
    further: 0,
    differs: [scored(30, 0), scored(40, 2)],
  };
  d.outcomes = [
    failed('error', 'index: text \u00e4', 3),
    failed('over-budget', 'budget: text'),
    failed('timeout'),
  ];
  d.score = {
    matches: [false, false, null],
    demo: 0,
    test: 0,
    further: 0,
    differs: [scored(0, 0), scored(0, 0)],
  };
  subject.sScores = [40, 60];
  return resultOf(subject, differs);
}

/** Compares bytes by content, whatever buffers they are views of. */
const plain = (result: TaskResult) => ({
  ...decoded(result),
  candidates: result.candidates.map((candidate) => ({ ...candidate, lines: [...candidate.lines] })),
});

describe('a task\u2019s result', () => {
  const result = someResult();

  it('has the candidates with their programs, ranks and behaviours', () => {
    expect(result.candidates.map(({ file, name, program }) => [file, name, program])).toEqual([
      ['one.py', 'solve_a', 0],
      ['one.py', 'solve_b', 1],
      ['two.py', 'solve_c', 0],
      ['two.py', 'solve_d', 2],
    ]);
    expect(
      result.programs.map(({ rank, behaviour, demo, dScores }) => [rank, behaviour, demo, dScores]),
    ).toEqual([
      [2, 2, 1, [10, 20]],
      [1, 1, 2, [30, 40]],
      [3, 3, 0, [0, 0]],
    ]);
    expect(behaviourCount(result)).toBe(3);
    expect([...result.samples].map(({ kind, index, expected }) => [kind, index, expected === null])).toEqual([
      ['demo', 0, false],
      ['demo', 1, false],
      ['test', 0, true],
    ]);
  });

  it('has the differs with their s_scores and failures', () => {
    expect(result.differs.map(({ sScore, failures }) => [sScore, failures])).toEqual([
      [40, 1],
      [60, 2],
    ]);
  });

  it('is decoded as it was encoded', () => {
    expect(plain(decodeTaskResult(encodeTaskResult(result)))).toEqual(plain(result));
  });

  it('without candidates, differs or programs is decoded as it was encoded', () => {
    const empty = resultOf(subjectOf({ train: ['1 -> 1'], test: ['1 -> ?'] }, []), new DifferSet([]));
    expect(plain(decodeTaskResult(encodeTaskResult(empty)))).toEqual(plain(empty));
    expect(behaviourCount(empty)).toBe(0);
    expect(verdictOf(empty)).toBe('unsolved');
  });

  it('is none where the bytes are absent, cut off or damaged, or is another one', () => {
    const bytes = encodeTaskResult(result);
    expect(readTaskResult(null)).toBeNull();
    expect(readTaskResult(bytes)).not.toBeNull();
    for (let length = 0; length < bytes.length; length++) {
      expect(readTaskResult(bytes.subarray(0, length))).toBeNull();
    }
    for (let at = 0; at < bytes.length; at++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const damaged = Uint8Array.from(bytes);
        damaged[at] ^= change;
        // Any result is fine, but no exception.
        const read = readTaskResult(damaged);
        if (read !== null)
          for (const { matches } of decoded(read).programs) expect(matches).not.toContain(undefined);
      }
    }
  });
});

describe('a task is', () => {
  /** The verdict on programs with these matches; where all have null, the expected output is hidden. */
  function verdict(...programs: (boolean | null)[][]) {
    const results = programs.map((matches) => {
      const demo = matches.filter((match) => match === true).length;
      return { matches, demo, test: 0, further: 0 } as Partial<ProgramResult> as ProgramResult;
    });
    const samples = (programs[0] ?? []).map((_, k): Pick<SampleResult, 'kind' | 'expected'> => {
      const hidden = programs.every((matches) => matches[k] === null);
      return { kind: 'demo', expected: hidden ? null : ('known' as OutputDigest) };
    });
    return verdictOf({ programs: results, runs: runsOf(samples) });
  }

  it('solved when a program matches every sample whose output is known', () => {
    expect(verdict([true, true])).toBe('solved');
    expect(verdict([true, null])).toBe('solved');
    expect(verdict([false, false, null], [true, true, null])).toBe('solved');
  });

  it('partly solved when a program matches some sample', () => {
    expect(verdict([true, false])).toBe('partly');
    expect(verdict([false, false, null], [false, true, null])).toBe('partly');
    // Two programs with half of the matches each do not solve it.
    expect(verdict([true, false], [false, true])).toBe('partly');
  });

  it('unsolved when nothing matches, or nothing is known', () => {
    expect(verdict()).toBe('unsolved');
    expect(verdict([false, false])).toBe('unsolved');
    expect(verdict([null, null])).toBe('unsolved');
  });
});
