/** Evaluating on workers: all outcomes are right, whatever happens to the workers. */
import { describe, expect, it } from 'vitest';
import { runPhases } from '../../../src/build/run/run-phases.js';
import { PhaseCounters } from '../../../src/build/session/phase-counters.js';
import { CellTimes } from '../../../src/distribution/cell-times.js';
import { demonstrationsOf } from '../../../src/engine/batch.js';
import type { Outcome } from '../../../src/engine/outcome.js';
import { evaluatePlainly } from '../../../src/engine/plain.js';
import { decodeProgram } from '../../../src/lang/program/program.js';
import type { AnyPhase } from '../../../src/phases/phase.js';
import type { Cell, TaskSubject } from '../../../src/phases/subject/task-subject.js';
import { type ValidateContext, validate } from '../../../src/phases/validate.js';
import { Store } from '../../../src/store/store.js';
import { candidatesOf, gridOf, nameOf, subjectOf, type TaskText } from '../../phases/subjects.js';
import { temporaryFolder } from '../rig.js';
import { EvaluatorRig, MARK } from './evaluator-rig.js';

const BUDGET = { cost: 100_000, cells: 100_000 };

const TASK: TaskText = { train: ['12/34 -> 21', '56 -> 65'], test: ['78 -> ?'] };

/** The solver `solve_NAME(I)` that returns the expression. */
const solver = (name: string, text: string) => `def solve_${name}(S, I, C):\n    return ${text}\n`;

/** A program that is harmless unless a worker reads its mark. */
const marked = (name: string, mark: number) => solver(name, `astuple(hmirror(I), ${mark})`);

const GOOD = [
  solver('turn', 'rot90(I)'),
  solver('error', 'divide(ONE, ZERO)'),
  solver('number', 'size(S)'),
  solver('over', 'upscale(I, multiply(1000, 1000))'),
  solver('demo', 'last(first(S))'),
];

function subjectWith(sources: readonly string[], task = TASK): TaskSubject {
  return subjectOf(task, candidatesOf(sources.join('\n')));
}

/** The plain evaluator's outcome of a cell. */
function plainOutcome(subject: TaskSubject, { program, sample }: Cell): Outcome {
  const inputs = subject.samples.map((named) => named.sample.input);
  const demonstrations = subject.task.train.map(({ input, output }) => ({
    input,
    output: output ?? gridOf('0'),
  }));
  const environment = { I: inputs[sample], S: demonstrationsOf({ inputs, demonstrations }), C: null };
  return evaluatePlainly(decodeProgram(program.program), environment, BUDGET, () => {});
}

/** Outcomes by program and sample; the right ones are `'right'`. */
function judged(
  subject: TaskSubject,
  cells: readonly Cell[],
  outcomes: readonly Outcome[],
): Map<string, unknown> {
  return new Map(
    cells.map((cell, k) => {
      const right = JSON.stringify(outcomes[k]) === JSON.stringify(plainOutcome(subject, cell));
      return [
        `${nameOf(subject, cell.program).replace('solve_', '')} ${cell.sample}`,
        right ? 'right' : outcomes[k],
      ];
    }),
  );
}

/** Evaluates all cells of the subject in one batch. */
async function evaluated(rig: EvaluatorRig, subject: TaskSubject) {
  const cells = validate.steps(subject);
  const answer = rig.evaluator.evaluate(subject, cells);
  const { outputs, blobs, micros } = await rig.whileStuckTimePasses(answer);
  return { outcomes: outputs, blobs, micros, judged: judged(subject, cells, outputs) };
}

/** All cells right except those of the named programs. */
function allRightBut(subject: TaskSubject, wrong: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const names = validate
    .steps(subject)
    .map(({ program, sample }) => [nameOf(subject, program).replace('solve_', ''), sample] as const);
  return new Map(names.map(([name, sample]) => [`${name} ${sample}`, wrong[name] ?? 'right']));
}

