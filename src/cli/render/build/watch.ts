/** What a watch prints about each build. */

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

/** At most this many changed inputs, tasks, and solvers of one task are named; the others are only counted. */
const MOST_INPUTS = 5;
const MOST_TASKS = 20;
const MOST_SOLVERS = 4;
/** If more tasks changed than this, solvers are only counted. */
const MOST_DETAILED = 4;
const MOST_DIAGNOSTICS = 10;
/** At most this many unchanged problems are listed with their positions. */
const MOST_LOCATIONS = 2;

const INDENT = '  ';

const SIGN = { added: '+', edited: '', removed: '-' } as const;

/** One line with the changes that caused a build. `time` is the time of day. */
export function changeLine(changes: readonly Change[], time: string, style: Style): string {
  if (changes.length === 0) return `${style.apply('dim', time)}  ${style.apply('bold', 'as asked')}`;
  const renamed = new Set(changes.flatMap(({ from }) => from ?? []));
  const visible = changes.filter(({ file, change }) => !(change === 'removed' && renamed.has(file)));
  const named = visible.slice(0, MOST_INPUTS).map(({ what, file, change, from }) => {
    if (from !== undefined) return `${printable(from)} -> ${printable(file)}`;
    const gone = change === 'removed' && what !== 'input' ? ' is gone' : '';
    return `${gone === '' ? SIGN[change] : ''}${printable(file)}${gone}`;
  });
  const rest = visible.length - named.length;
  const names = rest > 0 ? [...named, `${count(rest)} more`] : named;
  return `${style.apply('dim', time)}  ${style.apply('bold', names.join(', '))}`;
}

/** The results of all tasks, after a build that cannot be compared with an earlier one. */
export function standingLine(summary: Summary, style: Style): string {
  const { tasks, cells, cellsRun, wallMs } = summary;
  const cost = `${count(cellsRun)} of ${plural(cells, 'cell')} executed in ${duration(wallMs)}`;
  return `${style.apply('bold', plural(tasks, 'task'))}: ${verdicts(summary, style)}; ${cost}`;
}

/**
 * What a build changed in the results, and how long it took: first what got worse, then what got better, then what is
 * new, and a count of the rest.
 */
export function resultLines(results: Results, summary: Summary, style: Style): string[] {
  const { sinceSaveMs } = results;
  const worse = [...results.lost, ...results.down];
  const better = [...results.solved, ...results.up];
  const change = new Map(results.tasks.map((one) => [one.task, one]));
  const isSorted = new Set([...worse, ...better]);
  const others = results.tasks.filter(({ task }) => !isSorted.has(task));
  const fresh = others.filter(({ before }) => before === null);
  const same = others.filter(({ before }) => before !== null);
  // After an edit of a few solvers each of them is listed. Of many, those whose programs changed but not their
  // results are only counted.
  const inDetail = results.tasks.length <= MOST_DETAILED;
  const listed = [
    ...[...worse, ...better].flatMap((task) => change.get(task) ?? []),
    ...fresh,
    ...(inDetail ? same : []),
  ];
  const shown = listed.slice(0, MOST_TASKS);
  const rows = shown.map((one) => taskRow(one, results, inDetail));
  const table = tableLines(rows, ['left', 'left', 'left', 'left'], style).map((line) => INDENT + line);
  const lines = table.flatMap((line, k) => [line, ...brokenLines(shown[k].task, results, style)]);
  const rest = results.tasks.length - shown.length;
  if (rest > 0) lines.push(INDENT + style.apply('dim', `... and ${plural(rest, 'task')} more`));
  const ran = inPhaseOrder(summary.phases)
    .filter(([phase, { misses }]) => misses > 0 && phase !== 'validate')
    .map(([phase, { misses }]) => `${phase} ${plural(misses, UNITS.get(phase) ?? 'step')}`);
  const what = [`${plural(summary.cellsRun, 'cell')} executed`, ...ran].join(', ');
  const took =
    sinceSaveMs === null
      ? `built in ${style.apply('bold', duration(summary.wallMs))}`
      : `${style.apply('bold', duration(sinceSaveMs))} after the save (build ${duration(summary.wallMs)})`;
  const tasks = plural(summary.tasks, 'task');
  lines.push(INDENT + style.apply('dim', what), `${INDENT}${tasks}: ${verdicts(summary, style)}; ${took}`);
  return lines;
}

