/** The whole page: its landmarks, the view for the current address, and the keys that work everywhere. */

import type { ReportedTask, ReportSource } from './data/report-source.js';
import { button, element, fill, link } from './dom.js';
import { helpDialog } from './help-dialog.js';
import { MapView } from './overview/map-view.js';
import { overviewView } from './overview/overview-view.js';
import { TaskList } from './overview/task-list.js';
import { keepingReadingPosition } from './reading-position.js';
import { parseRoute, type Route, routeHash, taskHash } from './route.js';
import { diagnosticsOf, sameProgram } from './task/task-model.js';
import { TaskView } from './task/task-view.js';
import { themeButton } from './theme.js';

export class App {
  private readonly main = element('main', { id: 'main' });
  private readonly list: TaskList;
  private readonly help = helpDialog();
  private readonly theme: HTMLButtonElement;
  private readonly links: readonly HTMLAnchorElement[];
  private route: Route | null = null;
  private taskView: TaskView | null = null;
  private map: MapView | null = null;
  private digits = false;

  /** `status` is at the top: further information about the page. */
  constructor(
    private source: ReportSource,
    private readonly status: HTMLElement | null = null,
  ) {
    this.list = new TaskList(source.tasks, (hash) => this.go(hash));
    this.theme = themeButton(() => this.map?.draw());
    this.links = [link('#/', {}, 'Overview'), link('#/map', {}, 'Map')];
  }

  start(): void {
    const { workspace, run, battbuild } = this.source.overview;
    document.title = `${workspace} – battbuild report`;
    document.body.append(
      link('#main', { class: 'skip' }, 'Skip to the content'),
      element(
        'header',
        { class: 'top' },
        element('strong', { title: `battbuild ${battbuild}, run ${run}` }, workspace),
        element('nav', { 'aria-label': 'views' }, ...this.links),
        element('span', { class: 'space' }),
        this.status,
        this.theme,
        button('keys ?', { 'aria-haspopup': 'dialog' }, () => this.help.showModal()),
      ),
      element('div', { class: 'frame' }, this.list.element, this.main),
      this.help,
    );
    document.querySelector('.skip')?.addEventListener('click', (event) => {
      event.preventDefault();
      this.focusMain();
    });
    window.addEventListener('hashchange', () => this.show(parseRoute(location.hash)));
    document.addEventListener('keydown', (event) => this.onKey(event));
    this.show(parseRoute(location.hash));
  }

  /** Shows a newer report and keeps the reader's position. */
  update(source: ReportSource): void {
    this.source = source;
    keepingReadingPosition(this.list.element, () => this.list.setTasks(source.tasks));
    const { route } = this;
    if (route?.view === 'task') void this.updateTask(route);
    else if (route !== null)
      keepingReadingPosition(this.main, () => fill(this.main, this.wholeView(route.view)));
    this.map?.draw();
  }

  private go(hash: string): void {
    if (location.hash === hash) this.show(parseRoute(hash));
    else location.hash = hash;
  }

  private show(route: Route): void {
    const before = this.route;
    this.route = route;
    if (route.view !== 'map' || before?.view !== 'map') this.map = null;
    for (const one of this.links) {
      if (one.hash === routeHash(route)) one.setAttribute('aria-current', 'page');
      else one.removeAttribute('aria-current');
    }
    if (route.view === 'task') {
      if (before?.view === 'task' && before.task === route.task && this.taskView !== null) {
        this.taskView.show(route.program);
      } else {
        this.taskView = null;
        void this.showTask(route);
      }
      return;
    }
    this.taskView = null;
    this.list.mark(null);
    this.replace(this.wholeView(route.view), before);
    this.map?.draw();
  }

  /** A view of all tasks. */
  private wholeView(view: 'overview' | 'map'): HTMLElement {
    const { overview, tasks } = this.source;
    if (view === 'overview') return overviewView(overview);
    this.map = new MapView(overview, tasks, (hash) => this.go(hash), this.map?.choice);
    return this.map.element;
  }

