/**
 * A circuit breaker: after several failures in a row no more requests are made, so that a missing server costs
 * little.
 */
import type { Answer } from './http-cache.js';

/** Number of failures in a row after which a gate stays shut. */
export const MOST_FAILURES = 5;

export class Gate {
  /** The first problem, and the number of problems. */
  reason: string | null = null;
  failures = 0;
  private inRow = 0;

  /** `shut` is called once, when the gate closes for good. */
  constructor(private readonly shut: () => void = () => {}) {}

  get isOpen(): boolean {
    return this.inRow < MOST_FAILURES;
  }

  /** The result of `ask`; an immediate failure if the gate is shut. */
  async pass(ask: () => Promise<Answer>): Promise<Answer> {
    if (!this.isOpen) return { kind: 'failed', reason: null };
    const answer = await ask();
    if (answer.kind === 'failed') {
      // A request that was ended with the gate, or by us, is no further failure.
      if (answer.reason !== null) this.failed(answer.reason);
    } else if (answer.kind === 'absent') this.succeeded();
    return answer;
  }

  /** Whether an answer was usable is only known after it has been read. */
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
