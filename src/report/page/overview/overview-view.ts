/** The first view: which tasks were solved, what the build did, and the figures of all runs. */
import { count, duration, percent, plural } from '../../../text/amounts.js';
import type { Overview, PhaseFigures, RunFigures, Verdict } from '../../data.js';
import { diagnosticList } from '../diagnostics.js';
import { element, fill, folded, link, section, table } from '../dom.js';
import { taskHash } from '../route.js';
import { VERDICTS, verdictMark } from '../task/verdict.js';
import { changesSection, nearestSection } from './author-view.js';
import { hitRateChart, phaseChart, savedChart, shareBar, wallChart } from './charts.js';

export function overviewView(overview: Overview): HTMLElement {
  return element(
    'div',
    { class: 'overview' },
    element('h1', { tabindex: -1 }, 'Overview'),
    ...notes(overview),
    solvedSection(overview),
    changesSection(overview),
    nearestSection(overview),
    problemsSection(overview),
    timeSection(overview.runs),
    historySection(overview.runs),
    costSection(overview),
  );
}

/** Facts that the reader should know before relying on the rest. */
function notes({ changedInputs, totals }: Overview): HTMLElement[] {
  const texts: string[] = [];
  if (totals.interrupted)
    texts.push('The build was interrupted: some results may be those of an earlier one.');
  if (changedInputs.length > 0) {
    const names = changedInputs.slice(0, 5).join(', ');
    const rest = changedInputs.length > 5 ? ', ...' : '';
    const verb = changedInputs.length === 1 ? 'has' : 'have';
    texts.push(`${plural(changedInputs.length, 'input')} ${verb} changed since the build: ${names}${rest}`);
  }
  return texts.map((text) => element('p', { class: 'note' }, text));
}

function solvedSection({ totals, run }: Overview): HTMLElement {
  const verdicts: readonly Verdict[] = ['solved', 'partly', 'unsolved'];
  const parts = verdicts.map((verdict) => {
    return { kind: verdict, name: VERDICTS[verdict].name, value: totals[verdict] };
  });
  const legend = verdicts.map((verdict) =>
    element(
      'li',
      {},
      verdictMark(verdict),
      ` ${VERDICTS[verdict].name} `,
      element('b', {}, count(totals[verdict])),
    ),
  );
  const statuses = Object.entries(totals.outcomes).filter(([, cells]) => cells > 0);
  const label = parts.map(({ name, value }) => `${count(value)} ${name}`).join(', ');
  return section(
    'solved',
    `${count(totals.solved)} of ${plural(totals.tasks, 'task')} solved`,
    shareBar(`Tasks: ${label}`, parts),
    element('ul', { class: 'legend' }, ...legend),
    element(
      'p',
      {},
      `${plural(totals.candidates, 'candidate')} → ${plural(totals.programs, 'program')} → ${plural(totals.behaviours, 'behaviour')}. `,
      `${plural(totals.cells, 'cell')} (a program on a sample): ${statuses.map(([status, cells]) => `${count(cells)} ${status}`).join(', ')}. `,
      `Recorded by run ${run}.`,
    ),
  );
}

function timeSection(runs: readonly RunFigures[]): HTMLElement {
  if (runs.length === 0) return section('time', 'Time by phase', 'The store has no finished run any more.');
  const place = element('div', {});
  const choose = element('select', { id: 'run' });
  // The last run often found everything in the store; the last run that executed steps tells more.
  const shown =
    runs.findLast(({ phases }) => phases.some(({ misses }) => misses > 0)) ?? runs[runs.length - 1];
  runs.toReversed().forEach((run) => {
    const text = `run ${run.run}, ${timeOf(run)}, ${duration(run.wallMs)}`;
    choose.append(element('option', { value: run.run, selected: run === shown }, text));
  });
  const show = (run: RunFigures) => {
    fill(
      place,
      phaseChart(run.phases),
      folded('as a table', phaseTable(run.phases)),
      element(
        'p',
        { class: 'quiet' },
        `${run.cellsRun === null ? '' : `${plural(run.cellsRun, 'cell')} executed. `}Wall time in all: ${duration(run.wallMs)}. CPU time is that of all threads together.`,
      ),
      ...(run.shared === null ? [] : [element('p', { class: 'quiet' }, `Shared cache: ${run.shared}.`)]),
    );
  };
  choose.addEventListener('change', () => {
    const run = runs.find((one) => String(one.run) === choose.value);
    if (run !== undefined) show(run);
  });
  show(shown);
  const label = element('label', { for: 'run' }, 'of ');
  return section('time', 'Time by phase', element('p', {}, label, choose), place);
}

