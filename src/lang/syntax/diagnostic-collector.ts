/** Collects the diagnostics of a file by byte offset, and computes their lines and columns at the end in one pass. */
import type { Diagnostic, DiagnosticCode } from '../../diagnostic.js';

const MOST_PER_FUNCTION = 20;
const MOST_PER_FILE = 200;
const LF = 0x0a;
const CR = 0x0d;

/** A collected diagnostic; it can be changed until the report is closed. */
export interface Finding {
  code: DiagnosticCode;
  readonly severity: Diagnostic['severity'];
  readonly offset: number;
  message: string;
  hint: string | null;
}

export class DiagnosticCollector {
  private findings: Finding[] = [];
  private inFunction = 0;
  /** Offset of the first finding beyond the limit of a file. */
  private overflow: number | null = null;
  /** Whether an error was found since the last `beginFunction`, even if it is not shown. */
  failed = false;

  open(): void {
    this.findings = [];
    this.overflow = null;
    this.beginFunction();
  }

  beginFunction(): void {
    this.inFunction = 0;
    this.failed = false;
  }

  /** Whether the limit is reached: then no message needs to be made. */
  get full(): boolean {
    return this.overflow !== null;
  }

  /** Number of findings, for `rewind`. */
  get length(): number {
    return this.findings.length;
  }

  /** Withdraws all findings but the first `length`, and begins the function anew. */
  rewind(length: number): void {
    this.findings.length = length;
    if (length < MOST_PER_FILE) this.overflow = null;
    this.beginFunction();
  }

  /** Adds an error. Null if the limit is reached: then the first omitted finding says so. */
  add(code: DiagnosticCode, offset: number, message: string, hint: string | null): Finding | null {
    this.failed = true;
    return this.push({ code, severity: 'error', offset, message, hint });
  }

  /** Adds a finding that does not make its function unusable. */
  warn(code: DiagnosticCode, offset: number, message: string, hint: string | null): void {
    this.push({ code, severity: 'warning', offset, message, hint });
  }

  private push(finding: Finding): Finding | null {
    const { offset } = finding;
    if (this.inFunction > MOST_PER_FUNCTION) return null;
    if (this.findings.length >= MOST_PER_FILE) {
      this.overflow ??= offset;
      return null;
    }
    this.inFunction++;
    const tooMany = this.inFunction > MOST_PER_FUNCTION;
    this.findings.push(tooMany ? leftOut(offset, 'function', MOST_PER_FUNCTION) : finding);
    return tooMany ? null : finding;
  }

  /** Withdraws findings of the current function. */
  withdraw(withdrawn: readonly Finding[]): void {
    this.findings = this.findings.filter((finding) => !withdrawn.includes(finding));
    this.inFunction -= withdrawn.length;
  }

  /**
   * The diagnostics in the order of the text, without repetitions at one position and without errors that follow from
   * invalid bytes.
   */
  close(bytes: Uint8Array, file: string): Diagnostic[] {
    if (this.findings.length === 0) return [];
    const sorted = this.findings.sort((a, b) => a.offset - b.offset);
    if (this.overflow !== null) {
      const offset = Math.max(this.overflow, sorted[sorted.length - 1].offset);
      sorted.push(leftOut(offset, 'file', MOST_PER_FILE));
    }
    const diagnostics: Diagnostic[] = [];
    let line = 1;
    let column = 1;
    let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    let last: Finding | null = null;
    for (const finding of sorted) {
      const { code, severity, offset, message, hint } = finding;
      if (last?.offset === offset && (last.code === code || last.code === 'LANG001')) continue;
      last = finding;
      for (; at < offset; at++) {
        const byte = bytes[at];
        if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) {
          line++;
          column = 1;
        } else if ((byte & 0xc0) !== 0x80) column++;
      }
      diagnostics.push({ code, severity, file, line, column, message, hint });
    }
    return diagnostics;
  }
}

function leftOut(offset: number, where: string, most: number): Finding {
  const message = `this ${where} has more than ${most} diagnostics; the rest is left out`;
  return { code: 'LANG023', severity: 'error', offset, message, hint: null };
}
