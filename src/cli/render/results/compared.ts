/** The differences between the results of two runs, as text and as JSON. */
import {
  CHANGE_KINDS,
  type ChangeKind,
  changeKind,
  type SolverChange,
  type TaskChange,
} from '../../../build/compare/standing.js';
import { count, plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import { type ComparedResults, sideName } from '../../queries/compared-results.js';
import { type TableCell, tableLines } from '../columns.js';
import type { Format, Style } from '../style.js';

/** At most this many solvers of a task are named; the others are only counted. */
const MOST_SOLVERS = 4;

const FORMATS = {
  ...{ lost: 'red', worse: 'red', gone: 'yellow', solved: 'green', better: 'green' },
  ...{ new: 'cyan', changed: 'dim' },
} as const satisfies Record<ChangeKind, Format>;

export function comparedLines(compared: ComparedResults, style: Style): string[] {
  const { before, after, tasks } = compared;
  const kinds = tasks.map((change) => ({ change, kind: changeKind(change) }));
  const counts = CHANGE_KINDS.flatMap((name) => {
    const found = kinds.filter(({ kind }) => kind === name).length;
    return found === 0 ? [] : [style.apply(FORMATS[name], `${count(found)} ${name}`)];
  });
  const head = `${style.apply('bold', `${printable(sideName(before))} -> ${printable(sideName(after))}`)}: `;
  if (tasks.length === 0) return [`${head}nothing differs`];
  const rows = CHANGE_KINDS.flatMap((name) =>
    kinds
      .filter(({ kind }) => kind === name)
      .map(({ change }) => row(change, { text: name, format: FORMATS[name] })),
  );
  return [`${head}${counts.join(', ')}`, ...tableLines(rows, ['left', 'left', 'left', 'left'], style)];
}

export function comparedObject(compared: ComparedResults): object {
  const { before, after, solved, lost, up, down, tasks } = compared;
  return { before, after, solved, lost, up, down, tasks };
}

function row({ task, samples, before, after, solvers }: TaskChange, kind: TableCell): TableCell[] {
  const [was, is] = [before?.score ?? 0, after?.score ?? 0];
  const scores = was === is ? String(is) : `${was} -> ${is}`;
  const best = after === null ? 'the task is gone' : `best ${scores} of ${plural(samples, 'sample')}`;
  return [kind, printable(task), best, solversText(solvers)];
}

function solversText(solvers: readonly SolverChange[]): string {
  const named = solvers.slice(0, MOST_SOLVERS).map(solverText);
  const rest = solvers.length - named.length;
  return (rest > 0 ? [...named, `${count(rest)} more`] : named).join(', ');
}

function solverText({ name, before, after }: SolverChange): string {
  const shown = printable(name);
  if (after === null) return `${shown} gone`;
  if (before === null) return `${shown} new, ${after}`;
  return before === after ? `${shown} edited, ${after} as before` : `${shown} ${before} -> ${after}`;
}
