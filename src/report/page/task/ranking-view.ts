/** The programs of a task, best first; the one that is shown is marked, and the arrow keys move the mark. */
import { count } from '../../../text/amounts.js';
import { element, link } from '../dom.js';
import { taskHash } from '../route.js';
import { solversOf, sumOfScores, type TaskModel } from './task-model.js';

export class RankingView {
  readonly element: HTMLElement;
  private readonly rows: HTMLTableRowElement[];
  private shown = -1;

  constructor(
    private readonly model: TaskModel,
    choose: (program: number) => void,
  ) {
    const { programs, differs } = model.detail;
    this.rows = programs.map((_, program) => this.row(program));
    const titles = [
      '#',
      'demo',
      'test',
      ...(differs.length > 0 ? ['d_score'] : []),
      'class',
      'cost',
      'solver',
    ];
    const head = titles.map((title) =>
      element('th', { scope: 'col', class: title === 'solver' ? null : 'number' }, title),
    );
    const table = element(
      'table',
      { class: 'ranking' },
      element('caption', { class: 'unseen' }, 'Programs, best first'),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...this.rows),
    );
    this.element = element('div', { class: 'scroll' }, table);
    table.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest('tr') : null;
      const program = row === null ? -1 : this.rows.indexOf(row);
      if (program >= 0) choose(program);
    });
    table.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const next = this.shown + step;
      if (step === 0 || this.rows[next] === undefined) return;
      event.preventDefault();
      choose(next);
      this.rows[next].querySelector('a')?.focus();
    });
  }

  show(program: number): void {
    this.rows[this.shown]?.removeAttribute('aria-current');
    this.shown = program;
    this.rows[program]?.setAttribute('aria-current', 'true');
    this.rows[program]?.scrollIntoView({ block: 'nearest' });
  }

  private row(program: number): HTMLTableRowElement {
    const { head, detail } = this.model;
    const report = detail.programs[program];
    const [first, ...same] = solversOf(detail, program);
    const name = first?.name ?? '(no solver)';
    const chosen = link(taskHash(head.id, program), { title: name }, shortName(name, head.id));
    const more = same.length === 0 ? null : element('span', { class: 'quiet' }, `+${same.length}`);
    const scores = detail.differs.length > 0 ? [count(sumOfScores(report))] : [];
    const numbers = [
      String(program + 1),
      `${report.demo}/${head.known.demo}`,
      `${report.test}/${head.known.test}`,
      ...scores,
      String(report.behaviour),
      count(report.cost),
    ];
    const state = head.states[program];
    return element(
      'tr',
      { class: `state-${state}` },
      ...numbers.map((text) => element('td', { class: 'number' }, text)),
      element('td', {}, element('div', { class: 'solver' }, chosen, more)),
    );
  }
}

/** The part of a name that tells it from others of the task. */
function shortName(name: string, task: string): string {
  const common = `solve_${task}_`;
  return name.startsWith(common) ? `…_${name.slice(common.length)}` : name;
}
