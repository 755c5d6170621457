/** The list of phases. To add a phase, add a file and a line here. */
import { differs } from './differs.js';
import { filter } from './filter.js';
import { inline } from './inline.js';
import { type FileSubject, load } from './load.js';
import type { AnyPhase } from './phase.js';
import { type PublishContext, publish } from './publish.js';
import { type ScoreContext, score } from './score.js';
import type { TaskSubject } from './subject/task-subject.js';
import { type ValidateContext, validate } from './validate.js';

/** What a run provides to the phases of tasks. */
export type TaskContext = ValidateContext & ScoreContext & PublishContext;

/** The phases of a solver file. */
export const filePhases: readonly AnyPhase<FileSubject, unknown>[] = [load];

/** The phases of a task, in this order. */
export const taskPhases: readonly AnyPhase<TaskSubject, TaskContext>[] = [
  filter,
  inline,
  validate,
  score,
  differs,
  publish,
];
