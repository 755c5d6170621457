/**
 * The population of an evolution on disk: for each task a solver file with the programs selected last, and one file
 * that records the progress.
 *
 * The order of writing is such that a kill at any moment loses only the current round. First the round's offspring
 * are written, built and selected. Then the new population is written beside the old one. Then the progress file is
 * replaced: from that moment the round counts. Then superfluous files are removed. `tidy` removes what a killed round
 * left.
 */

import { arcLanguage, languages } from '../../lang/language.js';
import { pathPartOf } from '../../task/path-part.js';
import { writeAtomically } from '../../workspace/atomic-files.js';
import type { FileProblem, FileSystem } from '../../workspace/file-system.js';
import { FileProblem as Problem } from '../../workspace/file-system.js';
import type { NamedPath } from '../../workspace/paths.js';

/** The result of one round; it depends only on the inputs and the seed. */
export interface RoundResult {
  /** From 1. */
  readonly round: number;
  /** Number of programs that the round made. */
  readonly offspring: number;
  /**
   * Tasks with a program that matches all demonstrations; and the matches of the best programs, summed over all
   * tasks.
   */
  readonly solved: number;
  readonly demoMatches: number;
  /** Sum of the d_scores of the best programs. */
  readonly dScores: number;
  /** Number of programs in the population of all tasks. */
  readonly population: number;
}

export interface Progress {
  /** What a population depends on besides the inputs; an evolution with other values does not continue it. */
  readonly evolution: string;
  readonly rounds: readonly RoundResult[];
}

const PROGRESS = 'evolution.json';

export class Population {
  constructor(
    readonly folder: NamedPath,
    private readonly files: FileSystem,
  ) {}

  /** Null if there is no such file, or if battbuild did not write it. */
  progress(): Progress | null {
    const bytes = this.files.read(this.path(PROGRESS));
    if (bytes instanceof Problem) return null;
    try {
      const progress = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Progress>;
      const { evolution, rounds } = progress;
      return typeof evolution === 'string' && Array.isArray(rounds) ? { evolution, rounds } : null;
    } catch {
      // Not JSON: another program's file, or an edited one.
      return null;
    }
  }

  /** Completes a round. */
  save(progress: Progress): FileProblem | null {
    return this.write(PROGRESS, `${JSON.stringify(progress, null, 1)}\n`);
  }

  /** Writes the programs in one dialect that `round` selected for a task. */
  select(task: string, round: number, text: string, dialect: string): FileProblem | null {
    return this.write(`${pathPartOf(task)}/${populationFile(round, dialect)}`, text);
  }

  /** Removes all files except the populations that round number `round` selected (0: none). */
  tidy(round: number): FileProblem | null {
    const tasks = this.files.list(this.folder.path);
    if (tasks instanceof Problem) return tasks.absent ? null : tasks;
    for (const { name: task, kind } of tasks) {
      if (kind !== 'folder') continue;
      const entries = this.files.list(this.path(task));
      if (entries instanceof Problem) return entries;
      for (const { name } of entries) {
        // Files that evolution did not write stay: they are the user's solvers.
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

/** With a dot in its stem, the file's name is never taken for the id of another task. */
function populationFile(round: number, dialect: string): string {
  return `population.round-${round}${dialect === arcLanguage.name ? '' : `.${dialect}`}.py`;
}

function isOf(round: number, name: string): boolean {
  return languages.some((language) => name === populationFile(round, language.name));
}

/** Folders of populations, and of the offspring that `card` writes. */
const OURS = /^(population\.round-\d+(\.[a-z-]+)?|round-\d+\.seed-\d+\.[0-9a-f]{8})\.py$/;