describe('an evaluation on workers', () => {
  it('gives every cell the outcome of the plain evaluator, and the bytes that it names', async () => {
    const rig = new EvaluatorRig();
    const subject = subjectWith(GOOD);
    const { judged: found, outcomes, blobs, micros } = await evaluated(rig, subject);
    expect(found).toEqual(allRightBut(subject, {}));
    for (const { output } of outcomes) expect(output === '' || blobs.has(output)).toBe(true);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(
      new Set(['ok', 'error', 'not-a-grid', 'over-budget']),
    );
    expect(micros).toHaveLength(outcomes.length);
    expect(micros.every((one) => Number.isSafeInteger(one) && one >= 0)).toBe(true);
    expect(rig.events).toEqual([]);
  });

  it.each([
    ['gets stuck', MARK.stuck, 'timeout', /no progress/],
    ['ends its process', MARK.exit, 'crashed', /exited with code 3/],
    ['runs out of memory', MARK.memory, 'crashed', /memory limit/],
  ])(
    'isolates the program at which a worker %s; all others get their right outcomes',
    async (_what, mark, status, detail) => {
      const rig = new EvaluatorRig();
      const sources = [...GOOD.slice(0, 2), marked('bad', mark), ...GOOD.slice(2)];
      const subject = subjectWith(sources);
      const lost = {
        status,
        cost: 0,
        side: 0,
        output: '',
        error: expect.stringMatching(detail),
        node: -1,
      };
      const { judged: found, outcomes, blobs } = await evaluated(rig, subject);
      expect(found).toEqual(allRightBut(subject, { bad: lost }));
      for (const { output } of outcomes) expect(output === '' || blobs.has(output)).toBe(true);
      // Each of its three cells kills two workers: with the others, and alone.
      expect(rig.losses).toEqual(new Array(6).fill(status));
    },
  );

  it('isolates several guilty programs of one batch, of different guilt', async () => {
    const rig = new EvaluatorRig();
    const subject = subjectWith([
      marked('first', MARK.exit),
      ...GOOD,
      marked('stuck', MARK.stuck),
      marked('last', MARK.exit),
    ]);
    const { judged: found } = await evaluated(rig, subject);
    const crashed = expect.objectContaining({ status: 'crashed' });
    const timeout = expect.objectContaining({ status: 'timeout' });
    expect(found).toEqual(allRightBut(subject, { first: crashed, stuck: timeout, last: crashed }));
  });

  it('gives a cell that is harmless alone its right outcome', async () => {
    const rig = new EvaluatorRig();
    const subject = subjectWith([...GOOD, marked('bad', MARK.exitInCompany)]);
    const { judged: found } = await evaluated(rig, subject);
    expect(found).toEqual(allRightBut(subject, {}));
    expect(rig.losses).toEqual(['crashed', 'crashed', 'crashed']);
  });

  it('gives every guilty cell its own outcome when all are guilty', async () => {
    const rig = new EvaluatorRig();
    const subject = subjectWith([
      marked('bad', MARK.exit),
      marked('worse', MARK.exit).replace('hmirror', 'vmirror'),
    ]);
    const { outcomes } = await evaluated(rig, subject);
    expect(outcomes.map(({ status }) => status)).toEqual(new Array(6).fill('crashed'));
  });

  it('raises what a worker throws: that is a bug of ours', async () => {
    const rig = new EvaluatorRig();
    const subject = subjectWith([marked('bad', MARK.throws)]);
    await expect(rig.evaluator.evaluate(subject, validate.steps(subject))).rejects.toThrow(
      'the worker broke',
    );
  });

  it('does not let the batches of others suffer', async () => {
    const rig = new EvaluatorRig({ jobs: 2 });
    const subjects = Array.from({ length: 12 }, (_, k) => {
      const bad = k % 3 === 0 ? [marked('bad', MARK.exit)] : [];
      return subjectWith([...GOOD, ...bad], { ...TASK, id: `task${k}` });
    });
    const all = await Promise.all(subjects.map((subject) => evaluated(rig, subject)));
    const crashed = expect.objectContaining({ status: 'crashed' });
    all.forEach(({ judged: found }, k) => {
      expect(found).toEqual(allRightBut(subjects[k], { bad: crashed }));
    });
  });

  it('settles as interrupted when it is aborted, and so does what comes later', async () => {
    const rig = new EvaluatorRig();
    const subject = subjectWith([...GOOD, marked('bad', MARK.stuck)]);
    const cells = validate.steps(subject);
    const running = rig.evaluator.evaluate(subject, cells);
    const waiting = rig.evaluator.evaluate(subject, cells);
    rig.evaluator.abort();
    for (const answer of [running, waiting, rig.evaluator.evaluate(subject, cells)]) {
      const { outputs } = await answer;
      expect(outputs.map(({ status }) => status)).toEqual(cells.map(() => 'crashed'));
    }
    expect(rig.losses).toEqual([]);
  });
});

describe('one worker', () => {
  it('answers 500 batches of 40 samples each', async () => {
    const rig = new EvaluatorRig({ jobs: 1 });
    const inputs = Array.from({ length: 40 }, (_, k) => `${k % 10}${Math.floor(k / 10)}`);
    const task = { train: [`${inputs[0]} -> 1`], test: inputs.slice(1).map((input) => `${input} -> ?`) };
    const subjects = Array.from({ length: 500 }, (_, k) =>
      subjectWith([solver('a', `canvas(${k % 10}, shape(I))`), solver('b', 'vmirror(I)')], {
        ...task,
        id: `task${k}`,
      }),
    );
    const all = await Promise.all(
      subjects.map((subject) => rig.evaluator.evaluate(subject, validate.steps(subject))),
    );
    expect(rig.pool.stats).toMatchObject({ answered: 500, lost: 0, starts: 1 });
    expect(rig.begunByWorkers).toBe(500 * 40 * 2);
    expect(rig.evaluator.cellsRun).toBe(500 * 40 * 2);
    for (const k of [0, 250, 499]) {
      const cells = validate.steps(subjects[k]);
      expect(judged(subjects[k], cells, all[k].outputs)).toEqual(allRightBut(subjects[k], {}));
    }
    expect(all.flatMap(({ outputs }) => outputs).every(({ status }) => status === 'ok')).toBe(true);
  });
});

