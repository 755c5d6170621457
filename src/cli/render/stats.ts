/** Statistics as text: the last run, the series of runs, the tasks that take the most work, and the store. */
import type { PhaseStats, RunStats, Stats } from '../../observe/stats.js';
import type { HotSpots } from '../../report/hot-spots.js';
import { count, duration, percent, plural, size } from '../../text/amounts.js';
import { inPhaseOrder } from '../../text/phase-order.js';
import { printable } from '../../text/printable.js';
import { type SharedCacheFigures, sharedCacheText } from '../../text/shared-cache-text.js';
import { foldLine, queueText } from './build/summary.js';
import type { Charts } from './chart.js';
import { type TableCell, tableLines } from './columns.js';
import type { Style } from './style.js';

/** Columns of the bars beside tasks and programs. */
const BAR_WIDTH = 16;

/** `hotSpots` is null if the selected tasks have not been built. */
export function statsLines(
  stats: Stats,
  hotSpots: HotSpots | null,
  { style, charts }: { readonly style: Style; readonly charts: Charts },
): string[] {
  const { last, total, runs, store } = stats;
  if (last === null) return ['no run has finished yet'];
  const lines = [
    style.apply('bold', `last run (${count(last.run)}, ${when(last)}, ${duration(last.wallMs)})`),
  ];
  lines.push(...phaseTable(last.phases, last.all, style), ...sharedLine(last.remote, last.all, style));
  if (last.queue !== null) lines.push(`on other machines: ${queueText(last.queue, last.cellsRun ?? 0)}`);
  if (runs.length > 1) {
    lines.push('', style.apply('bold', `last ${plural(runs.length, 'run')} together`));
    lines.push(...phaseTable(total.phases, total.all, style));
    lines.push(...sharedLine(total.remote, total.all, style));
    lines.push('', style.apply('bold', 'run by run, oldest first'), ...courseTable(runs, charts, style));
    lines.push('', style.apply('bold', 'run by run, newest first'), ...runTable(runs, style));
  }
  if (hotSpots !== null) lines.push(...hotSpotLines(hotSpots, charts, style));
  const entries = inPhaseOrder(store.entries).map(([phase, steps]) => `${count(steps)} ${phase}`);
  lines.push(
    '',
    `${style.apply('bold', 'store')}: ${size(store.bytes)}, steps: ${entries.join(', ') || 'none'}`,
  );
  lines.push(style.apply('dim', printable(store.file)));
  return lines;
}

const RIGHT = ['right', 'right', 'right', 'right'] as const;

function phaseTable(phases: Readonly<Record<string, PhaseStats>>, all: PhaseStats, style: Style): string[] {
  const rows = [...inPhaseOrder(phases), ['all', all] as const].map(([phase, counts]) => [
    phase,
    ...cells(counts),
  ]);
  const head = ['phase', 'hits', 'misses', 'hit rate', 'time saved'].map(dim);
  return tableLines([head, ...rows], ['left', ...RIGHT], style);
}

function sharedLine(remote: SharedCacheFigures | null, { hits }: PhaseStats, style: Style): string[] {
  return remote === null ? [] : [`${style.apply('dim', 'shared cache:')} ${sharedCacheText(remote, hits)}`];
}

/** Charts of the figures over the runs. */
function courseTable(runs: readonly RunStats[], charts: Charts, style: Style): string[] {
  const course = runs.toReversed();
  const values = (of: (run: RunStats) => number | null) => course.map(of);
  const rates = values(({ all }) => all.hitRate);
  const saved = values(({ all }) => all.savedMs);
  const speeds = values(({ cellsPerSecond }) => cellsPerSecond);
  const sizes = values(({ storeBytes }) => storeBytes);
  const known = sizes.filter((bytes) => bytes !== null);
  const speed = speeds.findLast((value) => value !== null);
  const rows: [string, string, string][] = [
    ['hit rate', charts.line(rates, 1), shown(rates.at(-1), percent)],
    ['time saved', charts.line(saved), `${duration(sum(saved))} in all`],
    ['cells/s', charts.line(speeds), speed == null ? 'no cell ran' : `${shown(speed, rounded)} last`],
    ['store', charts.line(sizes), known.length === 0 ? '' : growth(known[0], known[known.length - 1])],
  ];
  return tableLines(
    rows.map(([name, chart, text]) => [dim(name), chart, text]),
    ['left', 'left', 'left'],
    style,
  );
}

