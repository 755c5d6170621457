/** The errors that the language defines (SPEC 1.7). They end a cell, never the tool. */
export type ErrorClass = 'type' | 'index' | 'value' | 'empty' | 'stop' | 'zero' | 'budget';

/** Raised by primitives and by the evaluator. Any other exception is a bug of battbuild. */
export class EvaluationError extends Error {
  constructor(
    readonly errorClass: ErrorClass,
    detail: string,
  ) {
    super(detail);
  }

  /** As shown to users: `"index: ..."`. */
  get text(): string {
    return `${this.errorClass}: ${this.message}`;
  }
}

// Mutants raise millions of these, and their stack is never read.
Error.stackTraceLimit = Math.min(Error.stackTraceLimit, 10);

export function fail(errorClass: ErrorClass, detail: string): never {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const error = new EvaluationError(errorClass, detail);
  Error.stackTraceLimit = limit;
  throw error;
}