  private async showTask(route: TaskRoute): Promise<void> {
    const before = this.main.firstElementChild === null ? null : route;
    this.list.mark(this.source.indexOf(route.task) ?? null);
    const task = await this.askFor(route.task);
    // The reader may have gone to another task in the meantime.
    if (this.route?.view !== 'task' || this.route.task !== route.task) return;
    const view = task === null ? null : this.viewOf(task);
    this.taskView = view;
    this.replace(view?.element ?? noTask(route.task), before);
    view?.show(this.route.program);
  }

  /** The task that is shown may have changed. */
  private async updateTask({ task: id }: TaskRoute): Promise<void> {
    const { source, taskView: shown } = this;
    const task = await this.askFor(id);
    const { route } = this;
    const isElsewhere = source !== this.source || shown !== this.taskView;
    if (isElsewhere || route?.view !== 'task' || route.task !== id) return;
    if (task !== null && shown !== null && sameTask(task, shown.model)) return;
    const program =
      task === null || shown === null
        ? route.program
        : sameProgram(shown.model.detail, shown.chosen, task.detail);
    this.route = { ...route, program };
    history.replaceState(null, '', taskHash(id, program));
    const view = task === null ? null : this.viewOf(task);
    this.taskView = view;
    keepingReadingPosition(this.main, () => {
      fill(this.main, view?.element ?? noTask(id));
      view?.show(program);
    });
  }

  private async askFor(id: string): Promise<ReportedTask | null> {
    const index = this.source.indexOf(id);
    return index === undefined ? null : this.source.task(index);
  }

  private viewOf(task: ReportedTask): TaskView {
    const { sharedTexts, diagnostics } = this.source.overview;
    const model = { ...task, sharedTexts, diagnostics: diagnosticsOf(task, diagnostics) };
    return new TaskView(model, this.digits, (program) => this.go(taskHash(task.head.id, program)));
  }

  /** Shows a view from its top. The focus goes to its heading, unless the page has just been opened. */
  private replace(view: HTMLElement, before: Route | null): void {
    fill(this.main, view);
    window.scrollTo({ top: 0 });
    if (before !== null) this.focusMain();
  }

  private focusMain(): void {
    this.main.querySelector<HTMLElement>('h1')?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    // A dialog above the page handles its own keys.
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null)
      return;
    const { target } = event;
    if (event.key === 'Escape') {
      this.escape();
      return;
    }
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
    const action = this.actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  private readonly actions: Readonly<Record<string, () => void>> = {
    j: () => this.step(1),
    k: () => this.step(-1),
    ArrowRight: () => this.step(1),
    ArrowLeft: () => this.step(-1),
    n: () => this.stepProgram(1),
    p: () => this.stepProgram(-1),
    '/': () => {
      this.list.search.focus();
      this.list.search.select();
    },
    o: () => this.go('#/'),
    m: () => this.go('#/map'),
    t: () => this.theme.click(),
    d: () => {
      this.digits = !this.digits;
      this.taskView?.showDigits(this.digits);
    },
    '?': () => this.help.showModal(),
  };

  private step(step: 1 | -1): void {
    const next = this.list.neighbour(step);
    if (next !== null) this.go(taskHash(next.id));
  }

  private stepProgram(step: 1 | -1): void {
    if (this.route?.view !== 'task' || this.taskView === null) return;
    const next = this.taskView.chosen + step;
    if (next >= 0 && next < this.taskView.programs) this.go(taskHash(this.route.task, next));
  }

  /** One step back: out of the search, then to the overview. */
  private escape(): void {
    const { search } = this.list;
    if (search.value !== '') this.list.clear();
    else if (document.activeElement !== search) this.go('#/');
    search.blur();
  }
}

type TaskRoute = Route & { readonly view: 'task' };

function noTask(id: string): HTMLElement {
  return element('div', {}, element('h1', { tabindex: -1 }, `There is no task ${id}`));
}

function sameTask(a: ReportedTask, { head, detail }: ReportedTask): boolean {
  return JSON.stringify([a.head, a.detail]) === JSON.stringify([head, detail]);
}
