/** A task: its ranking, the selected program, and the behaviour classes. */
import { plural } from '../../../text/amounts.js';
import { diagnosticList } from '../diagnostics.js';
import { element, fill } from '../dom.js';
import { behaviourView } from './behaviour-view.js';
import { programView } from './program-view.js';
import { RankingView } from './ranking-view.js';
import { sampleGrids } from './sample-grids.js';
import type { TaskModel } from './task-model.js';
import { VERDICTS, verdictMark } from './verdict.js';

export class TaskView {
  readonly element: HTMLElement;
  private readonly ranking: RankingView;
  private readonly panel = element('div', {
    class: 'card panel',
    role: 'region',
    'aria-label': 'chosen program',
  });
  private program = 0;

  constructor(
    readonly model: TaskModel,
    private digits: boolean,
    choose: (program: number) => void,
  ) {
    const { head, detail } = model;
    const { verdict, candidates, behaviours, file, id } = head;
    this.ranking = new RankingView(model, choose);
    const title = element('h1', { tabindex: -1 }, verdictMark(verdict), ` ${id}`);
    const fold = [
      VERDICTS[verdict].name,
      `${plural(candidates, 'candidate')} → ${plural(detail.programs.length, 'program')} → ${plural(behaviours, 'behaviour')}`,
      file,
    ];
    const problems = model.diagnostics.length === 0 ? null : diagnosticList(model.diagnostics);
    const ranking = element(
      'section',
      { class: 'card', 'aria-label': 'ranking' },
      element('h2', {}, 'Ranking'),
      this.ranking.element,
    );
    this.element = element(
      'div',
      { class: 'task' },
      element('header', {}, title, element('p', { class: 'quiet' }, fold.join(' · ')), problems),
      ...(detail.programs.length === 0
        ? [this.panel]
        : [element('div', { class: 'columns' }, ranking, this.panel), behaviourView(model)]),
    );
  }

  get programs(): number {
    return this.model.detail.programs.length;
  }

  /** Index of the program that is shown. */
  get chosen(): number {
    return this.program;
  }

  /** Call it once the view is in the page. An index beyond the last program selects the best one. */
  show(program: number): void {
    this.program = program < this.programs ? program : 0;
    this.ranking.show(this.program);
    this.draw();
  }

  showDigits(digits: boolean): void {
    this.digits = digits;
    this.draw();
  }

  private draw(): void {
    const { model, panel } = this;
    const { paddingLeft, paddingRight } = getComputedStyle(panel);
    const width = panel.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    const options = { width, digits: this.digits };
    if (this.programs > 0) fill(panel, programView(model, this.program, options));
    else fill(panel, element('h2', {}, 'No candidates'), sampleGrids(model, null, options));
  }
}
