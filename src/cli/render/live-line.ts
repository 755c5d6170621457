/** The one line that a terminal shows while a build runs: rewritten in place, gone at the end. */
import type { BuildEvent } from '../../observe/event.js';
import type { OutputStream } from '../context.js';
import { count, duration } from './amounts.js';
import type { Style } from './style.js';

/** Milliseconds between two writes: often enough to look alive. */
const PAUSE = 100;

const CLEAR = '\r\u001b[K';

export class LiveLine {
  private readonly startedAt: number;
  private shownAt: number;
  private shown = false;
  private phase = 'scan';
  private tasks = 0;
  private toDo = 0;
  private done = 0;
  private hits = 0;
  private cells = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly stream: OutputStream,
    private readonly style: Style,
    private readonly now: () => number,
  ) {
    this.startedAt = now();
    // A build that is over at once shows no line at all.
    this.shownAt = this.startedAt;
    this.timer = setInterval(() => this.showIfDue(), PAUSE);
    this.timer.unref();
  }

  read(event: BuildEvent): void {
    switch (event.type) {
      case 'planned':
        this.tasks = event.tasks;
        this.toDo = event.dirtyTasks;
        break;
      case 'looked-up':
        this.phase = event.phase;
        this.hits += event.hits;
        break;
      case 'ran':
        this.phase = event.phase;
        if (event.phase === 'validate') this.cells += event.steps;
        break;
      case 'task-finished':
        this.done++;
        break;
      default:
        return;
    }
    this.showIfDue();
  }

  /** Takes the line away. */
  end(): void {
    clearInterval(this.timer);
    if (this.shown) this.stream.write(CLEAR);
    this.shown = false;
  }

  private showIfDue(): void {
    if (this.now() - this.shownAt < PAUSE) return;
    this.shown = true;
    this.shownAt = this.now();
    const width = Math.max(20, this.stream.columns ?? 80) - 1;
    this.stream.write(CLEAR + this.style.apply('cyan', this.text().slice(0, width)));
  }

  private text(): string {
    const parts = [
      this.phase.padEnd(8),
      ...(this.tasks === 0 ? [] : [this.progress()]),
      `${count(this.hits)} hits`,
      `${count(this.cells)} cells run`,
      duration(this.shownAt - this.startedAt),
    ];
    return parts.join('  ');
  }

  private progress(): string {
    const progress = `${count(this.done)}/${count(this.toDo)}`;
    return this.toDo === this.tasks ? `${progress} tasks` : `${progress} of ${count(this.tasks)} tasks`;
  }
}
