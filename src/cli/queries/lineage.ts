/** What a generated solver descends from, in the form that all views of results share. */
import { parentName } from '../../build/inputs/parents.js';
import type { CandidateResult, TaskResult } from '../../build/record/task-result.js';
import { changesText, type Lineage } from '../../search/population/lineage.js';
import { printable } from '../../text/printable.js';
import { candidateRows } from './result-rows.js';

/** The lineage of a solver. Null if it was not generated, or if its file has changed since the build. */
export type LineageOf = (solver: Pick<CandidateResult, 'file' | 'line'>) => Lineage | null;

/**
 * For JSON: `parent` is the first eight digits of a body hash, `mutation` is such as `constant+crossover:5e6f7a8b`.
 */
export interface LineageObject {
  readonly parent: string;
  readonly mutation: string;
  readonly seed: number;
  readonly round: number;
}

export function lineageObject(lineage: Lineage | null): LineageObject | null {
  if (lineage === null) return null;
  const { parent, changes, seed, round } = lineage;
  return { parent, mutation: changesText(changes), seed, round };
}

/** Writes lineages in words. A parent has the name of its first solver, if the task still has one. */
export class LineageNotes {
  private readonly names: ReadonlyMap<string, string>;

  constructor(
    result: TaskResult,
    private readonly lineageOf: LineageOf,
  ) {
    const firsts = candidateRows(result).filter(({ duplicateOf }) => duplicateOf === null);
    this.names = new Map(firsts.map(({ candidate, program }) => [parentName(program.body), candidate.name]));
  }

  /** Such as `constant+insertion of solve_1a2b3c4d, round 2`; null for a solver that was not generated. */
  of(solver: Pick<CandidateResult, 'file' | 'line'>): string | null {
    const lineage = this.lineageOf(solver);
    if (lineage === null) return null;
    const { parent, changes, round } = lineage;
    return `${changesText(changes)} of ${printable(this.names.get(parent) ?? parent)}, round ${round}`;
  }
}
