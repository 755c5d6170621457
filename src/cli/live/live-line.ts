/** The one line that a terminal shows while a build runs: rewritten in place, gone at the end. */
import type { BuildEvent } from '../../observe/event.js';
import { ProgressReader } from '../../observe/progress.js';
import type { OutputStream } from '../context.js';
import type { Style } from '../render/style.js';
import { progressLine } from './progress-text.js';

/** Milliseconds between two writes: often enough to look alive. */
const PAUSE = 100;

/**
 * Erases from the cursor to the end of the screen. The cursor waits at the beginning of the line: a terminal that became
 * narrower may have wrapped the line, and keeps the cursor where the line begins.
 */
export const CLEAR = '\r\u001b[J';

export class LiveLine {
  private readonly reader: ProgressReader;
  private shownAt: number;
  private shown = false;
  private readonly timer: NodeJS.Timeout;
  private readonly resized = () => {
    if (this.shown) this.show();
  };

  /** `now` is in milliseconds from any fixed moment; `label` begins the line. */
  constructor(
    private readonly stream: OutputStream,
    private readonly style: Style,
    private readonly now: () => number,
    private readonly label = '',
  ) {
    this.reader = new ProgressReader(now);
    // A build that is over at once shows no line at all.
    this.shownAt = now();
    this.timer = setInterval(() => this.showIfDue(), PAUSE);
    this.timer.unref();
    stream.on('resize', this.resized);
  }

  read(event: BuildEvent): void {
    this.reader.read(event);
    this.showIfDue();
  }

  /** Takes the line away. */
  end(): void {
    clearInterval(this.timer);
    this.stream.off('resize', this.resized);
    if (this.shown) this.stream.write(CLEAR);
    this.shown = false;
  }

  private showIfDue(): void {
    if (this.now() - this.shownAt >= PAUSE) this.show();
  }

  private show(): void {
    this.shown = true;
    this.shownAt = this.now();
    // Some terminals do not know their width. The last column stays free, or the cursor would be on the next line.
    const width = (this.stream.columns || 80) - 1;
    const text = progressLine(this.reader.progress(), this.label, width);
    this.stream.write(`${CLEAR}${this.style.apply('cyan', text)}\r`);
  }
}
