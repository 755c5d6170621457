/** The list of tasks at the side, with a search field and a choice of verdicts. */
import { count, plural } from '../../../text/amounts.js';
import type { TaskHead, Verdict } from '../../data.js';
import { button, element, fill, link, scrollWithin } from '../dom.js';
import { taskHash } from '../route.js';
import { VERDICTS, verdictMark } from '../task/verdict.js';
import { type Found, findTasks } from './task-filter.js';

export class TaskList {
  readonly element: HTMLElement;
  readonly search = element('input', {
    type: 'search',
    id: 'search',
    placeholder: 'task or solver ( / )',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': 'search tasks by id or solver',
  });
  private readonly list = element('ul', { class: 'tasks' });
  private readonly status = element('p', { class: 'quiet', role: 'status' });
  private readonly chips = new Map<Verdict | null, HTMLButtonElement>();
  private verdict: Verdict | null = null;
  private found: readonly Found[] = [];
  private current: number | null = null;

  constructor(
    private tasks: readonly TaskHead[],
    private readonly open: (hash: string) => void,
  ) {
    this.element = element(
      'nav',
      { 'aria-label': 'tasks' },
      element('div', { role: 'search' }, this.search),
      element('div', { class: 'chips', role: 'group', 'aria-label': 'verdict' }, ...this.verdictChips()),
      this.status,
      this.list,
    );
    this.search.addEventListener('input', () => this.update());
    this.search.addEventListener('keydown', (event) => {
      const [first] = this.found;
      if (event.key === 'Enter' && first !== undefined)
        this.open(taskHash(this.tasks[first.index].id, first.program));
      else if (event.key === 'ArrowDown') this.list.querySelector('a')?.focus();
      else return;
      event.preventDefault();
    });
    this.list.addEventListener('keydown', (event) => this.onListKey(event));
    this.update();
  }

  /** Marks the task that is shown. */
  mark(index: number | null): void {
    this.current = index;
    for (const item of this.list.querySelectorAll('[aria-current]')) item.removeAttribute('aria-current');
    const at = this.found.findIndex((found) => found.index === index);
    const shown = this.list.children[at]?.querySelector('a');
    shown?.setAttribute('aria-current', 'page');
    if (shown != null) scrollWithin(this.list, shown);
  }

  /** Shows the tasks of a newer report; search and scroll position stay. */
  setTasks(tasks: readonly TaskHead[]): void {
    const id = this.current === null ? null : this.tasks[this.current].id;
    const { scrollTop } = this.list;
    this.tasks = tasks;
    const current = tasks.findIndex((task) => task.id === id);
    this.current = current < 0 ? null : current;
    this.update();
    this.list.scrollTop = scrollTop;
  }

  clear(): void {
    this.search.value = '';
    this.update();
  }

  /** The task `step` positions further in the list. Without a current task in the list, the first or the last one. */
  neighbour(step: 1 | -1): TaskHead | null {
    const at = this.found.findIndex(({ index }) => index === this.current);
    const next = at < 0 ? (step > 0 ? 0 : this.found.length - 1) : at + step;
    const found = this.found[next];
    return found === undefined ? null : this.tasks[found.index];
  }

  private update(): void {
    this.found = findTasks(this.tasks, this.search.value, this.verdict);
    fill(this.list, ...this.found.map((found) => this.item(found)));
    const all = this.found.length === this.tasks.length;
    fill(
      this.status,
      all
        ? plural(this.tasks.length, 'task')
        : `${count(this.found.length)} of ${plural(this.tasks.length, 'task')}`,
    );
    for (const [verdict, chip] of this.chips)
      chip.setAttribute('aria-pressed', String(verdict === this.verdict));
    this.mark(this.current);
  }

  private item({ index, solver, program }: Found): HTMLElement {
    const { id, verdict, best, known } = this.tasks[index];
    const score = `${best.demo + best.test}/${known.demo + known.test}`;
    return element(
      'li',
      {},
      link(
        taskHash(id, program),
        {},
        verdictMark(verdict),
        element('span', { class: 'id' }, id),
        element('span', { class: 'quiet', title: 'samples that the best program matches' }, score),
        solver === null ? null : element('span', { class: 'by quiet' }, solver),
      ),
    );
  }

  private verdictChips(): HTMLElement[] {
    const verdicts: readonly (Verdict | null)[] = [null, 'solved', 'partly', 'unsolved'];
    return verdicts.map((verdict) => {
      const tasks = this.tasks.filter((task) => verdict === null || task.verdict === verdict).length;
      const label = verdict === null ? `all ${count(tasks)}` : `${VERDICTS[verdict].sign} ${count(tasks)}`;
      const name = verdict === null ? 'all tasks' : `only ${VERDICTS[verdict].name}`;
      const chip = button(label, { 'aria-label': name, title: name, class: verdict }, () => {
        this.verdict = verdict;
        this.update();
      });
      this.chips.set(verdict, chip);
      return chip;
    });
  }

  /** Arrow keys move the focus along the list. */
  private onListKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLAnchorElement)) return;
    const items = [...this.list.querySelectorAll('a')];
    const at = items.indexOf(event.target);
    event.preventDefault();
    if (at + step < 0) this.search.focus();
    else items[at + step]?.focus();
  }
}
