/**
 * Stop rules: which cells of a task need not run, and which cells run first so that a task ends early. A program that
 * matches all demonstrations has the same results under any rule: all of its cells run.
 */
import type { Outcome } from '../../engine/outcome.js';
import type { OutputDigest } from '../../engine/output.js';
import { DEMO } from '../../task/task.js';
import type { Cell, StopRule, TaskProgram, TaskSubject } from './task-subject.js';

/** Number of programs that run before each check whether one of them solved the task. */
const ROUND_PROGRAMS = 64;

/** By sample: the output that a program must give in order to continue; null if the rule requires none. */
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
 * The cells that are needed and have no outcome yet, round by round. Cells of one sample are adjacent, with programs
 * in the order of the subject, as the evaluation requires.
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

/** Demonstrations first; among them, those that more programs failed first. */
function bySample(cells: readonly Cell[], { samples }: TaskSubject, { power }: StopRule): Cell[] {
  const order = samples.map((_, sample) => sample);
  const isTest = (sample: number) => Number(samples[sample].kind !== DEMO);
  order.sort((a, b) => isTest(a) - isTest(b) || (isTest(a) ? 0 : power[b] - power[a]) || a - b);
  const positions = new Map(order.map((sample, position) => [sample, position]));
  const positionOf = ({ sample }: Cell) => positions.get(sample) as number;
  return [...cells].sort((a, b) => positionOf(a) - positionOf(b));
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

/** Infinities count as equal. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
