/** Task subjects made from grids and solver sources, and the keys of their steps. */
import { Grid } from '../../src/dsl/value/value.js';
import type { Outcome } from '../../src/engine/outcome.js';
import { digestOutput, encodeOutput, type OutputDigest } from '../../src/engine/output.js';
import { loadSource } from '../../src/lang/load.js';
import { inlineProgram } from '../../src/phases/inline.js';
import { actionKey, explainKey, type KeyInput } from '../../src/phases/key.js';
import type { StepPhase } from '../../src/phases/phase.js';
import { type Candidate, TaskProgram, TaskSubject } from '../../src/phases/subject/task-subject.js';
import type { Sample, Task, TaskId } from '../../src/task/task.js';
import { digestTask } from '../../src/task/task-digest.js';

/** Rows with one digit for each cell: `'12/30'` is [[1, 2], [3, 0]]. */
export function gridOf(text: string): Grid {
  const rows = text.split('/');
  return new Grid(rows.length, rows[0].length, Int8Array.from(rows.join(''), Number));
}

/** `'12/30 -> 0'`; `'12/30 -> ?'` has no known output. */
export function sampleOf(text: string): Sample {
  const [input, output] = text.split(' -> ');
  return { input: gridOf(input), output: output === '?' ? null : gridOf(output) };
}

export interface TaskText {
  readonly id?: string;
  readonly file?: string;
  readonly train: readonly string[];
  readonly test: readonly string[];
}

export function taskOf({ id = 'aaaaaaaa', file = 'task.json', train, test }: TaskText): Task {
  return {
    id: id as TaskId,
    files: [file],
    train: train.map(sampleOf),
    test: test.map(sampleOf),
    further: [],
  };
}

/** The functions of a solver file as candidates. */
export function candidatesOf(source: string, file = 'solvers.py'): Candidate[] {
  const { functions, diagnostics } = loadSource(Buffer.from(source), file);
  if (diagnostics.some(({ severity }) => severity !== 'note')) throw new Error(JSON.stringify(diagnostics));
  return functions.map(({ name, line, body, program, lines }) => ({
    file,
    name,
    line,
    body,
    program,
    lines,
  }));
}

/** A subject with known and inlined programs, as before the phase `validate`. */
export function subjectOf(task: TaskText, candidates: readonly Candidate[]): TaskSubject {
  const whole = taskOf(task);
  const subject = new TaskSubject(whole, digestTask(whole), candidates, new Map());
  for (const body of new Set(candidates.map((candidate) => candidate.body))) {
    const those = candidates.flatMap((candidate, index) => (candidate.body === body ? [index] : []));
    const program = new TaskProgram(body, candidates[those[0]].program, those);
    program.inlined = inlineProgram(program.program);
    subject.programs.push(program);
  }
  return subject;
}

/** The name of a program's first candidate. */
export function nameOf(subject: TaskSubject, program: TaskProgram): string {
  return subject.candidates[program.candidates[0]].name;
}

export interface KeyedStep {
  readonly key: string;
  readonly inputs: readonly KeyInput[];
}

/** The keys of all steps of a phase, by the names from `nameStep`. */
export function keysOf<Subject, Step, Output, Context>(
  phase: StepPhase<Subject, Step, Output, Context>,
  subject: Subject,
  context: Context,
  nameStep: (step: Step) => string,
): Map<string, KeyedStep> {
  return new Map(
    phase.steps(subject).map((step) => {
      const key = actionKey(phase.name, phase.version, (writer) => phase.key(step, subject, context, writer));
      const explained = explainKey(phase.name, phase.version, (writer) => {
        phase.key(step, subject, context, writer);
      });
      if (explained.key !== key) throw new Error('a key is explained that is not the step\u2019s');
      return [nameStep(step), { key, inputs: explained.inputs }];
    }),
  );
}

/** Sorted names of the steps that are in both and have different keys. */
export function changedKeys(
  before: ReadonlyMap<string, KeyedStep>,
  after: ReadonlyMap<string, KeyedStep>,
): string[] {
  return [...before]
    .flatMap(([name, { key }]) => (after.has(name) && after.get(name)?.key !== key ? [name] : []))
    .sort();
}

export const OUTPUTS = new Map<string, Uint8Array>();

/** The outcome of a cell that returned the grid; its bytes are added to OUTPUTS. */
export function returned(grid: string, cost = 10): Outcome {
  const output = encodeOutput(gridOf(grid));
  if (output === null) throw new Error('no grid');
  const digest: OutputDigest = digestOutput(output.bytes);
  OUTPUTS.set(digest, output.bytes);
  return { status: 'ok', cost, side: output.side, output: digest, error: null, node: -1 };
}

export function failed(status: Exclude<Outcome['status'], 'ok'>, error = 'text', cost = 10): Outcome {
  return { status, cost, side: 0, output: '', error, node: 0 };
}
