/** The errors of a solver on each sample, with the names and lines of its own file. */
import type { Outcome } from '../../engine/outcome.js';
import { decodeLines } from '../../lang/program/source-lines.js';
import { type AsWritten, decodeAsWritten, withNames } from '../../python/as-written.js';
import { arePython } from '../../python/python-program.js';
import type { CandidateResult, ProgramResult } from './task-result.js';

export interface SolverError {
  /** Null if the outcome has no message. */
  readonly message: string | null;
  /** The line of the file; null if unknown. */
  readonly line: number | null;
}

/** A program is stored once, but each of its solvers has its own lines and, in Python, its own names. */
export class SolverErrors {
  private written: AsWritten | null = null;

  constructor(
    private readonly solver: Pick<CandidateResult, 'line' | 'lines'>,
    private readonly program: Pick<ProgramResult, 'facts'>,
  ) {}

  /** The error of a cell of the program. */
  of({ error, node }: Pick<Outcome, 'error' | 'node'>): SolverError {
    const line = node < 0 ? null : (this.asWritten().lines[node] ?? null);
    if (error === null || error === '' || !arePython(this.program.facts)) return { message: error, line };
    return { message: withNames(error, this.asWritten().names), line };
  }

  private asWritten(): AsWritten {
    const { line, lines } = this.solver;
    this.written ??= arePython(this.program.facts)
      ? decodeAsWritten(lines, line)
      : { lines: decodeLines(lines, line), names: [] };
    return this.written;
  }
}
