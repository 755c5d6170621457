/** The errors that the language defines (SPEC 1.7). They end a cell, never the tool. */
export type ErrorClass = 'type' | 'index' | 'value' | 'empty' | 'stop' | 'zero' | 'budget';

/**
 * Raised by primitives and by the evaluator. Any other exception is a bug of battbuild. Not an `Error`: mutants raise
 * millions of these, and nobody reads where from.
 */
export class EvaluationError {
  constructor(
    readonly errorClass: ErrorClass,
    readonly message: string,
  ) {}

  /** As shown to users: `"index: ..."`. */
  get text(): string {
    return `${this.errorClass}: ${this.message}`;
  }
}

export function fail(errorClass: ErrorClass, detail: string): never {
  throw new EvaluationError(errorClass, detail);
}
