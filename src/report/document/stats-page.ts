/** Statistics as one HTML document: no script, and nothing is loaded. */
import type { PhaseStats, RunStats, Stats } from '../../observe/stats.js';
import { count, duration, percent, plural, size } from '../../text/amounts.js';
import { inPhaseOrder } from '../../text/phase-order.js';
import { sharedCacheText } from '../../text/shared-cache-text.js';
import type { HotSpots } from '../hot-spots.js';
import { html, type Inserted, Markup } from './markup.js';
import { type RunSeries, runChart } from './run-chart.js';
import { sourceHash } from './source-hash.js';

export interface StatsPage {
  readonly stats: Stats;
  /** Null if the selected tasks have not been built. */
  readonly hotSpots: HotSpots | null;
  /** Name of the workspace's folder. */
  readonly workspace: string;
  /** Version of battbuild. */
  readonly version: string;
  /** The style of the report's page. */
  readonly style: string;
}

export function statsDocument({ stats, hotSpots, workspace, version, style }: StatsPage): string {
  if (/<\/style/i.test(style)) throw new Error('the style of the page would end early');
  const policy = `default-src 'none'; style-src '${sourceHash(style)}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>battbuild stats: ${workspace}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main class="overview">
<h1>Statistics of ${workspace}</h1>
${sections(stats, hotSpots)}
<p class="quiet">battbuild ${version}. Times of day are UTC.</p>
</main>
</body>
</html>
`.text;
}

function sections({ last, runs, total, store }: Stats, hotSpots: HotSpots | null): Inserted {
  if (last === null) return html`<p class="note">No run has finished yet.</p>`;
  return [
    section(
      'last',
      `The last run, ${timeOf(last)}, ${duration(last.wallMs)}`,
      phaseTable(last.phases, last.all),
      sharedLine(last),
    ),
    courseSection(runs, total.all),
    hotSpots === null ? null : hotSpotSections(hotSpots),
    section('store', `The store: ${size(store.bytes)}`, stepTable(store.entries)),
  ];
}

function section(id: string, title: string, ...children: readonly Inserted[]): Markup {
  return html`<section class="card" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${children}</section>
`;
}

