/** The page as a whole: its landmarks, the view that the address asks for, and the keys that work everywhere. */
import { button, element, fill, link } from './dom.js';
import { helpDialog } from './help-dialog.js';
import { MapView } from './map-view.js';
import { overviewView } from './overview-view.js';
import type { ReportSource } from './report-source.js';
import { parseRoute, type Route, routeHash, taskHash } from './route.js';
import { TaskList } from './task-list.js';
import { TaskView } from './task-view.js';
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

  constructor(private readonly source: ReportSource) {
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

  private go(hash: string): void {
    if (location.hash === hash) this.show(parseRoute(hash));
    else location.hash = hash;
  }

  private show(route: Route): void {
    const before = this.route;
    this.route = route;
    this.map = null;
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
    if (route.view === 'map') {
      this.map = new MapView(this.source.overview, this.source.tasks, (hash) => this.go(hash));
      this.replace(this.map.element, before);
      this.map.draw();
    } else this.replace(overviewView(this.source.overview), before);
  }

  private async showTask(route: Route & { readonly view: 'task' }): Promise<void> {
    const before = this.main.firstElementChild === null ? null : route;
    const index = this.source.indexOf(route.task);
    this.list.mark(index ?? null);
    if (index === undefined) {
      this.replace(
        element('div', {}, element('h1', { tabindex: -1 }, `There is no task ${route.task}`)),
        before,
      );
      return;
    }
    const detail = await this.source.detail(index);
    // Another task may have been asked for in the meantime.
    if (this.route?.view !== 'task' || this.route.task !== route.task) return;
    const { sharedTexts } = this.source.overview;
    const model = { head: this.source.tasks[index], detail, sharedTexts };
    this.taskView = new TaskView(model, this.digits, (program) => this.go(taskHash(route.task, program)));
    this.replace(this.taskView.element, before);
    this.taskView.show(this.route.program);
  }

  /** Shows a view from its top; the focus goes to its heading unless the page was only just opened. */
  private replace(view: HTMLElement, before: Route | null): void {
    fill(this.main, view);
    window.scrollTo({ top: 0 });
    if (before !== null) this.focusMain();
  }

  private focusMain(): void {
    this.main.querySelector<HTMLElement>('h1')?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.help.open) return;
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