function growth(first: number, last: number): string {
  const grown = last - first;
  const sign = grown < 0 ? '-' : '+';
  return `${size(last)}${grown === 0 ? '' : ` (${sign}${size(Math.abs(grown))})`}`;
}

function runTable(runs: readonly RunStats[], style: Style): string[] {
  const rows = runs.map((run): TableCell[] => [
    count(run.run),
    when(run),
    duration(run.wallMs),
    ...cells(run.all),
    run.cellsRun === null ? '' : count(run.cellsRun),
    run.cellsPerSecond === null ? dim('-') : rounded(run.cellsPerSecond),
    run.storeBytes === null ? dim('-') : size(run.storeBytes),
  ]);
  const titles = [
    'run',
    'started',
    'wall',
    'hits',
    'misses',
    'hit rate',
    'time saved',
    'cells run',
    'cells/s',
  ];
  const head = [...titles, 'store'].map(dim);
  return tableLines([head, ...rows], ['right', 'left', 'right', ...RIGHT, 'right', 'right', 'right'], style);
}

/** The tasks and programs that take the most work in the last build. */
function hotSpotLines(
  { biggestTasks, slowestPrograms, overBudget, duplicates }: HotSpots,
  charts: Charts,
  style: Style,
): string[] {
  const longest = biggestTasks[0]?.tookMs ?? 0;
  const tasks = biggestTasks.map(({ task, candidates, programs, cells, tookMs }): TableCell[] => [
    printable(task),
    charts.bar(tookMs, longest, BAR_WIDTH),
    duration(tookMs),
    ...[candidates, programs, cells].map(count),
  ]);
  const costliest = slowestPrograms[0]?.cost ?? 0;
  const programs = slowestPrograms.map(({ task, solver, cost, overBudget }): TableCell[] => [
    printable(`${task}/${solver}`),
    charts.bar(cost, costliest, BAR_WIDTH),
    count(cost),
    overBudget ? dim('over the budget') : '',
  ]);
  const lines: string[] = [];
  if (tasks.length > 0) {
    const head = ['', '', 'took', 'candidates', 'programs', 'cells'].map(dim);
    lines.push('', style.apply('bold', 'biggest tasks'));
    lines.push(...tableLines([head, ...tasks], ['left', 'left', ...RIGHT], style));
  }
  if (programs.length > 0) {
    lines.push('', style.apply('bold', 'slowest programs'));
    const head = ['', '', 'cost'].map(dim);
    lines.push(...tableLines([head, ...programs], ['left', 'left', 'right', 'left'], style));
    if (overBudget > 0) lines.push(`over the budget on some sample: ${plural(overBudget, 'program')}`);
  }
  const { candidates, duplicates: found, mostFolded } = duplicates;
  const share = candidates === 0 ? 0 : found / candidates;
  lines.push(
    '',
    `${style.apply('bold', 'duplicates')}: ${count(found)} of ${plural(candidates, 'candidate')} (${percentOf(share)}) need not run`,
    foldLine(duplicates, style),
  );
  if (mostFolded !== null) {
    const name = printable(mostFolded.task);
    lines.push(`${style.apply('dim', 'most in')} ${name}: ${foldLine(mostFolded, style)}`);
  }
  return lines;
}

function cells({ hits, misses, hitRate, savedMs }: PhaseStats): TableCell[] {
  return [
    count(hits),
    count(misses),
    hitRate === null ? dim('-') : percent(hitRate),
    savedMs > 0 ? duration(savedMs) : dim('-'),
  ];
}

/** Local time, to the second. */
function when({ started }: RunStats): string {
  const date = new Date(started);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

function shown(value: number | null | undefined, written: (value: number) => string): string {
  return value == null ? '' : written(value);
}

function rounded(value: number): string {
  return count(Math.round(value));
}

/** A whole number: more precision is of no use for duplicates. */
function percentOf(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function dim(text: string): TableCell {
  return { text, format: 'dim' };
}
