/** Evaluating with a stop rule, on workers and on the main thread. */
import { expect, it } from 'vitest';
import type { StopRule } from '../../../src/phases/subject/task-subject.js';
import { validate } from '../../../src/phases/validate.js';
import { candidatesOf, nameOf, subjectOf } from '../../phases/subjects.js';
import { EvaluatorRig, MARK } from './evaluator-rig.js';

const EARLY: StopRule = {
  earlyStop: true,
  untilSolved: false,
  power: [0, 0, 0],
  rankOf: () => 0,
};

const TASK = { train: ['12 -> 21', '34 -> 43'], test: ['56 -> ?'] };

const solver = (name: string, text: string) => `def ${name}(I):\n    return ${text}\n`;

function subjectWith(...sources: readonly string[]) {
  const subject = subjectOf(TASK, candidatesOf(sources.join('\n')));
  subject.stopRule = EARLY;
  return subject;
}

/** The statuses of all cells, by program; and the number of cells that count as run. */
async function evaluate(rig: EvaluatorRig, subject: ReturnType<typeof subjectWith>) {
  const cells = validate.steps(subject);
  const { outputs, micros } = await rig.evaluator.evaluate(subject, cells);
  const statuses: Record<string, string[]> = {};
  cells.forEach(({ program }, k) => {
    const name = nameOf(subject, program);
    statuses[name] = [...(statuses[name] ?? []), outputs[k].status];
    if (outputs[k].status === 'skipped') expect(micros[k]).toBe(0);
  });
  return { statuses, cellsRun: rig.evaluator.cellsRun };
}

it.each([
  ['on a worker', 0],
  ['in the main thread', 100],
])('skips what comes after a failed demonstration, %s', async (_where, mainThreadCells) => {
  const rig = new EvaluatorRig({ mainThreadCells });
  const subject = subjectWith(
    solver('right', 'vmirror(I)'),
    solver('wrong', 'I'),
    solver('failing', 'first(ofcolor(I, 4))'),
  );
  expect(await evaluate(rig, subject)).toEqual({
    statuses: {
      right: ['ok', 'ok', 'ok'],
      wrong: ['ok', 'skipped', 'skipped'],
      failing: ['error', 'skipped', 'skipped'],
    },
    cellsRun: 5,
  });
});

it('skips what comes after a demonstration at which a worker was lost', async () => {
  const rig = new EvaluatorRig();
  const subject = subjectWith(
    solver('right', 'vmirror(I)'),
    solver('wrong', 'I'),
    solver('deadly', `astuple(I, ${MARK.exit})`),
  );
  expect(await evaluate(rig, subject)).toEqual({
    statuses: {
      right: ['ok', 'ok', 'ok'],
      wrong: ['ok', 'skipped', 'skipped'],
      deadly: ['crashed', 'skipped', 'skipped'],
    },
    cellsRun: 5,
  });
  // Three cells until the worker died, one alone, and four of the programs that may continue.
  expect(rig.begunByWorkers).toBe(8);
});
