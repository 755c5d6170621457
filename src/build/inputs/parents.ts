/** The parents of generated solvers, from the comments above them (written by search/population/lineage.ts). */
import type { Candidate } from '../../phases/subject/task-subject.js';

/** Number of digits of a body hash that name a parent. */
const DIGITS = 8;

const COMMENT = new RegExp(`^# parent ([0-9a-f]{${DIGITS}}) `);

/** The name of a program as a parent. */
export function parentName(body: string): string {
  return body.slice(0, DIGITS);
}

export class Parents {
  private readonly files = new Map<string, readonly (string | null)[]>();

  /** `sourceOf` returns the content of a solver file, or null if it is not available. */
  constructor(private readonly sourceOf: (file: string) => Uint8Array | null) {}

  /** See `parentName`; null for a solver that names no parent. */
  of({ file, line }: Pick<Candidate, 'file' | 'line'>): string | null {
    let parents = this.files.get(file);
    if (parents === undefined) {
      parents = this.read(file);
      this.files.set(file, parents);
    }
    return parents[line - 2] ?? null;
  }

  /** By line, from 0. */
  private read(file: string): readonly (string | null)[] {
    const source = this.sourceOf(file);
    if (source === null) return [];
    const lines = new TextDecoder().decode(source).split('\n');
    return lines.map((line) => COMMENT.exec(line)?.[1] ?? null);
  }
}
