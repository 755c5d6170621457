/** The live line of a terminal while a build runs: rewritten in place, and erased at the end. */
import type { BuildEvent } from '../../observe/event.js';
import { ProgressReader } from '../../observe/progress.js';
import type { OutputStream } from '../process/context.js';
import type { Style } from '../render/style.js';
import { progressLine } from './progress-text.js';

/** Milliseconds between two updates of the line. */
const PAUSE = 100;

/**
 * Erases from the cursor to the end of the screen. The cursor stays at the beginning of the line: if the terminal
 * became narrower and wrapped the line, the cursor is still where the line begins.
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

  /** `now` gives milliseconds since any fixed moment; `label` begins the line. */
  constructor(
    private readonly stream: OutputStream,
    private readonly style: Style,
    private readonly now: () => number,
    private readonly label = '',
  ) {
    this.reader = new ProgressReader(now);
    // A build that ends at once shows no line at all.
    this.shownAt = now();
    this.timer = setInterval(() => this.showIfDue(), PAUSE);
    this.timer.unref();
    stream.on('resize', this.resized);
  }

  read(event: BuildEvent): void {
    this.reader.read(event);
    this.showIfDue();
  }

  /** Erases the line. */
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
    // Some terminals do not know their width. The last column stays free, or the cursor would move to the next line.
    const width = (this.stream.columns || 80) - 1;
    const text = progressLine(this.reader.progress(), this.label, width);
    this.stream.write(`${CLEAR}${this.style.apply('cyan', text)}\r`);
  }
}
