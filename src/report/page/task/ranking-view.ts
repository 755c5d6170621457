/** The programs of a task, best first. The current one is marked, and the arrow keys move the mark. */
import { count } from '../../../text/amounts.js';
import { button, element, link, scrollWithin } from '../dom.js';
import { taskHash } from '../route.js';
import { solversOf, sumOfScores, type TaskModel } from './task-model.js';

/** A column. Pressing its title sorts the programs by it, the best first. */
interface Column {
  readonly title: string;
  readonly value: (program: number) => number | string;
  /** Whether a higher value is better. */
  readonly descending: boolean;
}

export class RankingView {
  readonly element: HTMLElement;
  private readonly rows: HTMLTableRowElement[];
  private readonly body: HTMLTableSectionElement;
  private readonly heads: HTMLTableCellElement[];
  private readonly columns: readonly Column[];
  /** Indices of programs, in the order in which they are listed. */
  private order: number[];
  private sorted = { column: 0, reversed: false };
  private shown = -1;

  constructor(
    private readonly model: TaskModel,
    choose: (program: number) => void,
  ) {
    const { programs } = model.detail;
    this.columns = columnsOf(model);
    this.rows = programs.map((_, program) => this.row(program));
    this.order = programs.map((_, program) => program);
    this.body = element('tbody', {}, ...this.rows);
    this.heads = this.columns.map((column, k) => this.headOf(column, k));
    const table = element(
      'table',
      { class: 'ranking' },
      element('caption', { class: 'unseen' }, 'Programs; titles sort them'),
      element('thead', {}, element('tr', {}, ...this.heads)),
      this.body,
    );
    this.element = element('div', { class: 'scroll' }, table);
    this.body.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest('tr') : null;
      const program = row === null ? -1 : this.rows.indexOf(row);
      if (program >= 0) choose(program);
    });
    this.body.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const next = this.order[this.order.indexOf(this.shown) + step];
      if (step === 0 || next === undefined) return;
      event.preventDefault();
      choose(next);
      this.rows[next].querySelector('a')?.focus();
    });
    this.markSorted();
  }

  private headOf({ title }: Column, column: number): HTMLTableCellElement {
    const kind = title === 'solver' ? null : 'number';
    const press = button(title, { class: 'sort' }, () => this.sortBy(column));
    return element('th', { scope: 'col', class: kind }, press);
  }

  /** Sorts by a column; a second press reverses the order. Equal programs stay sorted by rank. */
  private sortBy(column: number): void {
    const reversed = this.sorted.column === column && !this.sorted.reversed;
    this.sorted = { column, reversed };
    const { value, descending } = this.columns[column];
    const sign = descending === reversed ? 1 : -1;
    this.order = this.rows
      .map((_, program) => program)
      .sort((a, b) => sign * compare(value(a), value(b)) || a - b);
    this.body.replaceChildren(...this.order.map((program) => this.rows[program]));
    this.markSorted();
  }

  private markSorted(): void {
    const { column, reversed } = this.sorted;
    this.heads.forEach((head, k) => {
      if (k !== column) head.removeAttribute('aria-sort');
      else
        head.setAttribute('aria-sort', this.columns[k].descending === reversed ? 'ascending' : 'descending');
    });
  }

  show(program: number): void {
    this.rows[this.shown]?.removeAttribute('aria-current');
    this.shown = program;
    this.rows[program]?.setAttribute('aria-current', 'true');
    const row = this.rows[program];
    if (row !== undefined) scrollWithin(this.element, row, this.heads[0].offsetHeight);
  }

  private row(program: number): HTMLTableRowElement {
    const { head, detail } = this.model;
    const report = detail.programs[program];
    const [first, ...same] = solversOf(detail, program);
    const name = first?.name ?? '(no solver)';
    const chosen = link(taskHash(head.id, program), { title: name }, shortName(name, head.id));
    const more = same.length === 0 ? null : element('span', { class: 'quiet' }, `+${same.length}`);
    const dialect = report.dialect === null ? null : element('span', { class: 'quiet' }, report.dialect);
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
      element('td', {}, element('div', { class: 'solver' }, chosen, more, dialect)),
    );
  }
}

function columnsOf({ detail }: TaskModel): Column[] {
  const { programs, differs } = detail;
  const scores = { title: 'd_score', value: (k: number) => sumOfScores(programs[k]), descending: true };
  return [
    { title: '#', value: (k) => k, descending: false },
    { title: 'demo', value: (k) => programs[k].demo, descending: true },
    { title: 'test', value: (k) => programs[k].test, descending: true },
    ...(differs.length > 0 ? [scores] : []),
    { title: 'class', value: (k) => programs[k].behaviour, descending: false },
    { title: 'cost', value: (k) => programs[k].cost, descending: false },
    { title: 'solver', value: (k) => solversOf(detail, k)[0]?.name ?? '', descending: false },
  ];
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The part of a name that differs from other names of the task. */
function shortName(name: string, task: string): string {
  const common = `solve_${task}_`;
  return name.startsWith(common) ? `…_${name.slice(common.length)}` : name;
}
