/** Progress of a build for a log or a CI server: a line from time to time. */
import type { BuildEvent } from '../../observe/event.js';
import { ProgressReader } from '../../observe/progress.js';
import type { OutputStream } from '../process/context.js';
import { progressSentence } from './progress-text.js';

/** Milliseconds between two lines at first, and before the first line. */
const PAUSE = 5000;

/** The interval grows with the time that the build has run: an hour gives about a hundred lines. */
const PAUSE_PART = 0.05;

export class ProgressLog {
  private readonly reader: ProgressReader;
  private readonly startedAt: number;
  private printedAt: number;
  private readonly timer: NodeJS.Timeout;

  /** `now` gives milliseconds since any fixed moment; `label` begins every line. */
  constructor(
    private readonly stream: OutputStream,
    private readonly now: () => number,
    private readonly label = '',
  ) {
    this.reader = new ProgressReader(now);
    this.startedAt = now();
    this.printedAt = this.startedAt;
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
    if (now - this.printedAt < pause) return;
    this.printedAt = now;
    this.stream.write(`${progressSentence(this.reader.progress(), this.label)}\n`);
  }
}
