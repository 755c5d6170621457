/**
 * When the evaluation of a task may end before all of its cells have run, and what runs first so that it ends soon. What
 * a program that matches all demonstrations comes to is the same with any rule: all of its cells run.
 */
import type { Outcome } from '../../engine/outcome.js';
import type { OutputDigest } from '../../engine/output.js';
import { DEMO } from '../../task/task.js';
import type { Cell, StopRule, TaskProgram, TaskSubject } from './task-subject.js';

/** Programs that run before it is looked whether one of them solved the task. */
const ROUND_PROGRAMS = 64;

/** Per sample: what a program must give to run on, where the rule asks for anything. */
export function requiredOutputs({
  samples,
  expected,
  stopRule,
}: TaskSubject): (OutputDigest | null)[] | undefined {
  if (!stopRule?.earlyStop) return undefined;
  return samples.map(({ kind }, k) => (kind === DEMO ? expected[k] : null));
}

/** The programs that are known to fail a demonstration. */
export function failedPrograms(
  subject: TaskSubject,
  cells: readonly Cell[],
  outcomes: readonly (Outcome | undefined)[],
): Set<TaskProgram> {
  const failed = new Set<TaskProgram>();
  cells.forEach(({ program, sample }, k) => {
    const outcome = outcomes[k];
    if (outcome === undefined || subject.samples[sample].kind !== DEMO) return;
    if (outcome.output !== subject.expected[sample]) failed.add(program);
  });
  return failed;
}

/**
 * The cells that have no outcome yet and are needed, round by round. Cells of one sample stand together, programs in the
 * order of the subject, as the evaluation wants them.
 */
export function* neededCells(
  subject: TaskSubject,
  rule: StopRule,
  cells: readonly Cell[],
  outcomes: readonly (Outcome | undefined)[],
): Generator<Cell[]> {
  const missing = bySample(
    cells.filter((_, k) => outcomes[k] === undefined),
    subject,
    rule,
  );
  const failed = rule.earlyStop ? failedPrograms(subject, cells, outcomes) : new Set();
  let left = missing.filter(({ program }) => !failed.has(program));
  if (!rule.untilSolved) {
    if (left.length > 0) yield left;
    return;
  }
  for (;;) {
    const solvers = solversIn(subject, cells, outcomes);
    const next = solvers.size > 0 ? solvers : mostPromising(left, rule);
    const round = left.filter(({ program }) => next.has(program));
    if (round.length > 0) yield round;
    if (solvers.size > 0 || round.length === 0) return;
    left = left.filter(({ program }) => !next.has(program));
  }
}

/** Demonstrations first, those before others that more programs failed. */
function bySample(cells: readonly Cell[], { samples }: TaskSubject, { power }: StopRule): Cell[] {
  const order = samples.map((_, sample) => sample);
  const isTest = (sample: number) => Number(samples[sample].kind !== DEMO);
  order.sort((a, b) => isTest(a) - isTest(b) || (isTest(a) ? 0 : power[b] - power[a]) || a - b);
  const places = new Map(order.map((sample, place) => [sample, place]));
  const placeOf = ({ sample }: Cell) => places.get(sample) as number;
  return [...cells].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The programs that are known to match all demonstrations. */
function solversIn(
  subject: TaskSubject,
  cells: readonly Cell[],
  outcomes: readonly (Outcome | undefined)[],
): Set<TaskProgram> {
  const solvers = new Set(subject.programs);
  cells.forEach(({ program, sample }, k) => {
    const { samples, expected } = subject;
    if (samples[sample].kind === DEMO && outcomes[k]?.output !== expected[sample]) solvers.delete(program);
  });
  return solvers;
}

function mostPromising(cells: readonly Cell[], { rankOf }: StopRule): Set<TaskProgram> {
  const programs = [...new Set(cells.map(({ program }) => program))];
  const ranks = new Map(programs.map((program) => [program, rankOf(program.body)]));
  programs.sort((a, b) => compare(ranks.get(a) as number, ranks.get(b) as number));
  return new Set(programs.slice(0, ROUND_PROGRAMS));
}

/** Infinities are equal. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
