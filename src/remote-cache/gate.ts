/** A circuit breaker: after so many failures in a row nothing more is asked for, so that a server that is gone costs little. */
import type { Answer } from './http-cache.js';

/** Failures in a row after which a gate stays shut. */
export const MOST_FAILURES = 5;

export class Gate {
  /** What went wrong first, and how often something did. */
  reason: string | null = null;
  failures = 0;
  private inRow = 0;

  /** `shut` is called once, when the gate closes for good. */
  constructor(private readonly shut: () => void = () => {}) {}

  get isOpen(): boolean {
    return this.inRow < MOST_FAILURES;
  }

  /** What `ask` comes to; a failure at once where the gate is shut. */
  async pass(ask: () => Promise<Answer>): Promise<Answer> {
    if (!this.isOpen) return { kind: 'failed', reason: null };
    const answer = await ask();
    if (answer.kind === 'failed') {
      // What was ended with the gate, or by us, is no failure of its own.
      if (answer.reason !== null) this.failed(answer.reason);
    } else if (answer.kind === 'absent') this.succeeded();
    return answer;
  }

  /** What an answer was good for is known only when it was looked at. */
  succeeded(): void {
    if (this.isOpen) this.inRow = 0;
  }

  failed(reason: string): void {
    this.reason ??= reason;
    this.failures++;
    if (!this.isOpen) return;
    this.inRow++;
    if (!this.isOpen) this.shut();
  }
}