/** To the minute, in UTC: the same for all readers of the report. */
function timeOf({ started }: RunFigures): string {
  return `${started.slice(0, 10)} ${started.slice(11, 16)} UTC`;
}

function phaseTable(phases: readonly PhaseFigures[]): HTMLElement {
  const rows = phases.map(({ phase, wallMs, cpuMs, hits, misses, savedMs }) => {
    const factor = wallMs < 0.05 || cpuMs === 0 ? '–' : (cpuMs / wallMs).toFixed(2);
    const times = [duration(wallMs), duration(cpuMs), factor];
    return [phase, ...times, count(hits), count(misses), savedMs > 0 ? duration(savedMs) : '–'];
  });
  const head = ['phase', 'wall', 'CPU', 'CPU / wall', 'hits', 'misses', 'time saved'];
  return table('Time by phase', head, rows, [1, 2, 3, 4, 5, 6]);
}

function historySection(runs: readonly RunFigures[]): HTMLElement {
  const saved = runs.reduce((sum, { savedMs }) => sum + savedMs, 0);
  const rows = runs
    .toReversed()
    .map((run) => [
      String(run.run),
      timeOf(run),
      duration(run.wallMs),
      run.hitRate === null ? '–' : percent(run.hitRate),
      run.savedMs > 0 ? duration(run.savedMs) : '–',
      run.cellsRun === null ? '–' : count(run.cellsRun),
    ]);
  const head = ['run', 'started', 'wall', 'hit rate', 'time saved', 'cells run'];
  return section(
    'runs',
    `The last ${plural(runs.length, 'run')} of this store`,
    element('div', { class: 'charts' }, ...chartsOf(runs)),
    element(
      'p',
      {},
      `Time saved in all: ${duration(saved)} (what the steps that were found took when they ran).`,
    ),
    folded('as a table', table('Runs', head, rows, [0, 2, 3, 4, 5])),
  );
}

function chartsOf(runs: readonly RunFigures[]): HTMLElement[] {
  const charts = [
    ['Hit rate', hitRateChart],
    ['Time saved', savedChart],
    ['Wall time', wallChart],
  ] as const;
  return charts.map(([title, draw]) => element('figure', {}, element('figcaption', {}, title), draw(runs)));
}

function costSection({ costliest }: Overview): HTMLElement {
  const most = Math.max(1, ...costliest.map(({ cost }) => cost));
  const rows = costliest.map(({ task, program, name, cost }) => {
    const bar = element('meter', { min: 0, max: most, value: cost, 'aria-hidden': 'true' });
    return [link(taskHash(task, program), {}, name === '' ? '(no name)' : name), task, count(cost), bar];
  });
  const head = ['program', 'task', 'cost', ''];
  return section(
    'cost',
    'The most expensive programs',
    element('p', { class: 'quiet' }, 'Units of the most expensive cell; the same on every machine.'),
    table('The most expensive programs', head, rows, [2]),
  );
}

function problemsSection({ diagnostics, moreDiagnostics }: Overview): HTMLElement {
  const all = diagnostics.length + moreDiagnostics;
  const title = all === 0 ? 'No problems' : plural(all, 'problem');
  const more = moreDiagnostics > 0 ? [element('p', {}, `and ${count(moreDiagnostics)} more`)] : [];
  return section('problems', title, diagnosticList(diagnostics), ...more);
}
