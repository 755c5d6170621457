/** The lines of `build --explain` on stderr: why the steps of each task run. Their number is bounded. */
import type { Cause } from '../../observe/cause.js';
import type { BuildEvent } from '../../observe/event.js';
import { plural } from '../../text/amounts.js';
import { printable } from '../../text/printable.js';
import { reasonsText, reasonWords, stepsText } from '../render/build/causes.js';
import type { Style } from '../render/style.js';

/** At most this many lines about tasks, and about files, that have the same reasons; further ones are counted. */
const MOST_LINES = 6;
/** At most this many lines about one task. */
const MOST_CAUSES = 4;
const MOST_ITEMS = 3;

/** What has been printed about tasks, or about files, with the same reasons. */
interface LoggedCause {
  readonly what: 'task' | 'file';
  readonly words: string;
  lines: number;
  /** Number of those that were not printed. */
  rest: number;
}

export class CauseLog {
  private readonly logged = new Map<string, LoggedCause>();

  constructor(private readonly style: Style) {}

  /** The lines for an event. */
  read(event: BuildEvent): string[] {
    if (event.type !== 'explained') return [];
    const lines = event.causes.slice(0, MOST_CAUSES).flatMap((cause) => this.line(event.subject, cause));
    const rest = event.causes.length - MOST_CAUSES;
    if (rest > 0) lines.push(`${printable(event.subject)}: ${plural(rest, 'other cause')}`);
    return lines;
  }

  private line(subject: string, cause: Cause): string[] {
    const what = cause.taskCount === 0 ? 'file' : 'task';
    const key = `${what} ${cause.reasons.join(' ')}`;
    const entry = this.logged.get(key) ?? { what, words: reasonWords(cause.reasons), lines: 0, rest: 0 };
    this.logged.set(key, entry);
    if (entry.lines === MOST_LINES) {
      entry.rest++;
      return [];
    }
    entry.lines++;
    const name = this.style.apply('bold', printable(subject));
    return [`${name}: ${stepsText(cause, true)}: ${reasonsText(cause, subject, MOST_ITEMS, this.style)}`];
  }

  /** The remaining lines, when the build has ended. */
  rest(): string[] {
    if (this.logged.size === 0) return ['no step ran: no input changed'];
    return [...this.logged.values()]
      .filter(({ rest }) => rest > 0)
      .map(({ what, words, rest }) => this.style.apply('dim', `${plural(rest, `other ${what}`)}: ${words}`));
  }
}
