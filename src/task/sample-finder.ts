/**
 * Reads single samples of a large task file, without making values of the others. It knows the usual form only, and
 * trusts the text: whoever uses it checks what was found, and parses the whole file where that is not it.
 */
import { Grid } from '../dsl/value/value.js';
import type { Sample } from './task.js';

/** A list of samples: its key in the file, and the indices that are wanted, ascending. */
export interface WantedSamples {
  readonly key: string;
  readonly indices: readonly number[];
}

/** The samples of a list that were wanted, by index, and how many the list has. */
export interface FoundSamples {
  readonly count: number;
  readonly samples: ReadonlyMap<number, Sample>;
}

/**
 * By key, for each of the lists that is there. Null for anything but an object with keys that are not repeated, or if
 * a sample is no sample. The text must be JSON.
 */
export function findSamples(
  text: string,
  wanted: readonly WantedSamples[],
): ReadonlyMap<string, FoundSamples> | null {
  const scanner = new Scanner(text);
  if (!scanner.opens('{')) return null;
  const found = new Map<string, FoundSamples>();
  const keys = new Set<string>();
  for (let more = !scanner.closes('}'); more; more = scanner.continues()) {
    const key = scanner.key();
    if (keys.has(key)) return null;
    keys.add(key);
    const list = wanted.find((one) => one.key === key);
    if (list === undefined) {
      scanner.pass();
      continue;
    }
    const samples = readList(scanner, new Set(list.indices));
    if (samples === null) return null;
    found.set(key, samples);
  }
  return found;
}

function readList(scanner: Scanner, wanted: ReadonlySet<number>): FoundSamples | null {
  if (!scanner.opens('[')) return null;
  const samples = new Map<number, Sample>();
  let count = 0;
  for (let more = !scanner.closes(']'); more; more = scanner.continues()) {
    const from = scanner.at;
    scanner.pass();
    if (wanted.has(count)) {
      const sample = sampleOf(JSON.parse(scanner.text.slice(from, scanner.at)));
      if (sample === null) return null;
      samples.set(count, sample);
    }
    count++;
  }
  return { count, samples };
}

function sampleOf(value: unknown): Sample | null {
  const { input, output = null } = (value ?? {}) as { input?: unknown; output?: unknown };
  const grids = [gridOf(input), output === null ? null : gridOf(output)];
  return grids[0] === null || (output !== null && grids[1] === null)
    ? null
    : { input: grids[0], output: grids[1] };
}

function gridOf(value: unknown): Grid | null {
  if (!Array.isArray(value) || !value.every(Array.isArray)) return null;
  const rows = value as readonly unknown[][];
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  const cells = rows.flat();
  const isGrid = width > 0 && rows.every((row) => row.length === width) && cells.every(isColor);
  return isGrid ? new Grid(height, width, Int8Array.from(cells as number[])) : null;
}

function isColor(cell: unknown): boolean {
  return typeof cell === 'number' && Number.isInteger(cell) && cell >= 0 && cell <= 9;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Goes over a JSON text. */
class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  /** Whether a container begins here; then the scanner is in it. */
  opens(bracket: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== bracket) return false;
    this.at++;
    this.skipSpace();
    return true;
  }

  /** Whether the container ends here; then the scanner is behind it. */
  closes(bracket: string): boolean {
    if (this.text[this.at] !== bracket) return false;
    this.at++;
    return true;
  }

  /** After an item: goes to the next one, or behind the container. */
  continues(): boolean {
    this.skipSpace();
    const isMore = this.text[this.at] === ',';
    this.at++;
    this.skipSpace();
    return isMore;
  }

  key(): string {
    const from = this.at;
    this.passString();
    const key = JSON.parse(this.text.slice(from, this.at)) as string;
    this.skipSpace();
    // The colon.
    this.at++;
    this.skipSpace();
    return key;
  }

  /** Passes over a value. */
  pass(): void {
    const { text } = this;
    let depth = 0;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === QUOTE) this.passString();
      else if (code === 0x5b || code === 0x7b) {
        depth++;
        this.at++;
        continue;
      } else if (code === 0x5d || code === 0x7d) {
        // The end of a container; without one, that of the container which the value is in.
        if (depth === 0) return;
        depth--;
        this.at++;
      } else if (code === 0x2c && depth === 0) return;
      else {
        // NaN is the end of the text.
        if (Number.isNaN(code)) return;
        this.at++;
        if (depth === 0 && isSpace(code)) return;
        continue;
      }
      if (depth === 0) return;
    }
  }

  private passString(): void {
    const { text } = this;
    for (this.at++; this.at < text.length; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code === BACKSLASH) this.at++;
      else if (code === QUOTE) break;
    }
    this.at++;
  }

  private skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
