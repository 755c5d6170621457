/** Collects the diagnostics of a file by byte offset, and gives them lines and columns at the end, in one pass. */
import type { Diagnostic, DiagnosticCode } from '../../diagnostic.js';

const MOST_PER_FUNCTION = 20;
const MOST_PER_FILE = 200;
const LF = 0x0a;
const CR = 0x0d;

/** A diagnostic to be; it may be rewritten until the report is closed. */
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
  /** Where the first finding stands that the file has no room for. */
  private overflow: number | null = null;
  /** Whether an error was found since the last `beginFunction`, shown or not. */
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

  /** Whether no more diagnostics are wanted: then their messages need not be made. */
  get full(): boolean {
    return this.overflow !== null;
  }

  /** How many findings there are, for `rewind`. */
  get length(): number {
    return this.findings.length;
  }

  /** Takes back all findings but the first `length`, and begins the function anew. */
  rewind(length: number): void {
    this.findings.length = length;
    if (length < MOST_PER_FILE) this.overflow = null;
    this.beginFunction();
  }

  /** Null when there are too many already: then the first one left out says so. */
  add(code: DiagnosticCode, offset: number, message: string, hint: string | null): Finding | null {
    this.failed = true;
    return this.push({ code, severity: 'error', offset, message, hint });
  }

  /** What does not keep its function from being used. */
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

  /** Takes back findings of the current function. */
  withdraw(withdrawn: readonly Finding[]): void {
    this.findings = this.findings.filter((finding) => !withdrawn.includes(finding));
    this.inFunction -= withdrawn.length;
  }

  /** The diagnostics in the order of the text. What is said twice of one place, and follow-ups of bad bytes, go. */
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
