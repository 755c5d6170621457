/**
 * A workspace as a value: tasks, solver files and settings; what follows from it by definition; and the texts of its
 * files.
 */
import { identityOf, type Program, type Style, write } from './programs.js';

export type Rows = number[][];

export interface SampleModel {
  input: Rows;
  /** Null for a hidden test output. */
  output: Rows | null;
}

export interface TaskModel {
  train: SampleModel[];
  test: SampleModel[];
  /** The list `arc-gen`, which is judged if the settings say so. */
  more: SampleModel[];
  broken: boolean;
  /** Written as a bare list of its demo samples, without the rest. */
  bare: boolean;
  /** Hidden outputs are null instead of missing. */
  nulls: boolean;
  /** Another file with the task: the same bytes, without any test output, by splits, or with other samples. */
  copy: 'none' | 'bytes' | 'hidden' | 'split' | 'other';
}

export interface FunctionModel {
  name: string;
  program: Program;
  style: Style;
  /** Without a return: the function is unusable, but no other of its file. */
  broken: boolean;
}

export interface FileModel {
  functions: FunctionModel[];
  /** Saved as UTF-16: the whole file is unusable. */
  broken: boolean;
  windows: boolean;
}

export interface SettingsModel {
  cost: number;
  cells: number;
  keep: number;
  pairing: 'own' | 'all';
  /** Whether `arc-gen` is judged. */
  more: boolean;
}

export interface WorkspaceModel {
  tasks: Map<string, TaskModel>;
  /** By path below `solvers`. */
  files: Map<string, FileModel>;
  /** By path below `differs`; their functions have (S, I, C). */
  differs: Map<string, FileModel>;
  settings: SettingsModel;
}

/** A function that is judged on a task. */
export interface CandidateModel {
  readonly file: string;
  readonly name: string;
  readonly program: Program;
}

/** The text of every file of the workspace, by path. */
export function filesOf({ tasks, files, differs, settings }: WorkspaceModel): Map<string, Buffer> {
  const texts = new Map<string, Buffer>();
  const { cost, cells, keep, pairing, more } = settings;
  const samples = more ? ['train', 'test', 'arc-gen'] : ['train', 'test'];
  const paths = { tasks: 'tasks', solvers: 'solvers' };
  const config = { ...paths, budget: { cost, cells }, publish: { keep }, pairing, samples };
  texts.set('config/battbuild.json', Buffer.from(`${JSON.stringify(config, null, 2)}\n`));
  for (const [id, task] of tasks) {
    texts.set(`tasks/${id}.json`, Buffer.from(writeTask(task)));
    const copy = writeCopy(id, task);
    // The task's own file comes first.
    if (copy !== null) texts.set(`tasks/zz/${id}.json`, Buffer.from(copy));
  }
  for (const [name, file] of files) texts.set(`solvers/${name}`, writeFile(file));
  for (const [name, file] of differs) texts.set(`differs/${name}`, writeFile(file));
  return texts;
}

function contentOf({ train, test, more, nulls, bare }: TaskModel): unknown {
  const samples = (list: SampleModel[]) =>
    list.map(({ input, output }) => (output === null && !nulls ? { input } : { input, output }));
  if (bare) return samples(train);
  return { train: samples(train), test: samples(test), 'arc-gen': samples(more) };
}

function writeTask(task: TaskModel): string {
  const text = JSON.stringify(contentOf(task));
  return task.broken ? text.slice(0, -2) : text;
}

/** The text of the further file; null if there is none. */
function writeCopy(id: string, task: TaskModel): string | null {
  if (task.broken || task.copy === 'none') return null;
  if (task.copy === 'bytes') return writeTask(task);
  if (task.copy === 'split') return JSON.stringify({ training: { [id]: contentOf(task) } });
  if (task.copy === 'other') return JSON.stringify([{ input: [[9]], output: [[9]] }]);
  const test = task.test.map(({ input }) => ({ input, output: null }));
  return JSON.stringify(contentOf({ ...task, test }), null, 1);
}

/** The samples of a task that are judged, with their kinds, and the samples that programs see. */
export function judgedSamples(
  model: WorkspaceModel,
  id: string,
): (SampleModel & { readonly kind: string })[] {
  const { train, test, more, bare } = model.tasks.get(id)!;
  const demos = train.map((sample) => ({ kind: 'demo', ...sample }));
  if (bare) return demos;
  return [
    ...demos,
    ...test.map((sample) => ({ kind: 'test', ...sample })),
    ...(model.settings.more ? more.map((sample) => ({ kind: 'arc-gen', ...sample })) : []),
  ];
}

export function writeFile({ functions, broken, windows }: FileModel): Buffer {
  const texts = functions.map(({ name, program, style, broken: lost }) => {
    const text = write(name, program, style);
    return lost ? text.replace(/ {4}return .*\n/, '    pass_on = hmirror(I)\n') : text;
  });
  const text = `from dsl import *\n\n${texts.join('\n\n')}`;
  return Buffer.from(windows ? text.replaceAll('\n', '\r\n') : text, broken ? 'utf16le' : 'utf8');
}

/** Ids of the usable tasks, ascending. */
export function usableTasks({ tasks }: WorkspaceModel): string[] {
  return [...tasks].flatMap(([id, { broken }]) => (broken ? [] : [id])).sort();
}

/** The functions that are judged on a task, sorted by file (by code points) and line. */
export function candidatesOf(model: WorkspaceModel, task: string): CandidateModel[] {
  return [...model.files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, { functions, broken }]) => {
      if (broken) return [];
      const meant = functions.filter(({ name, broken: lost }) => !lost && isFor(model, task, path, name));
      return meant.map(({ name, program }) => ({ file: `solvers/${path}`, name, program }));
    });
}

/**
 * Whether a function belongs to a task: by its name, else by its file's stem or the nearest folder, else to all or
 * none.
 */
function isFor({ tasks, settings }: WorkspaceModel, task: string, path: string, name: string): boolean {
  if (settings.pairing === 'all') return true;
  const named = /^solve_([0-9a-f]{8})(_[0-9a-f]{8})?$/.exec(name);
  if (named !== null && tasks.has(named[1])) return named[1] === task;
  const parts = path.replace(/\.py$/, '').split('/').reverse();
  const owner = parts.map((part) => decodeURIComponent(part)).find((part) => tasks.has(part));
  if (owner !== undefined) return owner === task;
  // A name of an unknown task belongs to none.
  return named === null && !/^[0-9a-f]{8}$/.test(parts[0]);
}

/** The distinct differs, in any order. */
export function differsOf({ differs }: WorkspaceModel): Program[] {
  const distinct = new Map<string, Program>();
  for (const { functions, broken } of differs.values()) {
    if (broken) continue;
    for (const one of functions) if (!one.broken) distinct.set(identityOf(one.program), one.program);
  }
  return [...distinct.values()];
}

/** The distinct programs among candidates, in the order of their first appearance. */
export function distinctPrograms(candidates: readonly CandidateModel[]): Map<string, CandidateModel> {
  const distinct = new Map<string, CandidateModel>();
  for (const candidate of candidates) {
    const identity = identityOf(candidate.program);
    if (!distinct.has(identity)) distinct.set(identity, candidate);
  }
  return distinct;
}
