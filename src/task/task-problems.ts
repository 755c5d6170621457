/** Collects what is wrong with one task, each finding with its place in the file. */
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import type { JsonPath, JsonPosition } from './json-source.js';

/** A task with more findings than this is reported with these and their number: one bad habit can spoil every grid. */
const REPORTED_FINDINGS = 10;

export class TaskProblems {
  private readonly findings: Diagnostic[] = [];
  private omitted = 0;

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
    if (this.findings.length === REPORTED_FINDINGS) {
      this.omitted++;
      return;
    }
    const place = describePath(path);
    const message = `task ${this.id}: ${place === '' ? what : `${place} ${what}`}`;
    const { line, column } = this.locate(offset ?? path);
    this.findings.push({ code, severity: 'error', file: this.file, line, column, message, hint });
  }

  diagnostics(): readonly Diagnostic[] {
    const last = this.findings.at(-1);
    if (this.omitted === 0 || last === undefined) return this.findings;
    const message = `${last.message} (and ${this.omitted} more such findings in this task)`;
    return [...this.findings.slice(0, -1), { ...last, message }];
  }
}

/** As one would write it in a program: `train[0].input[2][5]`. */
function describePath(path: JsonPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
