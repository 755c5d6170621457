/** Errors for unknown names, with a suggestion if a known name is similar. */
import { closest } from '../../lang/suggest.js';
import { UsageProblem } from '../process/exit.js';

export interface UnknownTask {
  readonly id: string;
  readonly suggestion: string | null;
}

/** No tasks have these ids. */
export function unknownTasks(unknown: readonly UnknownTask[]): UsageProblem {
  const ids = unknown.map(({ id }) => JSON.stringify(id)).join(', ');
  const meant = unknown.flatMap(({ suggestion }) =>
    suggestion === null ? [] : [JSON.stringify(suggestion)],
  );
  const hint =
    meant.length > 0
      ? `did you mean ${meant.join(', ')}?`
      : 'a task is named by its file, without .json, or by its key in a combined file';
  return new UsageProblem(`there is no task ${ids}`, hint);
}

/** The task has no solver of this name. */
export function unknownSolver(task: string, solver: string, names: readonly string[]): UsageProblem {
  const meant = closest(solver, names);
  const hint = meant === null ? `battbuild results -i ${task} lists its solvers` : `did you mean "${meant}"?`;
  return new UsageProblem(`task ${task} has no solver ${JSON.stringify(solver)}`, hint);
}

/** The word is no name of a command. */
export function unknownCommand(word: string, known: readonly string[]): UsageProblem {
  const meant = closest(word, known);
  const hint = meant === null ? `the commands are ${known.join(', ')}` : `did you mean "${meant}"?`;
  return new UsageProblem(`there is no command ${JSON.stringify(word)}`, hint);
}
