/** Collects the diagnostics of a file by byte offset, and gives them lines and columns at the end, in one pass. */
import type { Diagnostic, DiagnosticCode } from '../../diagnostic.js';

const MOST_PER_FUNCTION = 20;
const MOST_PER_FILE = 200;
const LF = 0x0a;
const CR = 0x0d;

const WARNINGS: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(['LANG025', 'LANG026']);

/** A diagnostic to be; it may be rewritten until the report is closed. */
export interface Finding {
  code: DiagnosticCode;
  readonly offset: number;
  message: string;
  hint: string | null;
}

export class DiagnosticCollector {
  private findings: Finding[] = [];
  private inFunction = 0;
  /** Whether an error was found since the last `beginFunction`, shown or not. */
  failed = false;

  open(): void {
    this.findings = [];
    this.beginFunction();
  }

  beginFunction(): void {
    this.inFunction = 0;
    this.failed = false;
  }

  /** Whether no more diagnostics are wanted: then their messages need not be made. */
  get full(): boolean {
    return this.findings.length > MOST_PER_FILE;
  }

  /** Null when there are too many already: then the first one left out says so. */
  add(code: DiagnosticCode, offset: number, message: string, hint: string | null): Finding | null {
    if (!WARNINGS.has(code)) this.failed = true;
    const inFile = this.findings.length;
    if (this.inFunction > MOST_PER_FUNCTION || inFile > MOST_PER_FILE) return null;
    this.inFunction++;
    if (inFile === MOST_PER_FILE) {
      this.findings.push({
        code: 'LANG023',
        offset,
        message: `this file has more than ${MOST_PER_FILE} diagnostics; the rest is left out`,
        hint: null,
      });
      return null;
    }
    if (this.inFunction > MOST_PER_FUNCTION) {
      this.findings.push({
        code: 'LANG023',
        offset,
        message: `this function has more than ${MOST_PER_FUNCTION} diagnostics; the rest is left out`,
        hint: null,
      });
      return null;
    }
    const finding = { code, offset, message, hint };
    this.findings.push(finding);
    return finding;
  }

  /** Takes back findings of the current function. */
  withdraw(withdrawn: readonly Finding[]): void {
    this.findings = this.findings.filter((finding) => !withdrawn.includes(finding));
    this.inFunction -= withdrawn.length;
  }

  /** The diagnostics in the order of the text. What is said twice of one place, and follow-ups of bad bytes, go. */
  close(bytes: Uint8Array, file: string): Diagnostic[] {
    if (this.findings.length === 0) return [];
    const sorted = this.findings.sort((a, b) => a.offset - b.offset);
    const diagnostics: Diagnostic[] = [];
    let line = 1;
    let column = 1;
    let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    let last: Finding | null = null;
    for (const finding of sorted) {
      const { code, offset, message, hint } = finding;
      if (last?.offset === offset && (last.code === code || last.code === 'LANG001')) continue;
      last = finding;
      for (; at < offset; at++) {
        const byte = bytes[at];
        if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) {
          line++;
          column = 1;
        } else if ((byte & 0xc0) !== 0x80) column++;
      }
      const severity = WARNINGS.has(code) ? 'warning' : 'error';
      diagnostics.push({ code, severity, file, line, column, message, hint });
    }
    return diagnostics;
  }
}
