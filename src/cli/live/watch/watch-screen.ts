/** What the terminal shows of a watch, event by event. */
import type { Diagnostic } from '../../../diagnostic.js';
import type { Summary } from '../../../observe/event.js';
import { plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import type { Results, WatchEvent } from '../../../watch/watch-event.js';
import { type Context, colorDepthOf } from '../../process/context.js';
import {
  changeLine,
  configLines,
  problemNews,
  resultLines,
  standingLine,
  stoppedLine,
  unseenLine,
} from '../../render/build/watch.js';
import { diagnosticLines } from '../../render/diagnostics.js';
import type { Excerpts } from '../../render/excerpt.js';
import { Style } from '../../render/style.js';
import { excerptsOn } from '../excerpts-on.js';
import { CLEAR } from '../live-line.js';
import { type ProgressView, progressView } from '../progress-view.js';
import { filtered, NO_FILTER, type WatchFilter } from './watch-filter.js';

export class WatchScreen {
  private readonly style: Style;
  private readonly talkStyle: Style;
  private live: ProgressView | null = null;
  /** Lines that cannot be printed while a live line is on the screen. */
  private held: (() => void)[] = [];
  private cause = '';
  /** Current names of files, by their names before the last change. */
  private renamed: ReadonlyMap<string, string> = new Map();
  private diagnostics: Diagnostic[] = [];
  private lastDiagnostics: readonly Diagnostic[] = [];
  private finishedTasks = 0;
  private summary: Summary | null = null;
  private isFirst = true;
  private filter: WatchFilter = NO_FILTER;
  /** Whether the terminal gives keys; then a hint names them. */
  hasKeys = false;

  constructor(
    private readonly quiet: boolean,
    private readonly context: Context,
    private readonly now: () => Date = () => new Date(),
    /** The folder of the workspace; null if lines of inputs are never shown. */
    private readonly root: string | null = null,
  ) {
    this.style = new Style(context.colorDepth);
    this.talkStyle = new Style(colorDepthOf(context.stderr, context.env));
  }

  read(event: WatchEvent): void {
    switch (event.type) {
      case 'changed':
        this.renamed = new Map(
          event.changes.flatMap(({ file, from }) => (from === undefined ? [] : [[from, file]])),
        );
        this.cause = changeLine(event.changes, this.now().toTimeString().slice(0, 8), this.style);
        if (!this.quiet) this.print([this.cause]);
        break;
      case 'serving':
        this.print([`the report: ${this.style.apply('bold', event.url)}`]);
        break;
      case 'started':
        this.diagnostics = [];
        this.finishedTasks = 0;
        if (!this.quiet) this.live = progressView(this.context);
        this.live?.read(event);
        break;
      case 'diagnostic':
        this.diagnostics.push(event.diagnostic);
        break;
      case 'task-finished':
        this.finishedTasks++;
        this.live?.read(event);
        break;
      case 'summary':
        this.endLive();
        this.summary = event;
        if (event.interrupted && !this.quiet) this.print([stoppedLine(this.finishedTasks, this.style)]);
        break;
      case 'results':
        this.finished(event);
        break;
      case 'unknown-tasks':
        this.say([`there is no task ${event.tasks.map(({ id }) => printable(id)).join(', ')}`]);
        break;
      case 'config':
        this.say(configLines(event.diagnostics, this.talkStyle));
        break;
      case 'unseen':
        this.say([unseenLine(event.reason)]);
        break;
      case 'waiting':
        if (this.isFirst && !this.quiet) {
          this.print([
            this.style.apply(
              'dim',
              this.hasKeys ? 'watching for changes; ? for keys, q ends' : 'watching for changes; Ctrl-C ends',
            ),
          ]);
        }
        this.isFirst = false;
        break;
      default:
        this.live?.read(event);
    }
  }

  end(): void {
    this.endLive();
  }

  private finished(results: Results): void {
    const summary = this.summary as Summary;
    const isOfInterest = ({ severity }: Diagnostic) => !this.quiet || severity === 'error';
    const now = this.diagnostics.filter(isOfInterest);
    const news = problemNews(this.lastDiagnostics, now, this.renamed, this.talkStyle, this.excerpts());
    this.lastDiagnostics = now;
    this.say(news.fresh);
    const shown = filtered(results, this.filter);
    const lines = resultLines(shown, summary, this.style);
    const left = results.tasks.length - shown.tasks.length;
    if (left > 0) lines.unshift(this.style.apply('dim', `  ${plural(left, 'task')} left out by the filter`));
    if (this.quiet) {
      if (results.compared && results.tasks.length > 0) this.print([this.cause, ...lines]);
      return;
    }
    this.print(results.compared ? lines : [standingLine(summary, this.style)]);
    this.say(news.standing);
  }

  /** Switches between showing unsolved tasks only and all tasks; returns true if it is unsolved tasks only. */
  toggleUnsolved(): boolean {
    this.filter = { ...this.filter, unsolved: !this.filter.unsolved };
    return this.filter.unsolved;
  }

  /** Shows only tasks and solvers whose names contain the text. */
  filterBy(text: string): void {
    this.filter = { ...this.filter, text };
  }

  /** Prints all problems of the last build. */
  tellProblems(): void {
    const lines = diagnosticLines(this.lastDiagnostics, this.talkStyle, this.excerpts());
    this.say(lines.length === 0 ? ['there are no problems'] : lines);
  }

  /** Prints the answer to a key. */
  tell(...lines: readonly string[]): void {
    this.say(lines);
  }

  /** Shows the text that is being typed, in place; null removes it. */
  prompt(text: string | null): void {
    this.context.stderr.write(text === null ? CLEAR : `${CLEAR}show only: ${printable(text)}`);
  }

  private excerpts(): Excerpts | null {
    return this.root === null ? null : excerptsOn(this.context.stderr, this.talkStyle, this.root);
  }

  private print(lines: readonly string[]): void {
    this.whenFree(() => this.context.stdout.write(`${lines.join('\n')}\n`));
  }

  private say(lines: readonly string[]): void {
    if (lines.length > 0) this.whenFree(() => this.context.stderr.write(`${lines.join('\n')}\n`));
  }

  private whenFree(write: () => void): void {
    if (this.live === null) write();
    else this.held.push(write);
  }

  private endLive(): void {
    this.live?.end();
    this.live = null;
    for (const write of this.held.splice(0)) write();
  }
}