/** The counters of a phase. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['load', 'file'],
  ['filter', 'candidate'],
  ['inline', 'program'],
  ['score', 'program'],
  ['differs', 'score'],
  ['publish', 'task'],
]);

/** The first sample of a task that was right before and no longer is. */
function brokenLines(task: string, { broken }: Results, style: Style): string[] {
  const sample = broken.find((one) => one.task === task);
  if (sample === undefined) return [];
  const { kind, index, status, cells } = sample;
  const how =
    cells !== null
      ? `${count(cells.differ)} of ${plural(cells.of, 'cell')} differ`
      : status === 'ok'
        ? 'a grid of another size'
        : status;
  return [`${INDENT}${INDENT}${style.apply('dim', `${kind} ${index}: ${how}`)}`];
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
  const best = `best ${was === is ? is : `${was} -> ${is}`} of ${plural(samples, 'sample')}`;
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

function solverText({ file, name, before, after, was }: SolverChange): string {
  const shown = printable(name);
  if (after === null) return `${shown} gone`;
  const samples = plural(after, 'sample');
  if (was !== undefined) {
    return was.name === name
      ? `${shown} now in ${printable(file)}`
      : `${printable(was.name)} is ${shown} now`;
  }
  if (before === null) return `${shown} new, ${samples}`;
  return before === after ? `${shown} ${samples} as before` : `${shown} ${before} -> ${samples}`;
}

/** A build was stopped because its inputs changed. */
export function stoppedLine(tasks: number, style: Style): string {
  return INDENT + style.apply('dim', `inputs changed: stopped, ${plural(tasks, 'finished task')} kept`);
}

/** The problems of a build, compared with those of the build before it. */
export interface ProblemNews {
  /** Problems that are new. */
  readonly fresh: readonly string[];
  /** The number of problems that are gone, and the first of those that remain; empty if there are none. */
  readonly standing: readonly string[];
}

/**
 * A problem whose line moved or whose file was renamed is the same problem. `renamed` gives current file names by
 * former ones.
 */
export function problemNews(
  before: readonly Diagnostic[],
  now: readonly Diagnostic[],
  renamed: ReadonlyMap<string, string>,
  style: Style,
  excerpts: Excerpts | null = null,
): ProblemNews {
  const known = new Map<string, number>();
  for (const { code, file, message } of before) {
    const key = [code, renamed.get(file) ?? file, message].join('\n');
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  const fresh: Diagnostic[] = [];
  const standing: Diagnostic[] = [];
  for (const diagnostic of now) {
    const key = [diagnostic.code, diagnostic.file, diagnostic.message].join('\n');
    const count = known.get(key) ?? 0;
    if (count > 0) known.set(key, count - 1);
    (count > 0 ? standing : fresh).push(diagnostic);
  }
  const solved = before.length - standing.length;
  const notes = [
    ...(solved > 0 ? [`${plural(solved, 'problem')} solved`] : []),
    ...(standing.length > 0
      ? [`${plural(standing.length, 'problem')} as before: ${locationsOf(standing)}`]
      : []),
  ];
  return {
    fresh: briefLines(fresh, MOST_DIAGNOSTICS, style, excerpts),
    standing: notes.length === 0 ? [] : [INDENT + style.apply('dim', notes.join(', '))],
  };
}

/** The first few problems, by position and code. */
function locationsOf(diagnostics: readonly Diagnostic[]): string {
  const named = diagnostics.slice(0, MOST_LOCATIONS).map(({ code, file, line }) => {
    return `${printable(file)}${line === null ? '' : `:${line}`} ${code}`;
  });
  return (diagnostics.length > MOST_LOCATIONS ? [...named, '...'] : named).join(', ');
}

/** The problems of the config; none means that it is correct again. */
export function configLines(diagnostics: readonly Diagnostic[], style: Style): string[] {
  if (diagnostics.length === 0) return ['the config can be used again'];
  const note = 'until the config is mended, the last good one stays in force';
  return [...diagnosticLines(diagnostics, style), style.apply('dim', `${INDENT}${note}`)];
}

/** Changes may be missed, with the reason; null means that they no longer are. */
export function unseenLine(reason: string | null): string {
  if (reason === null) return 'changes are seen as they happen again';
  return `changes may not be seen as they happen (${printable(reason)}): looking once a second`;
}
