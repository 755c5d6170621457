/** A submission and its score, as text and as JSON. */

import { type SubmissionScore, scoreOf, type TaskSubmission } from '../../../search/submission/submission.js';
import { count, plural } from '../../../text/amounts.js';
import { jsonText } from '../../../text/json-text.js';
import { printable } from '../../../text/printable.js';
import { type TableCell, tableLines } from '../columns.js';
import type { Style } from '../style.js';

export interface HowSubmitted {
  /** As shown to the user. */
  readonly file: string;
  /** Whether the attempts are compared with known outputs. */
  readonly score: boolean;
}

/** Number of test inputs by the number of attempts that programs gave for them. */
interface Attempts {
  readonly two: number;
  readonly one: number;
  readonly none: number;
}

interface TotalScore extends SubmissionScore {
  /** Tasks with all known test outputs matched, out of the tasks that have any. */
  readonly tasksRight: number;
  readonly tasksKnown: number;
}

/** With a score: a row for each task, and the total. The written file comes last. */
export function submissionLines(tasks: readonly TaskSubmission[], how: HowSubmitted, style: Style): string[] {
  const { two, one, none } = attemptsOf(tasks);
  const given = `two attempts for ${count(two)}, one for ${count(one)}, none for ${count(none)}`;
  const inputs = plural(two + one + none, 'test input');
  const what = `wrote ${style.apply('bold', printable(how.file))}: ${plural(tasks.length, 'task')}, ${inputs}; ${given}`;
  return how.score ? [...scoreLines(tasks, style), '', what] : [what];
}

function scoreLines(tasks: readonly TaskSubmission[], style: Style): string[] {
  const head = ['task', 'right'].map((text): TableCell => ({ text, format: 'dim' }));
  const rows = tasks.map((task): TableCell[] => [task.task, scoreCell(scoreOf(task))]);
  const { right, known, tasksRight, tasksKnown } = totalOf(tasks);
  const total = `${count(right)} of ${plural(known, 'known test output')}, ${count(tasksRight)} of ${plural(tasksKnown, 'task')}`;
  return [
    ...tableLines([head, ...rows], ['left', 'right'], style),
    '',
    `right: ${style.apply('bold', total)}`,
  ];
}

function scoreCell({ right, known }: SubmissionScore): TableCell {
  if (known === 0) return { text: 'hidden', format: 'dim' };
  const text = `${right}/${known}`;
  return { text, format: right === known ? 'green' : right > 0 ? 'yellow' : 'red' };
}

/** One object for each task, and a summary as the last line. */
export function submissionObjects(tasks: readonly TaskSubmission[], { file, score }: HowSubmitted): string[] {
  const lines = tasks.map((task) => {
    const attempts = task.inputs.map(({ given }) => given);
    return { type: 'task', task: task.task, attempts, ...(score ? scoreOf(task) : {}) };
  });
  const attempts = attemptsOf(tasks);
  const inputs = attempts.two + attempts.one + attempts.none;
  const summary = { type: 'submission', file, tasks: tasks.length, inputs, attempts };
  return [...lines, { ...summary, score: score ? totalOf(tasks) : null }].map(jsonText);
}

function attemptsOf(tasks: readonly TaskSubmission[]): Attempts {
  const given = tasks.flatMap(({ inputs }) => inputs.map((input) => input.given));
  const inputsWith = (attempts: number) => given.filter((one) => one === attempts).length;
  return { two: inputsWith(2), one: inputsWith(1), none: inputsWith(0) };
}

function totalOf(tasks: readonly TaskSubmission[]): TotalScore {
  const scores = tasks.map(scoreOf);
  const sum = (field: keyof SubmissionScore) => scores.reduce((total, score) => total + score[field], 0);
  const known = scores.filter((score) => score.known > 0);
  const tasksRight = known.filter((score) => score.right === score.known).length;
  return { right: sum('right'), known: sum('known'), tasksRight, tasksKnown: known.length };
}
