/**
 * The population of an evolution on disk: per task the programs that were selected last, as an ordinary solver file,
 * and one file that says how far it has got.
 *
 * Order, so that a kill at any moment costs the round under way and nothing else: a round's offspring are written, built
 * and selected; the new population is written beside the old one; the progress file is replaced, which is the moment the
 * round counts; what it made superfluous is removed. `tidy` removes what a killed round left.
 */

import { arcLanguage, languages } from '../../lang/language.js';
import { pathPartOf } from '../../task/path-part.js';
import { writeAtomically } from '../../workspace/atomic-files.js';
import type { FileProblem, FileSystem } from '../../workspace/file-system.js';
import { FileProblem as Problem } from '../../workspace/file-system.js';
import type { NamedPath } from '../../workspace/paths.js';

/** What one round came to; all of it follows from the inputs and the seed. */
export interface RoundResult {
  /** From 1. */
  readonly round: number;
  /** Programs that the round made. */
  readonly offspring: number;
  /** Tasks with a program that matches all demonstrations, and matches of the best programs, all tasks together. */
  readonly solved: number;
  readonly demoMatches: number;
  /** Sums of the d_scores of the best programs. */
  readonly dScores: number;
  /** Programs in the population, all tasks together. */
  readonly population: number;
}

export interface Progress {
  /** What the population follows from besides the inputs: another evolution does not go on with it. */
  readonly evolution: string;
  readonly rounds: readonly RoundResult[];
}

const PROGRESS = 'evolution.json';

export class Population {
  constructor(
    readonly folder: NamedPath,
    private readonly files: FileSystem,
  ) {}

  /** Null when there is none, or the file is none of ours. */
  progress(): Progress | null {
    const bytes = this.files.read(this.path(PROGRESS));
    if (bytes instanceof Problem) return null;
    try {
      const progress = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Progress>;
      const { evolution, rounds } = progress;
      return typeof evolution === 'string' && Array.isArray(rounds) ? { evolution, rounds } : null;
    } catch {
      // Not JSON: somebody else's file, or an edited one.
      return null;
    }
  }

  /** Makes a round count. */
  save(progress: Progress): FileProblem | null {
    return this.write(PROGRESS, `${JSON.stringify(progress, null, 1)}\n`);
  }

  /** Writes the programs of one dialect that `round` selected for a task. */
  select(task: string, round: number, text: string, dialect: string): FileProblem | null {
    return this.write(`${pathPartOf(task)}/${populationFile(round, dialect)}`, text);
  }

  /** Removes all files but the populations that round number `round` selected (0: none). */
  tidy(round: number): FileProblem | null {
    const tasks = this.files.list(this.folder.path);
    if (tasks instanceof Problem) return tasks.absent ? null : tasks;
    for (const { name: task, kind } of tasks) {
      if (kind !== 'folder') continue;
      const entries = this.files.list(this.path(task));
      if (entries instanceof Problem) return entries;
      for (const { name } of entries) {
        // Files that are not made here stay: they are solvers of somebody else.
        if (!OURS.test(name) || isOf(round, name)) continue;
        const problem = this.files.remove(this.path(`${task}/${name}`));
        if (problem !== null && !problem.absent) return problem;
      }
    }
    return null;
  }

  private write(name: string, text: string): FileProblem | null {
    return writeAtomically(this.files, this.path(name), new TextEncoder().encode(text));
  }

  private path(name: string): string {
    return `${this.folder.path}/${name}`;
  }
}

/** With a point in its stem the file's name is never taken for the id of another task. */
function populationFile(round: number, dialect: string): string {
  return `population.round-${round}${dialect === arcLanguage.name ? '' : `.${dialect}`}.py`;
}

function isOf(round: number, name: string): boolean {
  return languages.some((language) => name === populationFile(round, language.name));
}

/** Populations and the offspring that `card` writes. */
const OURS = /^(population\.round-\d+(\.[a-z-]+)?|round-\d+\.seed-\d+\.[0-9a-f]{8})\.py$/;
