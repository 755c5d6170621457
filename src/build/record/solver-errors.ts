/** What went wrong with a solver on each sample, in the words and at the line of its own file. */
import type { Outcome } from '../../engine/outcome.js';
import { decodeLines } from '../../lang/program/source-lines.js';
import { type AsWritten, decodeAsWritten, withNames } from '../../python/as-written.js';
import { arePython } from '../../python/python-program.js';
import type { CandidateResult, ProgramResult } from './task-result.js';

export interface SolverError {
  /** Null where the outcome says nothing. */
  readonly message: string | null;
  /** Line of the file; null where none is known. */
  readonly line: number | null;
}

/** A program is stored once, but each of its solvers has lines and, in Python, names of its own. */
export class SolverErrors {
  private written: AsWritten | null = null;

  constructor(
    private readonly solver: Pick<CandidateResult, 'line' | 'lines'>,
    private readonly program: Pick<ProgramResult, 'facts'>,
  ) {}

  /** Of a cell of the program. */
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
