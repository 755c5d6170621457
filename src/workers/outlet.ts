/** Where a pool's requests may go besides its own workers: to those of other machines. */
import type { Context, Reply } from './slot.js';

/** The reply that came from elsewhere. */
export type OutsideAnswer<Answer> = Extract<Reply<Answer>, { kind: 'answer' }>;

/** What is out, and who is there to answer it. */
export interface OutletState {
  /** Processes that serve, and the requests that they answer at once, all together. */
  readonly workers: number;
  readonly slots: number;
  /** Names of their machines, each once, in order. */
  readonly machines: readonly string[];
  /** Requests that are out. */
  readonly out: number;
}

/** Something that the user should know; said once a build. */
export interface OutletTrouble {
  /** Elsewhere cannot be reached; workers there are of another version; one of them gave a different answer. */
  readonly kind: 'unreachable' | 'other-version' | 'different-answer';
  readonly message: string;
  readonly hint: string | null;
}

export interface OutletListener {
  changed(state: OutletState): void;
  trouble(trouble: OutletTrouble): void;
}

export interface Outlet<Request, Answer, Data> {
  /** Called when it may want more requests than before. */
  onRoom: (() => void) | null;
  /** Whether it takes this request now. */
  wants(request: Request, expectedMs: number): boolean;
  /**
   * Resolves to what became of the request. What is lost runs in the pool: so it may lose whatever it likes. The request
   * is read before this returns, and stays what it is.
   */
  run(request: Request, context: Context<Data> | null, expectedMs: number): Promise<Reply<Answer>>;
  /** Whether an answer is to be compared with what the pool's own workers come to. */
  doubts(answer: OutsideAnswer<Answer>): boolean;
  /** What it told, and what it was: it has nothing to say to equal ones. */
  compare(told: OutsideAnswer<Answer>, was: Answer): void;
  /** A request has its answer and need not be answered any more. */
  forget(request: Request): void;
  /** A build begins: what was given up is tried again, and trouble is told anew. */
  begin(): void;
  /** Takes no more, loses what it has, and resolves when it holds nothing any more. */
  close(): Promise<void>;
}
