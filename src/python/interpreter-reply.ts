/** What became of a request to an interpreter: as a worker's replies (workers/slot.ts), times in milliseconds. */
export type Reply<Answer> =
  | {
      readonly kind: 'answer';
      readonly answer: Answer;
      readonly busyMs: number;
      readonly cpuMs: number | null;
      readonly takenAt: number;
      readonly wallMs: number;
      readonly slot: number;
    }
  | Lost;

export interface Lost {
  readonly kind: 'lost';
  readonly reason: 'timeout' | 'crashed' | 'aborted';
  readonly detail: string;
  /** The cell that it was lost at; -1 for none. */
  readonly at: number;
}
