/** A workspace as a value: tasks, solver files and settings; what follows from it by definition; and its files' text. */
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
  broken: boolean;
}

export interface FunctionModel {
  name: string;
  program: Program;
  style: Style;
  /** Without a return: it is lost, and no other of its file. */
  broken: boolean;
}

export interface FileModel {
  functions: FunctionModel[];
  /** Saved as UTF-16: the whole file is lost. */
  broken: boolean;
  windows: boolean;
}

export interface SettingsModel {
  cost: number;
  cells: number;
  keep: number;
  pairing: 'own' | 'all';
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

/** The text of every file of the workspace, by its path. */
export function filesOf({ tasks, files, differs, settings }: WorkspaceModel): Map<string, Buffer> {
  const texts = new Map<string, Buffer>();
  const { cost, cells, keep, pairing } = settings;
  const config = { tasks: 'tasks', solvers: 'solvers', budget: { cost, cells }, publish: { keep }, pairing };
  texts.set('config/battbuild.json', Buffer.from(`${JSON.stringify(config, null, 2)}\n`));
  for (const [id, task] of tasks) texts.set(`tasks/${id}.json`, Buffer.from(writeTask(task)));
  for (const [name, file] of files) texts.set(`solvers/${name}`, writeFile(file));
  for (const [name, file] of differs) texts.set(`differs/${name}`, writeFile(file));
  return texts;
}

function writeTask({ train, test, broken }: TaskModel): string {
  const samples = (list: SampleModel[]) =>
    list.map(({ input, output }) => (output === null ? { input } : { input, output }));
  const text = JSON.stringify({ train: samples(train), test: samples(test) });
  return broken ? text.slice(0, -2) : text;
}

export function writeFile({ functions, broken, windows }: FileModel): Buffer {
  const texts = functions.map(({ name, program, style, broken: lost }) => {
    const text = write(name, program, style);
    return lost ? text.replace(/ {4}return .*\n/, '    pass_on = hmirror(I)\n') : text;
  });
  const text = `from dsl import *\n\n${texts.join('\n\n')}`;
  return Buffer.from(windows ? text.replaceAll('\n', '\r\n') : text, broken ? 'utf16le' : 'utf8');
}

/** Ids of the tasks that can be used, ascending. */
export function usableTasks({ tasks }: WorkspaceModel): string[] {
  return [...tasks].flatMap(([id, { broken }]) => (broken ? [] : [id])).sort();
}

/** The functions that are judged on a task, in the order of files (by code points) and lines. */
export function candidatesOf(model: WorkspaceModel, task: string): CandidateModel[] {
  return [...model.files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, { functions, broken }]) => {
      if (broken) return [];
      const meant = functions.filter(({ name, broken: lost }) => !lost && isFor(model, task, path, name));
      return meant.map(({ name, program }) => ({ file: `solvers/${path}`, name, program }));
    });
}

/** Whether a function belongs to a task: by its name, else by its file's stem or the nearest folder, else to all or none. */
function isFor({ tasks, settings }: WorkspaceModel, task: string, path: string, name: string): boolean {
  if (settings.pairing === 'all') return true;
  const named = /^solve_([0-9a-f]{8})(_[0-9a-f]{8})?$/.exec(name);
  if (named !== null && tasks.has(named[1])) return named[1] === task;
  const parts = path.replace(/\.py$/, '').split('/').reverse();
  const owner = parts.find((part) => tasks.has(part));
  if (owner !== undefined) return owner === task;
  // What names a task that is not here is for none.
  return named === null && !/^[0-9a-f]{8}$/.test(parts[0]);
}

/** The distinct differs, in no order that matters. */
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
