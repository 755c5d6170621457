/** Explains the steps of a task, or of one of its solvers, limited to those that are asked for. */
import { type ExplainedStep, type Explanation, explainTask } from '../../build/explain/explain.js';
import { readTaskInputs, type TaskInputs } from '../../build/explain/task-inputs.js';
import { ALL_TASKS, type Selection } from '../../build/options.js';
import type { Store } from '../../store/store.js';
import { samplesOf } from '../../task/task.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import { EXPLAINED_PHASES } from '../options/option-words.js';
import { unknownSolver, unknownTasks } from '../options/unknown-names.js';
import { UsageProblem } from '../process/exit.js';

/** Which steps to explain, as typed. A missing field means all. */
export interface StepFilter {
  readonly phase?: string | undefined;
  readonly sample?: string | undefined;
}

/** `subject` is `TASK` or `TASK/SOLVER`. The steps are made while they are read. Throws UsageProblem. */
export async function explainedTask(
  store: Store,
  workspace: Workspace,
  selection: Selection,
  subject: string,
  filter: StepFilter,
): Promise<Explanation> {
  const { phase } = filter;
  if (phase !== undefined && !EXPLAINED_PHASES.some((one) => one === phase)) {
    throw new UsageProblem(`--phase: expected ${list(EXPLAINED_PHASES)}, found ${JSON.stringify(phase)}`);
  }
  // A task id may contain a slash, the name of a solver may not.
  const isTask = subject.includes('/') && (await hasTask(store, workspace, subject));
  const slash = isTask ? -1 : subject.lastIndexOf('/');
  const task = slash < 0 ? subject : subject.slice(0, slash);
  const solver = slash < 0 ? null : subject.slice(slash + 1);
  // Compare with the last build of the selection; else of all tasks; else of this task alone.
  const builds: readonly Selection[] = [selection, ALL_TASKS, { ...ALL_TASKS, ids: [task] }];
  for (const [k, asked] of builds.entries()) {
    const inputs = await readTaskInputs(store, workspace, asked, task, nodeFileSystem, Date.now);
    if ('unknown' in inputs) throw unknownTasks([{ id: task, suggestion: inputs.suggestion }]);
    const names = inputs.candidates.map(({ name }) => name);
    if (solver !== null && !names.includes(solver)) throw unknownSolver(task, solver, names);
    if (inputs.recorded !== null || k === builds.length - 1)
      return explainTask(inputs, solver, nodeFileSystem, stepsOf(filter, inputs));
  }
  throw new Error('no build was asked for');
}

/** Whether the workspace has a task of this name. */
export async function hasTask(store: Store, workspace: Workspace, id: string): Promise<boolean> {
  const inputs = await readTaskInputs(store, workspace, ALL_TASKS, id, nodeFileSystem, Date.now);
  return !('unknown' in inputs);
}

function stepsOf({ phase, sample }: StepFilter, { task }: TaskInputs): (step: ExplainedStep) => boolean {
  const wanted = sample === undefined ? null : sampleNamed(sample, samplesOf(task).map(nameOfSample));
  return (step) =>
    (phase === undefined || step.phase === phase) && (wanted === null || step.sample === wanted);
}

function nameOfSample({ kind, index }: { readonly kind: string; readonly index: number }): string {
  return `${kind} ${index}`;
}

/** This many samples are listed if none has the typed name. */
const MOST_NAMED = 12;

/** A sample is typed as `demo1`, `demo 1`, or as its number among all samples of the task. */
function sampleNamed(text: string, names: readonly string[]): string {
  const spaced = text.replace(/(?<=\D) *(\d+)$/, ' $1');
  const name = names.includes(spaced) ? spaced : /^\d+$/.test(text) ? names[Number(text)] : undefined;
  if (name !== undefined) return name;
  const typed = names.slice(0, MOST_NAMED).map((one) => one.replace(' ', ''));
  const known = names.length > MOST_NAMED ? [...typed, 'another of them'] : typed;
  throw new UsageProblem(`--sample: expected ${list(known)}, found ${JSON.stringify(text)}`);
}

/** `a, b or c`. */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
