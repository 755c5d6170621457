/** The summary of a build, as text. */
import type { QueueUse, Summary } from '../../../observe/event.js';
import type { PhaseCounts } from '../../../store/tables/run-store.js';
import { count, duration, percent, plural } from '../../../text/amounts.js';
import { inPhaseOrder } from '../../../text/phase-order.js';
import { printable } from '../../../text/printable.js';
import { sharedCacheText } from '../../../text/shared-cache-text.js';
import { type TableCell, tableLines } from '../columns.js';
import type { Style } from '../style.js';

export interface SummaryRequest {
  readonly summary: Summary;
  /** The output folder as the user would type it in the current folder; null if nothing is published. */
  readonly out: string | null;
  /** Show wall and CPU time for each phase instead of the short table. */
  readonly timing: boolean;
}

export function summaryLines({ summary, out, timing }: SummaryRequest, style: Style): string[] {
  const folds = foldLine(summary, style) + kindsOf(summary, style);
  const lines = [verdictLine(summary, style), folds, ...mostFoldedLine(summary, style)];
  lines.push(cellsLine(summary, style), ...elsewhereLine(summary), ...outcomesLine(summary));
  lines.push('');
  lines.push(...(timing ? timingTable(summary, style) : phaseTable(summary, style)), '');
  lines.push(...sharedCacheLine(summary, style));
  if (out !== null) lines.push(publishedLine(summary, out, style));
  const how = summary.interrupted ? style.apply('yellow', 'interrupted after') : 'built in';
  lines.push(`${how} ${style.apply('bold', duration(summary.wallMs))}`);
  return lines;
}

function verdictLine({ tasks, solved, partly, unsolved, interrupted }: Summary, style: Style): string {
  const verdicts = [
    style.apply('green', `${count(solved)} solved`),
    style.apply('yellow', `${count(partly)} partly`),
    style.apply('red', `${count(unsolved)} unsolved`),
  ];
  const known = interrupted ? ' finished' : '';
  return `${style.apply('bold', plural(tasks, 'task') + known)}: ${verdicts.join(', ')}`;
}

/** The numbers of programs by language, if some are in Python. */
function kindsOf({ programs, pythonPrograms }: Summary, style: Style): string {
  if (pythonPrograms === 0) return '';
  const others = count(programs - pythonPrograms);
  return style.apply('dim', ` (${count(pythonPrograms)} in Python, ${others} solver programs)`);
}

/** The part of workers on other machines; at most one line. */
function elsewhereLine({ queue, cellsRun }: Summary): string[] {
  return queue === undefined || cellsRun === 0 ? [] : [`on other machines: ${queueText(queue, cellsRun)}`];
}

/** `3,210 of 4,950 cells by 2 workers on node7 and node8, in 1.02 s of theirs (busy 63 % of the time)`. */
export function queueText(
  { cells, workers, wallMs, machines = [], slotMs = 0 }: QueueUse,
  cellsRun: number,
): string {
  if (workers === 0) return 'nothing';
  const where = machines.length === 0 ? '' : ` on ${namesOf(machines)}`;
  // A slot may also answer other builds.
  const busy = slotMs === 0 ? '' : ` (busy ${percent(Math.min(1, wallMs / slotMs))} of the time)`;
  const what = `${count(cells)} of ${plural(cellsRun, 'cell')} by ${plural(workers, 'worker')}`;
  return `${what}${where}, in ${duration(wallMs)} of theirs${busy}`;
}

const MOST_NAMES = 4;

/** `a`, `a and b`, `a, b, c and 7 others`. */
function namesOf(machines: readonly string[]): string {
  const [names, others] =
    machines.length > MOST_NAMES
      ? [machines.slice(0, MOST_NAMES - 1), plural(machines.length - MOST_NAMES + 1, 'other')]
      : [machines.slice(0, -1), machines[machines.length - 1]];
  return printable(names.length === 0 ? others : `${names.join(', ')} and ${others}`);
}

/**
 * `149 candidates -> 32 programs -> 11 behaviours`: candidates with equal programs count once, programs with equal
 * outcomes count once.
 */
export function foldLine(
  counts: { readonly candidates: number; readonly programs: number; readonly behaviours: number },
  style: Style,
): string {
  const arrow = style.apply('dim', '->');
  const { candidates, programs, behaviours } = counts;
  const parts = [
    plural(candidates, 'candidate'),
    plural(programs, 'program'),
    plural(behaviours, 'behaviour'),
  ];
  return parts.join(` ${arrow} `);
}