describe('the main thread', () => {
  it('evaluates a handful of cells itself, and starts no worker for them', async () => {
    const rig = new EvaluatorRig({ mainThreadCells: 20 });
    const subject = subjectWith(GOOD);
    const { judged: found } = await evaluated(rig, subject);
    expect(found).toEqual(allRightBut(subject, {}));
    expect(rig.pool.stats.starts).toBe(0);
    // 15 of 20 are used up, so the next 15 are too many.
    const { judged: second } = await evaluated(rig, subject);
    expect(second).toEqual(found);
    expect(rig.begunByWorkers).toBe(15);
    // Once there is a worker, even a small batch goes to it.
    const one = subjectWith([solver('turn', 'rot90(I)')]);
    expect((await evaluated(rig, one)).judged).toEqual(allRightBut(one, {}));
    expect(rig.begunByWorkers).toBe(18);
  });
});

describe('outcomes of cells that a worker was lost at', () => {
  it('are given to the build, and not to the next one', async () => {
    const store = Store.open(temporaryFolder());
    const sources = [...GOOD, marked('bad', MARK.exit)];

    async function build(): Promise<{ outcomes: string[]; begun: number }> {
      const rig = new EvaluatorRig();
      const subject = subjectWith(sources);
      const context: ValidateContext = {
        budget: BUDGET,
        evaluate: (given, cells) => rig.evaluator.evaluate(given, cells),
      };
      const run = {
        store,
        id: 1,
        counters: new PhaseCounters(performance),
        clock: performance,
        emit: () => {},
        force: false,
        dryRun: false,
        signal: new AbortController().signal,
      };
      const phases = [validate] as readonly unknown[] as readonly AnyPhase<TaskSubject, ValidateContext>[];
      await runPhases(subject, 'task', phases, context, run);
      const outcomes = subject.programs.flatMap((program) => program.outcomes.map(({ status }) => status));
      return { outcomes, begun: rig.evaluator.cellsRun };
    }

    const first = await build();
    expect(first.begun).toBe(18);
    expect(first.outcomes.slice(-3)).toEqual(['crashed', 'crashed', 'crashed']);
    expect(store.actions.counts().get('validate')).toBe(15);
    const second = await build();
    expect(second).toEqual({ outcomes: first.outcomes, begun: 3 });
    store.close();
  });
});

describe('differs on workers', () => {
  const [plain, bad] = [
    candidatesOf('def differ(S, I, C):\n    return astuple(mostcolor(I), ONE)\n')[0].program,
    (mark: number) =>
      candidatesOf(`def differ(S, I, C):\n    return astuple(mostcolor(C), ${mark})\n`)[0].program,
  ];
  const pairs = ['1', '2', '9', '4'].map((grid) => ({ grid: gridOf(grid), reference: gridOf('5') }));

  it('score as they do in the main thread', async () => {
    const subject = subjectWith(GOOD);
    const [onWorkers, here] = [0, 100].map((mainThreadCells) => new EvaluatorRig({ mainThreadCells }));
    const differs = [plain, bad(1)];
    const { scores, costs, lost } = await onWorkers.evaluator.differ(subject, differs, pairs);
    const there = await here.evaluator.differ(subject, differs, pairs);
    expect([...scores]).toEqual([1, 5, 2, 5, 9, 5, 4, 5]);
    expect([...there.scores]).toEqual([...scores]);
    expect([...there.costs]).toEqual([...costs]);
    expect([lost.size, there.lost.size]).toEqual([0, 0]);
    expect([onWorkers.begunByWorkers > 0, here.begunByWorkers]).toEqual([true, 0]);
  });

  it.each([
    ['gets stuck', MARK.stuck],
    ['ends its process', MARK.exit],
    ['runs out of memory', MARK.memory],
  ])('lose the pair at which a worker %s, and no other', async (_what, mark) => {
    const rig = new EvaluatorRig();
    const subject = subjectWith(GOOD);
    const answer = rig.evaluator.differ(subject, [plain, bad(mark)], pairs);
    const { scores, lost } = await rig.whileStuckTimePasses(answer);
    expect([...scores]).toEqual([1, 5, 2, 5, -1, -1, 4, 5]);
    expect([...lost]).toEqual([2]);
    expect(rig.losses).toHaveLength(1);
  });
});

describe('where other machines take part', () => {
  it.each([
    [0, 1],
    [0.15, 3],
    [60, 5],
  ])('cells that take %d s each are %d requests, with the outcomes of one', async (seconds, requests) => {
    const subject = subjectWith(GOOD);
    const rig = new EvaluatorRig({ times: new CellTimes(() => ({ cells: 1, micros: seconds * 1e6 })) });
    const { judged } = await evaluated(rig, subject);
    expect(judged).toEqual(allRightBut(subject, {}));
    expect(rig.pool.stats.answered).toBe(requests);
  });
});
