/** What a watch shows of each build, for a person. */

import type { SolverChange, TaskChange } from '../../../build/compare/standing.js';
import type { Diagnostic } from '../../../diagnostic.js';
import type { Summary } from '../../../observe/event.js';
import { count, duration, plural } from '../../../text/amounts.js';
import { inPhaseOrder } from '../../../text/phase-order.js';
import { printable } from '../../../text/printable.js';
import type { Change, Results } from '../../../watch/watch-event.js';
import { type TableCell, tableLines } from '../columns.js';
import { briefLines, diagnosticLines } from '../diagnostics.js';
import type { Excerpts } from '../excerpt.js';
import type { Format, Style } from '../style.js';

/** Changed inputs, tasks, and solvers of one task, that are named; the rest is counted. */
const MOST_INPUTS = 5;
const MOST_TASKS = 20;
const MOST_SOLVERS = 4;
/** With more changed tasks than these, solvers are only counted. */
const MOST_DETAILED = 4;
const MOST_DIAGNOSTICS = 10;

const INDENT = '  ';

const SIGN = { added: '+', edited: '', removed: '-' } as const;

/** Which changes a build is for: one line. `time` is the time of day. */
export function changeLine(changes: readonly Change[], time: string, style: Style): string {
  const named = changes.slice(0, MOST_INPUTS).map(({ what, file, change }) => {
    const gone = change === 'removed' && what !== 'input' ? ' is gone' : '';
    return `${gone === '' ? SIGN[change] : ''}${printable(file)}${gone}`;
  });
  const rest = changes.length - named.length;
  const names = rest > 0 ? [...named, `${count(rest)} more`] : named;
  return `${style.apply('dim', time)}  ${style.apply('bold', names.join(', '))}`;
}

/** Where all tasks stand, after a build that has nothing to be compared with. */
export function standingLine(summary: Summary, style: Style): string {
  const { tasks, cells, cellsRun, wallMs } = summary;
  const cost = `${count(cellsRun)} of ${plural(cells, 'cell')} executed in ${duration(wallMs)}`;
  return `${style.apply('bold', plural(tasks, 'task'))}: ${verdicts(summary, style)}; ${cost}`;
}

/** What a build changed in the results, and what it took. */
export function resultLines(results: Results, summary: Summary, style: Style): string[] {
  const { tasks, sinceSaveMs } = results;
  const inDetail = tasks.length <= MOST_DETAILED;
  const rows = tasks.slice(0, MOST_TASKS).map((change) => taskRow(change, results, inDetail));
  const lines = tableLines(rows, ['left', 'left', 'left', 'left'], style).map((line) => INDENT + line);
  const rest = tasks.length - rows.length;
  if (rest > 0) lines.push(INDENT + style.apply('dim', `... and ${plural(rest, 'task')} more`));
  const ran = inPhaseOrder(summary.phases)
    .filter(([, { misses }]) => misses > 0)
    .map(([phase, { misses }]) => `${phase} ${count(misses)}`);
  const what = [`${plural(summary.cellsRun, 'cell')} executed`, ...ran].join(', ');
  const took =
    sinceSaveMs === null
      ? `built in ${style.apply('bold', duration(summary.wallMs))}`
      : `${style.apply('bold', duration(sinceSaveMs))} after the save (build ${duration(summary.wallMs)})`;
  lines.push(INDENT + style.apply('dim', what), `${INDENT}${verdicts(summary, style)}; ${took}`);
  return lines;
}

function verdicts({ solved, partly, unsolved }: Summary, style: Style): string {
  const parts = [
    style.apply('green', `${count(solved)} solved`),
    style.apply('yellow', `${count(partly)} partly`),
    style.apply('red', `${count(unsolved)} unsolved`),
  ];
  return parts.join(', ');
}

function taskRow(change: TaskChange, results: Results, inDetail: boolean): TableCell[] {
  const { task, samples, before, after, solvers } = change;
  const was = before?.score ?? 0;
  const is = after?.score ?? 0;
  const best = was === is ? `best ${is} of ${samples}` : `best ${was} -> ${is} of ${samples}`;
  const text = inDetail ? solversText(solvers) : `${plural(solvers.length, 'solver')} changed`;
  return [kindOf(change, results), printable(task), best, solvers.length === 0 ? '' : text];
}

function kindOf({ task, before, after }: TaskChange, { solved, lost, up, down }: Results): TableCell {
  const cell = (text: string, format: Format) => ({ text, format });
  if (solved.includes(task)) return cell('solved now', 'green');
  if (lost.includes(task)) return cell(after === null ? 'lost, gone' : 'lost now', 'red');
  if (up.includes(task)) return cell('up', 'green');
  if (down.includes(task)) return cell('down', 'red');
  if (before === null) return cell('new', 'dim');
  return cell(after === null ? 'gone' : 'same', 'dim');
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
  return before === after ? `${shown} ${after} as before` : `${shown} ${before} -> ${after}`;
}

/** A build was stopped because its inputs changed. */
export function stoppedLine(tasks: number, style: Style): string {
  return INDENT + style.apply('dim', `inputs changed: stopped, ${plural(tasks, 'finished task')} kept`);
}

/** Diagnostics that the build before did not report; and how many are as they were, or are no more. */
export function diagnosticNews(
  before: readonly Diagnostic[],
  now: readonly Diagnostic[],
  style: Style,
  excerpts: Excerpts | null = null,
): string[] {
  const known = new Set(before.map((diagnostic) => JSON.stringify(diagnostic)));
  const fresh = now.filter((diagnostic) => !known.has(JSON.stringify(diagnostic)));
  const asBefore = now.length - fresh.length;
  const solved = before.length - asBefore;
  const lines = briefLines(fresh, MOST_DIAGNOSTICS, style, excerpts);
  const notes = [
    ...(solved > 0 ? [`${plural(solved, 'problem')} solved`] : []),
    ...(asBefore > 0 && (solved > 0 || fresh.length > 0) ? [`${plural(asBefore, 'problem')} as before`] : []),
  ];
  return notes.length === 0 ? lines : [...lines, INDENT + style.apply('dim', notes.join(', '))];
}

/** What is wrong with the config; nothing: it is mended. */
export function configLines(diagnostics: readonly Diagnostic[], style: Style): string[] {
  if (diagnostics.length === 0) return ['the config can be used again'];
  const note = 'until the config is mended, the last good one stays in force';
  return [...diagnosticLines(diagnostics, style), style.apply('dim', `${INDENT}${note}`)];
}

/** Changes may be missed, for a reason; or no more. */
export function unseenLine(reason: string | null): string {
  if (reason === null) return 'changes are seen as they happen again';
  return `changes may not be seen as they happen (${printable(reason)}): looking once a second`;
}