/** Where merging equal programs and behaviours saves the most; at most one line. */
function mostFoldedLine({ mostFolded, tasks }: Summary, style: Style): string[] {
  if (mostFolded === null || tasks === 1) return [];
  return [`${style.apply('dim', 'most folded:')} ${mostFolded.task}, ${foldLine(mostFolded, style)}`];
}

/** The numbers of cells by outcome, unless every cell gave a grid; at most one line. */
function outcomesLine({ outcomes, cells }: Summary): string[] {
  if (outcomes.ok === cells) return [];
  const named = Object.entries(outcomes).filter(([, cells]) => cells > 0);
  return [`outcomes: ${named.map(([status, cells]) => `${count(cells)} ${status}`).join(', ')}`];
}

function cellsLine({ cells, cellsRun, interrupted }: Summary, style: Style): string {
  // Cells of an unfinished task have been executed, but are not among the cells with a known outcome.
  if (interrupted) return `${plural(cellsRun, 'cell')} executed`;
  if (cellsRun > 0) return `${count(cellsRun)} of ${plural(cells, 'cell')} executed`;
  if (cells === 0) return 'no cell executed';
  return style.apply('green', 'no cell executed: everything was up to date');
}

function publishedLine(
  { published, publishedLinks, publishedChanged }: Summary,
  out: string,
  style: Style,
): string {
  const where = style.apply('bold', printable(out));
  const change = publishedChanged > 0 ? `${count(publishedChanged)} written or removed` : 'nothing to change';
  return `published: ${filesAndLinks(published, publishedLinks)} in ${where}, ${change}`;
}

/** `194 files and 504 links`; `published` is the sum of both. */
export function filesAndLinks(published: number, links: number, file = 'file'): string {
  const files = plural(published - links, file);
  return links === 0 ? files : `${files} and ${plural(links, 'link')}`;
}

/** The use of a shared cache; at most one line. */
function sharedCacheLine({ remote, phases }: Summary, style: Style): string[] {
  if (remote === undefined) return [];
  const hits = Object.values(phases).reduce((sum, counts) => sum + counts.hits, 0);
  return [`${style.apply('dim', 'shared cache:')} ${sharedCacheText(remote, hits)}`];
}

/** Steps found in the store, steps that ran, and the time that the found steps took when they ran. */
function phaseTable(summary: Summary, style: Style): string[] {
  const { remote } = summary;
  const split = remote === undefined ? [] : ['shared'];
  const head = ['phase', 'hits', ...split, 'misses', 'time saved'].map(dim);
  const rows = inPhaseOrder(summary.phases).map(([phase, { hits, misses, savedMs }]): TableCell[] => {
    const shared = remote === undefined ? [] : [amount(remote.phases[phase] ?? 0)];
    return [phase, amount(hits), ...shared, amount(misses), savedMs > 0 ? duration(savedMs) : dim('-')];
  });
  return tableLines([head, ...rows], ['left', ...head.slice(1).map(() => 'right' as const)], style);
}

/** Wall time, CPU time, and the parallel factor: CPU time divided by wall time. */
function timingTable(summary: Summary, style: Style): string[] {
  const head = ['phase', 'wall', 'cpu', 'cpu / wall', 'hits', 'misses', 'time saved'].map(dim);
  const phases = inPhaseOrder(summary.phases);
  const sum = (field: keyof PhaseCounts) => phases.reduce((total, [, counts]) => total + counts[field], 0);
  const total: PhaseCounts = {
    hits: sum('hits'),
    misses: sum('misses'),
    // Phases overlap, so their wall times do not add up to the build's.
    wallMs: summary.wallMs,
    cpuMs: sum('cpuMs'),
    savedMs: sum('savedMs'),
  };
  const rows = [...phases, ['total', total] as const].map(([phase, counts]): TableCell[] => {
    const { hits, misses, wallMs, cpuMs, savedMs } = counts;
    return [
      phase,
      duration(wallMs),
      duration(cpuMs),
      wallMs < 0.05 || cpuMs === 0 ? dim('-') : (cpuMs / wallMs).toFixed(2),
      amount(hits),
      amount(misses),
      savedMs > 0 ? duration(savedMs) : dim('-'),
    ];
  });
  return tableLines([head, ...rows], ['left', ...Array<'right'>(6).fill('right')], style);
}

function amount(value: number): TableCell {
  return value === 0 ? dim('0') : count(value);
}

function dim(text: string): TableCell {
  return { text, format: 'dim' };
}
