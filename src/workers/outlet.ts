/** The interface of an outlet: through it a pool may send requests to the workers of other machines. */
import type { Reply } from '../engine/reply.js';
import type { Context } from './slots/slot.js';

/** A reply from another machine. */
export type OutsideAnswer<Answer> = Extract<Reply<Answer>, { kind: 'answer' }>;

/** The pending requests, and the workers that can answer them. */
export interface OutletState {
  /** Number of serving processes, and of requests that all of them answer at once. */
  readonly workers: number;
  readonly slots: number;
  /** Names of their machines, distinct and sorted. */
  readonly machines: readonly string[];
  /** Number of pending requests. */
  readonly out: number;
}

/** A problem for the user; reported once in a build. */
export interface OutletTrouble {
  /**
   * Other machines cannot be reached; their workers have another version; none of them takes programs in Python; or one
   * of them gave a different answer.
   */
  readonly kind: 'unreachable' | 'other-version' | 'no-python' | 'different-answer';
  readonly message: string;
  readonly hint: string | null;
}

export interface OutletListener {
  changed(state: OutletState): void;
  trouble(trouble: OutletTrouble): void;
}

export interface Outlet<Request, Answer, Data> {
  /** Called when it may accept more requests than before. */
  onRoom: (() => void) | null;
  /** Whether it accepts this request now. */
  wants(request: Request, expectedMs: number): boolean;
  /**
   * Resolves to the result of the request. A lost request runs in the pool, so losses are always allowed. The request
   * is encoded before this returns, and is not modified.
   */
  run(request: Request, context: Context<Data> | null, expectedMs: number): Promise<Reply<Answer>>;
  /** Whether an answer must be compared with the result of the pool's own workers. */
  doubts(answer: OutsideAnswer<Answer>): boolean;
  /** The answer from outside and the pool's own. If they are equal, nothing is reported. */
  compare(told: OutsideAnswer<Answer>, was: Answer): void;
  /** The request has an answer and is no longer needed. */
  forget(request: Request): void;
  /** A build begins: an outlet that was given up is tried again, and problems are reported anew. */
  begin(): void;
  /** Accepts no more requests, loses the pending ones, and resolves when it holds no resources. */
  close(): Promise<void>;
}
