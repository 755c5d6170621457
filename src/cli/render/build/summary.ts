/** What a build came to, for a person. */
import type { Summary } from '../../../observe/event.js';
import type { PhaseCounts } from '../../../store/tables/run-store.js';
import { count, duration, plural } from '../../../text/amounts.js';
import { inPhaseOrder } from '../../../text/phase-order.js';
import { printable } from '../../../text/printable.js';
import { sharedCacheText } from '../../../text/shared-cache-text.js';
import { type TableCell, tableLines } from '../columns.js';
import type { Style } from '../style.js';

export interface SummaryRequest {
  readonly summary: Summary;
  /** The output folder as the user would name it from where they are; null where nothing is published. */
  readonly out: string | null;
  /** Wall and CPU time per phase instead of the short table. */
  readonly timing: boolean;
}

export function summaryLines({ summary, out, timing }: SummaryRequest, style: Style): string[] {
  const lines = [verdictLine(summary, style), foldLine(summary, style), ...mostFoldedLine(summary, style)];
  lines.push(cellsLine(summary, style), ...outcomesLine(summary));
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

/** `149 candidates -> 32 programs -> 11 behaviours`: what folds to one by its text, and by what it does. */
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

/** Where folding saves most; one line at most. */
function mostFoldedLine({ mostFolded, tasks }: Summary, style: Style): string[] {
  if (mostFolded === null || tasks === 1) return [];
  return [`${style.apply('dim', 'most folded:')} ${mostFolded.task}, ${foldLine(mostFolded, style)}`];
}

/** What became of the cells, unless every one gave a grid; one line at most. */
function outcomesLine({ outcomes, cells }: Summary): string[] {
  if (outcomes.ok === cells) return [];
  const named = Object.entries(outcomes).filter(([, cells]) => cells > 0);
  return [`outcomes: ${named.map(([status, cells]) => `${count(cells)} ${status}`).join(', ')}`];
}

function cellsLine({ cells, cellsRun, interrupted }: Summary, style: Style): string {
  // Cells of a task that was not finished are executed, and not among those known.
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

/** `194 files and 504 links`; `published` counts both. */
export function filesAndLinks(published: number, links: number, file = 'file'): string {
  const files = plural(published - links, file);
  return links === 0 ? files : `${files} and ${plural(links, 'link')}`;
}

/** What came from a shared cache and went there; one line at most. */
function sharedCacheLine({ remote, phases }: Summary, style: Style): string[] {
  if (remote === undefined) return [];
  const hits = Object.values(phases).reduce((sum, counts) => sum + counts.hits, 0);
  return [`${style.apply('dim', 'shared cache:')} ${sharedCacheText(remote, hits)}`];
}

/** Steps found in the store, steps that ran, and the time that the former took when they ran. */
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

/** Wall time, CPU time, and how many times over the wall time the CPUs worked: the parallel factor. */
function timingTable(summary: Summary, style: Style): string[] {
  const head = ['phase', 'wall', 'cpu', 'cpu / wall', 'hits', 'misses', 'time saved'].map(dim);
  const phases = inPhaseOrder(summary.phases);
  const sum = (field: keyof PhaseCounts) => phases.reduce((total, [, counts]) => total + counts[field], 0);
  const total: PhaseCounts = {
    hits: sum('hits'),
    misses: sum('misses'),
    // Phases overlap, so that their wall times do not add up to that of the build.
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
