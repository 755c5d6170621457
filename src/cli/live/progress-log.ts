/** What a log, or a CI server, gets of a build under way: a line now and then. */
import type { BuildEvent } from '../../observe/event.js';
import { ProgressReader } from '../../observe/progress.js';
import type { OutputStream } from '../context.js';
import { progressSentence } from './progress-text.js';

/** Milliseconds between two lines, and before the first. */
const PAUSE = 5000;

/** The longer a build runs, the rarer are the lines: an hour has a hundred. */
const PAUSE_PART = 0.05;

export class ProgressLog {
  private readonly reader: ProgressReader;
  private readonly startedAt: number;
  private saidAt: number;
  private readonly timer: NodeJS.Timeout;

  /** `now` is in milliseconds from any fixed moment; `label` begins every line. */
  constructor(
    private readonly stream: OutputStream,
    private readonly now: () => number,
    private readonly label = '',
  ) {
    this.reader = new ProgressReader(now);
    this.startedAt = now();
    this.saidAt = this.startedAt;
    this.timer = setInterval(() => this.sayIfDue(), PAUSE);
    this.timer.unref();
  }

  read(event: BuildEvent): void {
    this.reader.read(event);
    this.sayIfDue();
  }

  end(): void {
    clearInterval(this.timer);
  }

  private sayIfDue(): void {
    const now = this.now();
    const pause = Math.max(PAUSE, (now - this.startedAt) * PAUSE_PART);
    if (now - this.saidAt < pause) return;
    this.saidAt = now;
    this.stream.write(`${progressSentence(this.reader.progress(), this.label)}\n`);
  }
}
