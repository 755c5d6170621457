/** Summary graphs: a node for each phase of a task, for each task, or for each phase of all tasks together. */
import { explainTask } from '../explain/explain.js';
import type { TaskFiles, WorkspaceInputs } from '../explain/workspace-inputs.js';
import { type GraphBuilder, type Level, type StepCounts, sumOf } from './graph.js';

const STORED = ['inline', 'validate', 'score', 'publish'] as const;

/** The state of one task in a build now. */
export interface TaskSurvey {
  readonly id: string;
  readonly files: TaskFiles;
  readonly candidates: number;
  readonly phases: Readonly<Record<(typeof STORED)[number], StepCounts>>;
  /** `solved`; empty if the task is not up to date. */
  readonly verdict: string;
  /** Published files and links, as paths in the output folder. */
  readonly published: readonly string[];
}

/** A task that is up to date is not examined further. */
export async function surveyTask(inputs: WorkspaceInputs, id: string): Promise<TaskSurvey> {
  const files = inputs.filesOf(id);
  const state = inputs.upToDate(id);
  if (state !== null) {
    const hits = (phase: string) => ({ hits: state.work.get(phase)?.steps ?? 0, misses: 0, unknown: 0 });
    const phases = {
      inline: hits('inline'),
      validate: hits('validate'),
      score: hits('score'),
      publish: hits('publish'),
    };
    const { candidates, verdict } = state;
    return { id, files, candidates, phases, verdict, published: inputs.publishedOf(id) };
  }
  const task = await inputs.task(id);
  const counts = new Map<string, number>();
  for (const { phase, state } of explainTask(task, null, inputs.files).steps) {
    const key = `${phase} ${state}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const of = (phase: string): StepCounts => {
    const count = (state: string) => counts.get(`${phase} ${state}`) ?? 0;
    return { hits: count('hit'), misses: count('miss'), unknown: count('unknown') };
  };
  const phases = {
    inline: of('inline'),
    validate: of('validate'),
    score: of('score'),
    publish: of('publish'),
  };
  const published = inputs.publishedOf(id);
  return { id, files, candidates: task.candidates.length, phases, verdict: '', published };
}

/** Adds the inputs of tasks: each file as a node, or each kind of file as a node. */
class Inputs {
  readonly differs: string | null;
  readonly settings: string;
  readonly primitives: string;

  constructor(
    private readonly builder: GraphBuilder,
    inputs: WorkspaceInputs,
    private readonly surveys: readonly TaskSurvey[],
    private readonly oneByOne: boolean,
  ) {
    const add = (what: string, detail = '') =>
      builder.add({ id: `inputs ${what}`, kind: 'input', what, name: what, detail });
    const differs = inputs.differFiles.length;
    this.differs = differs === 0 ? null : add('differ files', String(differs));
    this.settings = add('settings');
    this.primitives = add('primitives');
  }

  /** The task files of a task. */
  tasksOf({ files }: TaskSurvey): string[] {
    return this.add(files.task, 'task file', (survey) => survey.files.task);
  }

  solversOf({ files }: TaskSurvey): string[] {
    return this.add(files.solvers, 'solver file', (survey) => survey.files.solvers);
  }

  private add(
    names: readonly string[],
    what: string,
    of: (survey: TaskSurvey) => readonly string[],
  ): string[] {
    const { builder, oneByOne, surveys } = this;
    if (names.length === 0) return [];
    if (oneByOne) {
      return names.map((name) => builder.add({ id: `file ${name}`, kind: 'input', what, name }));
    }
    const detail = String(new Set(surveys.flatMap(of)).size);
    return [
      builder.add({ id: `inputs ${what}s`, kind: 'input', what: `${what}s`, name: `${what}s`, detail }),
    ];
  }
}

/** Adds all tasks to the graph. */
export function addSummary(
  builder: GraphBuilder,
  inputs: WorkspaceInputs,
  surveys: readonly TaskSurvey[],
  level: Exclude<Level, 'step'>,
): void {
  const given = new Inputs(builder, inputs, surveys, level !== 'workspace');
  if (level === 'task') {
    for (const survey of surveys) addWhole(builder, survey, given);
    return;
  }
  const load = addLoad(builder, inputs, surveys);
  if (given.differs !== null) builder.connect(given.differs, 'are read by', load);
  if (level === 'phase') {
    for (const survey of surveys) {
      addPhases(builder, survey, survey.id, given, load);
    }
  } else if (surveys.length > 0) {
    addPhases(builder, totalOf(surveys), null, given, load);
  }
}

/** A node for all steps of a task. */
function addWhole(builder: GraphBuilder, survey: TaskSurvey, given: Inputs): void {
  const { id, phases, candidates, verdict, published } = survey;
  const steps = sumOf(Object.values(phases));
  const detail = plain(candidates, 'candidate');
  const sources = [...given.tasksOf(survey), ...given.solversOf(survey)];
  const task = builder.add({
    id: `task ${id}`,
    kind: 'step',
    what: 'task',
    name: id,
    task: id,
    detail,
    steps,
  });
  for (const source of sources) builder.connect(source, 'is read for', task);
  if (given.differs !== null) builder.connect(given.differs, 'score', task);
  builder.connect(given.settings, 'limit', task);
  builder.connect(given.primitives, 'are called in', task);
  addOutputs(builder, { id, verdict, published }, task, task);
}

/** A node for each phase; `task` is null for all tasks together. */
function addPhases(
  builder: GraphBuilder,
  survey: TaskSurvey,
  task: string | null,
  given: Inputs,
  load: string,
): void {
  const { phases, candidates } = survey;
  const tasks = given.tasksOf(survey);
  for (const file of given.solversOf(survey))
    builder.connect(file, task === null ? 'are read by' : 'is read by', load);
  const add = (phase: string, detail: string, steps: StepCounts | null) => {
    const name = task ?? 'all tasks';
    return builder.add(
      { id: `${phase} ${name}`, kind: 'step', what: phase, name, task, detail, steps },
      phase,
    );
  };
  const filter = add('filter', plain(candidates, 'candidate'), null);
  const inline = add('inline', '', phases.inline);
  const validate = add('validate', '', phases.validate);
  const score = add('score', '', phases.score);
  const differs = add('differs', '', null);
  const publish = add('publish', '', phases.publish);
  builder.connect(load, 'gives the functions to', filter);
  builder.connect(filter, 'gives the distinct programs to', inline);
  builder.connect(inline, 'gives the programs to', validate);
  for (const file of tasks) {
    builder.connect(file, 'has the inputs that are given to', validate);
    builder.connect(file, 'has the expected outputs that are compared by', score);
  }
  builder.connect(given.settings, 'limit', validate);
  builder.connect(given.primitives, 'are called by', validate);
  builder.connect(validate, 'gives the outcomes to', score);
  if (given.differs !== null) builder.connect(load, 'gives the differs to', score);
  builder.connect(score, 'gives the d_scores to', differs);
  builder.connect(inline, 'gives the texts to', publish);
  builder.connect(score, 'gives the ranking to', publish);
  builder.connect(differs, 'gives the s_scores to', publish);
  builder.connect(given.settings, 'limit', publish);
  addOutputs(builder, survey, score, publish);
}

function addOutputs(
  builder: GraphBuilder,
  { id, verdict, published }: Pick<TaskSurvey, 'id' | 'verdict' | 'published'>,
  score: string,
  publish: string,
): void {
  const task = id === ALL ? null : id;
  const result = {
    id: `result ${id}`,
    kind: 'output',
    what: 'result',
    name: id,
    task,
    detail: verdict,
  } as const;
  builder.connect(score, 'says', builder.add(result));
  if (published.length === 0) return;
  const files = { id: `published ${id}`, kind: 'output', what: 'published files', name: id, task } as const;
  builder.connect(publish, 'writes', builder.add({ ...files, detail: String(published.length) }));
}

const ALL = 'all tasks';

function totalOf(surveys: readonly TaskSurvey[]): TaskSurvey {
  const of = (phase: (typeof STORED)[number]) => sumOf(surveys.map(({ phases }) => phases[phase]));
  const total = (value: (survey: TaskSurvey) => number) =>
    surveys.reduce((sum, survey) => sum + value(survey), 0);
  return {
    id: ALL,
    files: {
      task: surveys.flatMap(({ files }) => files.task),
      solvers: surveys.flatMap(({ files }) => files.solvers),
    },
    candidates: total(({ candidates }) => candidates),
    phases: { inline: of('inline'), validate: of('validate'), score: of('score'), publish: of('publish') },
    verdict: plain(surveys.length, 'task'),
    // Tasks share texts.
    published: [...new Set(surveys.flatMap(({ published }) => published))],
  };
}

function addLoad(builder: GraphBuilder, inputs: WorkspaceInputs, surveys: readonly TaskSurvey[]): string {
  const files = [...new Set([...surveys.flatMap((survey) => survey.files.solvers), ...inputs.differFiles])];
  const hits = files.filter((file) => inputs.isLoaded(file)).length;
  const steps = { hits, misses: files.length - hits, unknown: 0 };
  return builder.add({ id: 'load', kind: 'step', what: 'load', name: 'files', detail: '', steps });
}

function plain(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
