/** Collects what is wrong with one task, each finding with its place in the file. */
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import type { JsonPath, JsonPosition } from './json-source.js';

/** A task with more findings than this is reported with these and their number: one bad habit can spoil every grid. */
const REPORTED_FINDINGS = 10;

/** An id in a message: one of a megabyte is said by how it begins. */
export function shortened(id: string): string {
  return id.length > LONGEST_SHOWN ? `${id.slice(0, LONGEST_SHOWN)}...` : id;
}

const LONGEST_SHOWN = 80;

export class TaskProblems {
  private readonly findings: Diagnostic[] = [];
  private omitted = 0;
  private readonly notes = new Map<DiagnosticCode, Diagnostic>();

  /** `locate` gives the place in `file` of a value of the task, or of an offset. */
  constructor(
    private readonly file: string,
    private readonly id: string,
    private readonly locate: (place: JsonPath | number) => JsonPosition,
  ) {}

  get failed(): boolean {
    return this.findings.length > 0;
  }

  /**
   * Adds an error about the value at `path`; the message begins with a description of that value's place. The line and
   * column are those of `offset` where it is given.
   */
  error(
    code: DiagnosticCode,
    path: JsonPath,
    what: string,
    hint: string | null = null,
    offset?: number,
  ): void {
    if (this.findings.length === REPORTED_FINDINGS) this.omitted++;
    else this.findings.push(this.diagnostic(code, 'error', path, what, hint, offset ?? path));
  }

  /** Adds a note about the value at `path`, unless the task has one with this code. */
  noteOnce(code: DiagnosticCode, path: JsonPath, what: string, hint: string | null): void {
    if (!this.notes.has(code)) this.notes.set(code, this.diagnostic(code, 'note', path, what, hint, path));
  }

  private diagnostic(
    code: DiagnosticCode,
    severity: Diagnostic['severity'],
    path: JsonPath,
    what: string,
    hint: string | null,
    at: JsonPath | number,
  ): Diagnostic {
    const place = describePath(path);
    const message = `task ${shortened(this.id)}: ${place === '' ? what : `${place} ${what}`}`;
    return { code, severity, file: this.file, ...this.locate(at), message, hint };
  }

  /** Notes are about what is used: a task that failed has none. */
  diagnostics(): readonly Diagnostic[] {
    const last = this.findings.at(-1);
    if (last === undefined) return [...this.notes.values()];
    if (this.omitted === 0) return this.findings;
    const message = `${last.message} (and ${this.omitted} more such findings in this task)`;
    return [...this.findings.slice(0, -1), { ...last, message }];
  }
}

/** As one would write it in a program: `train[0].input[2][5]`. */
function describePath(path: JsonPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += text === '' ? `sample ${step}` : `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
