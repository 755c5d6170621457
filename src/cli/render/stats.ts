/** Statistics for a person: the last run, the runs before it, and the store. */
import type { PhaseStats, RunStats, Stats } from '../../observe/stats.js';
import { count, duration, percent, plural, size } from './amounts.js';
import { inPhaseOrder } from './phase-order.js';
import { printable } from './printable.js';
import type { Style } from './style.js';
import { type TableCell, tableLines } from './table.js';

export function statsLines(stats: Stats, style: Style): string[] {
  const { last, total, runs, store } = stats;
  if (last === null) return ['no run has finished yet'];
  const lines = [style.apply('bold', `last run (${when(last)}, ${duration(last.wallMs)})`)];
  lines.push(...phaseTable(last.phases, last.all, style));
  if (runs.length > 1) {
    lines.push('', style.apply('bold', `last ${plural(runs.length, 'run')} together`));
    lines.push(...phaseTable(total.phases, total.all, style));
    lines.push('', style.apply('bold', 'run by run'), ...runTable(runs, style));
  }
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

function runTable(runs: readonly RunStats[], style: Style): string[] {
  const rows = runs.map((run): TableCell[] => [
    when(run),
    duration(run.wallMs),
    ...cells(run.all),
    run.cellsRun === null ? '' : count(run.cellsRun),
  ]);
  const head = ['started', 'wall', 'hits', 'misses', 'hit rate', 'time saved', 'cells run'].map(dim);
  return tableLines([head, ...rows], ['left', 'right', ...RIGHT, 'right'], style);
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

function dim(text: string): TableCell {
  return { text, format: 'dim' };
}
