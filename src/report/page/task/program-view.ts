/** One program of a task: its outputs on the samples, its source, cells, scores and lineage. */
import { count } from '../../../text/amounts.js';
import type { CellReport, LineageReport, SolverReport } from '../../data.js';
import { type Child, element, folded, link, table } from '../dom.js';
import { taskHash } from '../route.js';
import { copyButton } from './copy-button.js';
import { type GridOptions, sampleGrids } from './sample-grids.js';
import { sourceView } from './source-view.js';
import {
  ancestorsOf,
  childrenOf,
  sampleName,
  solversOf,
  sumOfScores,
  type TaskModel,
  textOf,
  troubleOf,
  troublesOf,
} from './task-model.js';
import { matchMark } from './verdict.js';

/** This many digits of a body hash are shown; the title has all of them. */
const SHOWN_DIGITS = 12;

/** At most this many children are listed. */
const MOST_CHILDREN = 20;

export function programView(model: TaskModel, program: number, options: GridOptions): HTMLElement {
  const { head, detail } = model;
  const report = detail.programs[program];
  const solvers = solversOf(detail, program);
  const facts: readonly (readonly [string, Child])[] = [
    ['demo', `${report.demo}/${head.known.demo}`],
    ['test', `${report.test}/${head.known.test}`],
    ...(detail.differs.length > 0 ? [['d_score', count(sumOfScores(report))] as const] : []),
    ['behaviour class', String(report.behaviour)],
    ['cost', count(report.cost)],
    ...(report.dialect === null ? [] : [['dialect', report.dialect] as const]),
    ['body', element('code', { title: report.body }, report.body.slice(0, SHOWN_DIGITS))],
  ];
  return element(
    'div',
    { class: 'program' },
    element('h2', { id: 'program' }, `${program + 1}. ${solvers[0]?.name ?? '(no solver)'}`),
    element('dl', { class: 'facts' }, ...facts.map(([name, value]) => fact(name, value))),
    ...troubleParts(model, program),
    sampleGrids(model, program, options),
    sourceParts(model, program),
    element('h3', {}, solvers.length > 1 ? `Solvers (${solvers.length} spellings)` : 'Solver'),
    element('ul', { class: 'plain' }, ...solvers.map(solverItem)),
    ...lineageParts(model, program),
    element('h3', {}, 'Cells'),
    cellTable(model, report.cells),
    ...scoreParts(model, report.dScores),
  );
}

/** The errors as their author needs them: position, message, and on which samples. */
function troubleParts(model: TaskModel, program: number): HTMLElement[] {
  const { detail } = model;
  const [solver] = solversOf(detail, program);
  const troubles = troublesOf(model, detail.programs[program]);
  if (troubles.length === 0) return [];
  const items = troubles.map(({ samples, line, text }) => {
    const place = solver === undefined ? '' : line === null ? solver.file : `${solver.file}:${line}`;
    const where = element('div', { class: 'quiet' }, `on ${samples.join(', ')}`);
    return element('li', { class: 'error' }, element('code', {}, place), ` ${text}`, where);
  });
  return [element('ul', { class: 'diagnostics' }, ...items)];
}

/** The source as its author wrote it, next to the published text. */
function sourceParts(model: TaskModel, program: number): HTMLElement {
  const { detail } = model;
  const report = detail.programs[program];
  const [solver] = solversOf(detail, program);
  const wrong = troublesOf(model, report).flatMap(({ line }) =>
    line === null || solver === undefined ? [] : [line - solver.line],
  );
  return element(
    'div',
    { class: 'sources' },
    sourcePart('As written', report.source, 'its file has changed since the build', wrong),
    sourcePart(
      'Inlined',
      textOf(model, report),
      'it is not in the store any more; the next build makes it again',
      [],
    ),
  );
}

function sourcePart(
  title: string,
  source: string | null,
  missing: string,
  wrong: readonly number[],
): HTMLElement {
  if (source === null) {
    return element('div', {}, element('h3', {}, title), element('p', { class: 'quiet' }, missing));
  }
  const shown = sourceView(source, `${title.toLowerCase()} source`, wrong);
  const copy = copyButton(source, `the ${title.toLowerCase()} source`, shown);
  return element('div', {}, element('h3', {}, `${title} `, copy), shown);
}

