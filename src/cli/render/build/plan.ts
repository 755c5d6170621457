/** The result of a dry run: the steps that a build would run, as far as they are known without running any. */
import type { BuildEvent } from '../../../observe/event.js';
import { count, plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import { type TableCell, tableLines } from '../columns.js';
import type { Style } from '../style.js';

/** Steps of one phase and subject that are not in the store. */
export type PlannedSteps = Pick<Extract<BuildEvent, { type: 'looked-up' }>, 'phase' | 'subject' | 'misses'>;

/** At most this many files and tasks are listed; the others are only counted. */
const MOST_ROWS = 20;

export function planLines(steps: readonly PlannedSteps[], style: Style): string[] {
  if (steps.length === 0) return [style.apply('green', 'nothing would run: everything is up to date')];
  const phases = [...new Set(steps.map(({ phase }) => phase))];
  const subjects = new Map<string, Map<string, number>>();
  for (const { phase, subject, misses } of steps) {
    let row = subjects.get(subject);
    if (row === undefined) {
      row = new Map();
      subjects.set(subject, row);
    }
    row.set(phase, (row.get(phase) ?? 0) + misses);
  }
  const amounts = (row: ReadonlyMap<string, number>): TableCell[] =>
    phases.map((phase) => {
      const misses = row.get(phase) ?? 0;
      return misses === 0 ? { text: '-', format: 'dim' } : count(misses);
    });
  const head: TableCell[] = ['would run', ...phases].map((text) => ({ text, format: 'dim' }));
  const rows = [...subjects].slice(0, MOST_ROWS).map(([name, row]) => [printable(name), ...amounts(row)]);
  const total = new Map<string, number>();
  for (const { phase, misses } of steps) total.set(phase, (total.get(phase) ?? 0) + misses);
  if (subjects.size > MOST_ROWS) rows.push([`... and ${plural(subjects.size - MOST_ROWS, 'other')}`]);
  const alignments = ['left' as const, ...phases.map(() => 'right' as const)];
  const lines = tableLines([head, ...rows, ['total', ...amounts(total)]], alignments, style);
  return [...lines, style.apply('dim', 'and what follows from their results')];
}
