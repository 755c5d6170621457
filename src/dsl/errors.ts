/** The language's own errors (SPEC 1.7). They end a cell, never the tool. */
export type ErrorClass = 'type' | 'index' | 'value' | 'empty' | 'stop' | 'zero' | 'budget';

/** Raised by primitives and by the evaluator; anything else that is thrown is a bug of battbuild. */
export class EvaluationError extends Error {
  constructor(
    readonly errorClass: ErrorClass,
    detail: string,
  ) {
    super(detail);
  }

  /** As reported to users: `"index: ..."`. */
  get text(): string {
    return `${this.errorClass}: ${this.message}`;
  }
}

// Runaway mutants raise these by the million; nobody reads their stack.
Error.stackTraceLimit = Math.min(Error.stackTraceLimit, 10);

export function fail(errorClass: ErrorClass, detail: string): never {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const error = new EvaluationError(errorClass, detail);
  Error.stackTraceLimit = limit;
  throw error;
}