function fact(name: string, value: Child): HTMLElement {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value));
}

function solverItem({ name, file, line, lineage }: SolverReport): HTMLElement {
  const made = lineage === null ? null : element('span', { class: 'quiet' }, ` ${madeBy(lineage)}`);
  return element('li', {}, name, ' ', element('code', { class: 'quiet' }, `${file}:${line}`), made);
}

function madeBy({ seed, round }: LineageReport): string {
  return `generated, seed ${seed}, round ${round}`;
}

function lineageParts(model: TaskModel, program: number): HTMLElement[] {
  const ancestors = ancestorsOf(model, program);
  const children = childrenOf(model, program);
  if (ancestors.length === 0 && children.length === 0) return [];
  const backwards = ancestors.map(({ mutation, parent, at }) =>
    element(
      'li',
      {},
      element('code', {}, mutation),
      ' of ',
      at === null ? gone(parent) : programLink(model, at),
    ),
  );
  const forwards = children
    .slice(0, MOST_CHILDREN)
    .map((child) =>
      element(
        'li',
        {},
        programLink(model, { task: model.head.id, program: child.program }),
        ' by ',
        element('code', {}, child.mutation),
      ),
    );
  const more = children.length - forwards.length;
  return [
    element('h3', {}, 'Lineage'),
    ...(backwards.length > 0
      ? [element('ol', { class: 'lineage', 'aria-label': 'descends from' }, ...backwards)]
      : []),
    ...(forwards.length > 0
      ? [
          folded(
            `${children.length} made from it`,
            element('ul', { class: 'plain' }, ...forwards),
            more > 0 ? element('p', { class: 'quiet' }, `and ${more} more`) : null,
          ),
        ]
      : []),
  ];
}

function gone(parent: string): HTMLElement {
  return element('span', {}, element('code', {}, parent), ' (not among the candidates)');
}

function programLink(model: TaskModel, at: { readonly task: string; readonly program: number }): HTMLElement {
  const here = at.task === model.head.id;
  const name = here ? solversOf(model.detail, at.program)[0]?.name : at.task;
  return link(taskHash(at.task, at.program), {}, `${at.program + 1}. ${name ?? ''}`);
}

function cellTable(model: TaskModel, cells: readonly CellReport[]): HTMLElement {
  const most = Math.max(1, ...cells.map(({ cost }) => cost));
  const rows = cells.map((cell, k): Child[] => {
    const line = cell.line === null ? '' : ` (line ${cell.line} of the first solver)`;
    const trouble = troubleOf(cell);
    return [
      sampleName(model, k),
      matchMark(cell.match),
      count(cell.cost),
      element('meter', { min: 0, max: most, value: cell.cost, 'aria-hidden': 'true' }),
      trouble === null ? cell.status : `${trouble}${line}`,
    ];
  });
  return table('Cells', ['sample', 'match', 'cost', '', 'outcome'], rows, [2]);
}

function scoreParts({ detail }: TaskModel, dScores: readonly number[]): HTMLElement[] {
  if (detail.differs.length === 0) return [];
  const most = Math.max(1, ...dScores);
  const weight = (k: number) => dScores[k] ?? 0;
  // The parts with the highest weight in the sum come first.
  const order = detail.differs.map((_, k) => k).sort((a, b) => weight(b) - weight(a) || a - b);
  const rows = order.map((k) => {
    const { name, file, line, sScore, failures } = detail.differs[k];
    return [
      element('span', { title: `${file}:${line}` }, name),
      count(weight(k)),
      element('meter', { min: 0, max: most, value: weight(k), 'aria-hidden': 'true' }),
      count(sScore),
      failures === 0 ? '' : `${count(failures)} without a score`,
    ];
  });
  const head = ['differ', 'd_score', '', 's_score of the task', ''];
  return [element('h3', {}, 'Scores by differs'), table('Scores by differs', head, rows, [1, 3])];
}