/** Numbers are aligned to the right; `text` are the columns without numbers. */
function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Inserted[])[],
  text: readonly number[],
): Markup {
  const kind = (column: number) => (text.includes(column) ? 'text' : 'number');
  const titles = head.map((title, k) => html`<th scope="col" class="${kind(k)}">${title}</th>`);
  const body = rows.map(
    (row) => html`<tr>${row.map((cell, k) => html`<td class="${kind(k)}">${cell}</td>`)}</tr>`,
  );
  return html`<div class="scroll"><table><caption class="unseen">${caption}</caption><thead><tr>${titles}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function phaseTable(phases: Stats['total']['phases'], all: PhaseStats): Markup {
  const rows = [...inPhaseOrder(phases), ['all', all] as const].map(([phase, counts]) => [
    phase,
    duration(counts.wallMs),
    ...hitCells(counts),
  ]);
  return table(
    'Hits and misses by phase',
    ['phase', 'wall', 'hits', 'misses', 'hit rate', 'time saved'],
    rows,
    [0],
  );
}

function sharedLine({ remote, all }: RunStats): Inserted {
  return remote === null ? null : html`<p>Shared cache: ${sharedCacheText(remote, all.hits)}.</p>`;
}

function hitCells({ hits, misses, hitRate, savedMs }: PhaseStats): string[] {
  return [
    count(hits),
    count(misses),
    hitRate === null ? '–' : percent(hitRate),
    savedMs > 0 ? duration(savedMs) : '–',
  ];
}

function courseSection(runs: readonly RunStats[], all: PhaseStats): Markup {
  const course = runs.toReversed();
  const series = (
    name: string,
    kind: RunSeries['kind'],
    of: (run: RunStats) => number | null,
    written: (value: number) => string,
    top?: number,
  ) => {
    const chart = { name, kind, runs: course.map(({ run }) => run), values: course.map(of), written };
    const drawn = runChart(top === undefined ? chart : { ...chart, top });
    return html`<figure><figcaption>${name[0].toUpperCase()}${name.slice(1)}</figcaption>${drawn}</figure>`;
  };
  const charts = [
    series('hit rate', 'rate', (run) => run.all.hitRate, percent, 1),
    series('time saved', 'saved', (run) => run.all.savedMs, duration),
    series('cells a second', 'cpu', (run) => run.cellsPerSecond, rounded),
    series('wall time', 'wall', (run) => run.wallMs, duration),
    series('size of the store', 'cpu', (run) => run.storeBytes, size),
  ];
  const rows = runs.map((run) => [
    run.run,
    timeOf(run),
    duration(run.wallMs),
    ...hitCells(run.all),
    run.cellsRun === null ? '–' : count(run.cellsRun),
    run.cellsPerSecond === null ? '–' : rounded(run.cellsPerSecond),
    run.storeBytes === null ? '–' : size(run.storeBytes),
  ]);
  const steps = ['hits', 'misses', 'hit rate', 'time saved'];
  const head = ['run', 'started', 'wall', ...steps, 'cells run', 'cells/s', 'store'];
  return section(
    'runs',
    `The last ${plural(runs.length, 'run')}`,
    html`<div class="charts">${charts}</div>
<p>Time saved in all: ${duration(all.savedMs)} (what the steps that were found took when they ran).</p>
<details><summary>as a table</summary>${table('Runs', head, rows, [1])}</details>`,
  );
}

function hotSpotSections({ biggestTasks, slowestPrograms, overBudget, duplicates }: HotSpots): Markup[] {
  const longest = biggestTasks[0]?.tookMs ?? 1;
  const tasks = biggestTasks.map(({ task, candidates, programs, cells, tookMs }) => [
    task,
    meter(tookMs, longest),
    duration(tookMs),
    ...[candidates, programs, cells].map(count),
  ]);
  const costliest = slowestPrograms[0]?.cost ?? 1;
  const programs = slowestPrograms.map(({ task, solver, cost }) => [
    task,
    solver,
    meter(cost, costliest),
    count(cost),
  ]);
  const { candidates, programs: distinct, behaviours, duplicates: found, mostFolded } = duplicates;
  const most =
    mostFolded === null
      ? null
      : html` Most in ${mostFolded.task}: ${plural(mostFolded.candidates, 'candidate')}, ${plural(mostFolded.programs, 'program')}.`;
  return [
    section(
      'tasks',
      'The biggest tasks',
      html`<p class="quiet">What their steps took when they ran, all threads together.</p>`,
      table('The biggest tasks', ['task', '', 'took', 'candidates', 'programs', 'cells'], tasks, [0, 1]),
    ),
    section(
      'programs',
      'The slowest programs',
      html`<p class="quiet">Units of the most expensive cell; the same on every machine.</p>`,
      table('The slowest programs', ['task', 'solver', '', 'cost'], programs, [0, 1, 2]),
      overBudget === 0
        ? null
        : html`<p>${plural(overBudget, 'program')} ran over the budget on some sample.</p>`,
    ),
    section(
      'duplicates',
      `${plural(found, 'duplicate')}, which need not run`,
      html`<p>${plural(candidates, 'candidate')} → ${plural(distinct, 'program')} → ${plural(behaviours, 'behaviour')}.${most}</p>`,
    ),
  ];
}

function stepTable(entries: Readonly<Record<string, number>>): Markup {
  const rows = inPhaseOrder(entries).map(([phase, steps]) => [phase, count(steps)]);
  return table('Steps in the store', ['phase', 'steps'], rows, [0]);
}

function meter(value: number, most: number): Markup {
  return html`<meter min="0" max="${most}" value="${value}" aria-hidden="true"></meter>`;
}

/** To the minute, in UTC: the same for all readers of the page. */
function timeOf({ started }: RunStats): string {
  return `${started.slice(0, 10)} ${started.slice(11, 16)}`;
}

function rounded(value: number): string {
  return count(Math.round(value));
}
