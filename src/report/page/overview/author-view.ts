/** The first questions of a solver's author: what got better and worse, and which tasks are nearly solved. */
import { count, plural } from '../../../text/amounts.js';
import type { ChangedTask, ChangesReport, NearMissReport, Overview } from '../../data.js';
import { type Child, element, folded, link, section, table } from '../dom.js';
import { taskHash } from '../route.js';

/** The kinds of changes that are listed at first; the others are folded. */
const LISTED: readonly ChangedTask['kind'][] = ['lost', 'worse', 'gone', 'solved', 'better'];

export function changesSection({ changes }: Overview): HTMLElement {
  if (changes === null) {
    return section('changes', 'Lost since the run before', 'There is no run before to compare with.');
  }
  const { before, after, tasks } = changes;
  const lost = tasks.filter(({ kind }) => kind === 'lost').length;
  const listed = tasks.filter(({ kind }) => LISTED.includes(kind));
  const rest = tasks.filter(({ kind }) => !LISTED.includes(kind));
  const title = `${lost === 0 ? 'Nothing' : plural(lost, 'task')} lost since ${before}`;
  return section(
    'changes',
    title,
    element('p', { class: 'quiet' }, countsOf(changes), ` (${before} → ${after})`),
    ...(listed.length > 0 ? [changeTable(listed)] : []),
    ...(rest.length > 0
      ? [folded(`${plural(rest.length, 'other task')} with other solvers or scores`, changeTable(rest))]
      : []),
  );
}

function countsOf({ tasks }: ChangesReport): string {
  const counts = new Map<string, number>();
  for (const { kind } of tasks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  if (counts.size === 0) return 'No result is another';
  return [...counts].map(([kind, number]) => `${count(number)} ${kind}`).join(', ');
}

function changeTable(tasks: readonly ChangedTask[]): HTMLElement {
  const rows = tasks.map(({ task, kind, samples, before, after, solvers, moreSolvers }): Child[] => {
    const scores = before === after ? String(after ?? 0) : `${before ?? 0} → ${after ?? 0}`;
    const named = solvers.map(solverText);
    const all = moreSolvers > 0 ? [...named, `${count(moreSolvers)} more`] : named;
    return [
      element('span', { class: `kind ${kind}` }, kind),
      after === null ? task : link(taskHash(task), {}, task),
      `${scores} of ${plural(samples, 'sample')}`,
      all.join(', '),
    ];
  });
  return table('Changed tasks', ['', 'task', 'best', 'solvers'], rows, []);
}

function solverText({ name, before, after }: ChangedTask['solvers'][number]): string {
  if (after === null) return `${name} gone`;
  if (before === null) return `${name} new, ${after}`;
  return before === after ? `${name} edited` : `${name} ${before} → ${after}`;
}

export function nearestSection({ nearest }: Overview): HTMLElement {
  const rows = nearest.map((miss): Child[] => [
    link(taskHash(miss.task, miss.program), {}, miss.task),
    miss.name,
    `${miss.matched} of ${plural(miss.known, 'sample')}`,
    wrongText(miss),
  ]);
  if (rows.length === 0) return section('nearest', 'No misses', 'Every task with a solver is solved.');
  const head = ['task', 'nearest solver', 'matched', 'on the others'];
  return section('nearest', 'Nearest misses', table('Nearest misses', head, rows, []));
}

function wrongText({ wrongCells, cells }: NearMissReport): string {
  if (wrongCells === null || cells === null) return '';
  return `${count(wrongCells)} of ${plural(cells, 'cell')} wrong`;
}
