/** Collects the problems of one task, each with its position in the file. */
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import type { JsonPath, JsonPosition } from './json-source.js';

/**
 * If a task has more problems than this, only these and their number are reported: one habit can spoil every grid.
 */
const REPORTED_FINDINGS = 10;

/** Maximum length of an id in a message. */
export function shortened(id: string): string {
  return id.length > LONGEST_SHOWN ? `${id.slice(0, LONGEST_SHOWN)}...` : id;
}

const LONGEST_SHOWN = 80;

export class TaskProblems {
  private readonly findings: Diagnostic[] = [];
  private omitted = 0;
  private readonly notes = new Map<DiagnosticCode, Diagnostic>();

  /** `locate` returns the position in `file` of a value of the task, or of an offset. */
  constructor(
    private readonly file: string,
    private readonly id: string,
    private readonly locate: (place: JsonPath | number) => JsonPosition,
  ) {}

  get failed(): boolean {
    return this.findings.length > 0;
  }

  /**
   * Adds an error about the value at `path`; the message begins with that path. If `offset` is given, it determines
   * line and column.
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

  /** A task that cannot be used has no notes. */
  diagnostics(): readonly Diagnostic[] {
    const last = this.findings.at(-1);
    if (last === undefined) return [...this.notes.values()];
    if (this.omitted === 0) return this.findings;
    const message = `${last.message} (and ${this.omitted} more such findings in this task)`;
    return [...this.findings.slice(0, -1), { ...last, message }];
  }
}

/** As in a program: `train[0].input[2][5]`. */
function describePath(path: JsonPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += text === '' ? `sample ${step}` : `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
