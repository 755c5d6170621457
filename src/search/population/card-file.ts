/** A file of generated candidates: an ordinary solver file with the lineage above each function. */
import { sha256Hex } from '../../encoding/digest.js';
import { dialectComment, inlineFunction } from '../../lang/inline.js';
import { languageOfProgram } from '../../lang/program/program.js';
import { pathPartOf } from '../../task/path-part.js';
import type { Offspring } from './breed.js';
import { lineageComment } from './lineage.js';

export interface CardFile {
  /** Path relative to the folder of generated candidates, with `/`. */
  readonly name: string;
  readonly text: string;
}

/**
 * The file of a task's offspring from one call in one language; there is at least one offspring. `dialect` is the setting
 * of the workspace. The file is named by
 * its content. It is loaded only once, as one file for each candidate would be, but a build checks one file instead
 * of hundreds. Files of later calls are written beside it.
 */
export function cardFile(
  task: string,
  offspring: readonly Offspring[],
  seed: number,
  round: number,
  dialect: string,
): CardFile {
  const parts = offspring.map(({ id, program, lineage }) => {
    return `${lineageComment(lineage)}\n${inlineFunction(program, functionName(task, id))}`;
  });
  const comment = dialectComment(languageOfProgram(offspring[0].program), dialect);
  const head = `# Candidates for the task ${onOneLine(task)}, made by "battbuild card".\n${comment}`;
  const text = `${head}\n\n${parts.join('\n\n')}`;
  const digest = sha256Hex(text).slice(0, 8);
  // With a dot in its stem, the file's name is never taken for the id of another task.
  return { name: `${pathPartOf(task)}/round-${round}.seed-${seed}.${digest}.py`, text };
}

/** `solve_<task>_<id>`. If that is no valid name, the folder determines the task. */
export function functionName(task: string, id: string): string {
  return /^[A-Za-z0-9_]+$/.test(task) ? `solve_${task}_${id}` : `card_${id}`;
}

/** An id for a comment, which a line break would end. */
export function onOneLine(task: string): string {
  return /^[ -~]*$/.test(task) ? task : JSON.stringify(task);
}
