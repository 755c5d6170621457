/**
 * Edits of a workspace by a person: each takes any three numbers, which determine the place and the kind of the edit.
 */
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FileModel, FunctionModel, Rows, SampleModel, TaskModel, WorkspaceModel } from './model.js';
import { differOf, programOf, styleOf } from './programs.js';

/** Ids of possible tasks. */
const FIELD_IDS = ['0a1b2c3d', '11111111', '2bee5caf', '33cafe33', '4d5e6f70', 'deadbee5'];

/** Ids may be any text; paths have them escaped. */
const TASK_IDS = [...FIELD_IDS, "Pink's view (edit)"];

const FREE_NAMES = ['paint', 'turn_it', 'guess', 'solver', 'attempt'];

/** Paths of solver files; some name a task by folder or stem. */
const PLACES = [
  'all.py',
  'more/own.py',
  'more/others.py',
  ...FIELD_IDS.slice(0, 3).flatMap((id) => [`${id}.py`, `${id}/a.py`, `x/${id}/b/c.py`]),
  "Pink's view (edit).py",
  'Pink%27s%20view%20%28edit%29/a.py',
];

const DIFFER_PLACES = ['close.py', 'more/far.py'];

const COSTS = [20_000_000, 400, 40];
const CELLS = [4_000_000, 200];

/** Changes the model; the files are written later. */
type ModelEdit = (model: WorkspaceModel, a: number, b: number, c: number) => void;

/** Changes files below the workspace's folder without changing the model. */
type DiskEdit = (root: string, a: number, b: number) => void;

function pick<Item>(items: Iterable<Item>, number: number): Item | undefined {
  const list = [...items];
  return list[number % list.length];
}

function rowsOf(a: number, b: number): Rows {
  const height = 1 + (a % 3);
  const width = 1 + (b % 3);
  return Array.from({ length: height }, (_, i) =>
    Array.from({ length: width }, (_, j) => Math.floor((a + 3 * b) / 4 ** (i * width + j)) % 4),
  );
}

/** A sample that some of the programs solve. */
function sampleOf(a: number, b: number, rule: number): SampleModel {
  const input = rowsOf(a, b);
  const recolored = input.map((row) => row.map((cell) => (cell === rule % 4 ? (rule + 1) % 4 : cell)));
  return { input, output: rule % 3 === 0 ? [...input].reverse() : recolored };
}

function taskOf(a: number, b: number): TaskModel {
  const sample = (k: number) => sampleOf(a + 17 * k, b + 5 * k, a);
  const forms = { broken: false, bare: false, nulls: false, copy: 'none' as const };
  return { train: [sample(0), sample(1)], test: [sample(2)], more: [sample(3)], ...forms };
}

function functionOf(a: number, b: number, c: number): FunctionModel {
  const task = FIELD_IDS[b % FIELD_IDS.length];
  const suffix = (0x10000000 + c * 7919).toString(16).slice(-8);
  const name = pick([pick(FREE_NAMES, c)!, `solve_${task}`, `solve_${task}_${suffix}`], a)!;
  return { name, program: programOf(a, b, c), style: styleOf(c), broken: false };
}

function addFunction(file: FileModel, added: FunctionModel): void {
  // Two functions of a file must not have the same name.
  if (!file.functions.some(({ name }) => name === added.name)) file.functions.push(added);
}

function fileAt({ files }: WorkspaceModel, a: number): FileModel {
  const path = pick(PLACES, a)!;
  const file = files.get(path) ?? { functions: [], broken: false, windows: false };
  files.set(path, file);
  return file;
}

function someFunction({ files }: WorkspaceModel, a: number): [FileModel, FunctionModel] | undefined {
  return pick(
    [...files.values()].flatMap((file) =>
      file.functions.map((one): [FileModel, FunctionModel] => [file, one]),
    ),
    a,
  );
}

function someDiffer({ differs }: WorkspaceModel, a: number): FunctionModel | undefined {
  return pick(
    [...differs.values()].flatMap(({ functions }) => functions),
    a,
  );
}

function someSamples({ tasks }: WorkspaceModel, a: number, kind: 'train' | 'test'): SampleModel[] {
  return pick(tasks.values(), a)?.[kind] ?? [];
}

const RESTYLE: ModelEdit = (model, a, b) => {
  const found = someFunction(model, a);
  if (found !== undefined) found[1].style = styleOf(b);
};

export const MODEL_EDITS: Readonly<Record<string, ModelEdit>> = {
  'rename variables or reformat a function': RESTYLE,
  'change line ends': (model, a) => {
    const file = pick(model.files.values(), a);
    if (file !== undefined) file.windows = !file.windows;
  },
  'change a program': (model, a, b, c) => {
    const found = someFunction(model, a);
    if (found !== undefined) found[1].program = programOf(b, c, a);
  },
  'add a solver': (model, a, b, c) => addFunction(fileAt(model, a), functionOf(b, c, a)),
  'remove a solver': (model, a) => {
    const found = someFunction(model, a);
    if (found !== undefined) found[0].functions.splice(found[0].functions.indexOf(found[1]), 1);
  },
  'remove a solver file': (model, a) => {
    const path = pick(model.files.keys(), a);
    if (path !== undefined) model.files.delete(path);
  },
  'move a solver file': (model, a, b) => {
    const [path, file] = pick(model.files, a) ?? [];
    if (path === undefined || file === undefined) return;
    model.files.delete(path);
    model.files.set(pick(PLACES, b)!, file);
  },
  'duplicate a solver': (model, a, b, c) => {
    const found = someFunction(model, a);
    if (found === undefined) return;
    const { name } = functionOf(b, a, c);
    addFunction(fileAt(model, c), { ...found[1], name, style: styleOf(b) });
  },
  'rename a solver': (model, a, b, c) => {
    const found = someFunction(model, a);
    if (found === undefined) return;
    const { name } = functionOf(b, c, a);
    if (!found[0].functions.some((one) => one.name === name)) found[1].name = name;
  },
  'edit a demo input': (model, a, b, c) => {
    const sample = pick(someSamples(model, a, 'train'), b);
    if (sample !== undefined) sample.input = rowsOf(b, c);
  },
  'edit a demo output': (model, a, b, c) => {
    const sample = pick(someSamples(model, a, 'train'), b);
    if (sample !== undefined) sample.output = rowsOf(c, b);
  },
  'edit a test input': (model, a, b, c) => {
    const sample = pick(someSamples(model, a, 'test'), b);
    if (sample !== undefined) sample.input = rowsOf(b, c);
  },
  'edit a test output': (model, a, b, c) => {
    const sample = pick(someSamples(model, a, 'test'), b);
    if (sample !== undefined) sample.output = rowsOf(c, b);
  },
  'hide a test output': (model, a, b) => {
    const sample = pick(someSamples(model, a, 'test'), b);
    if (sample !== undefined) sample.output = null;
  },
  'add a sample': (model, a, b, c) => {
    someSamples(model, a, b % 2 === 0 ? 'train' : 'test').push(sampleOf(b, c, a));
  },
  'repeat a sample': (model, a, b) => {
    const samples = someSamples(model, a, b % 2 === 0 ? 'train' : 'test');
    if (samples.length > 0) samples.push({ ...samples[0] });
  },
  'remove a sample': (model, a, b) => {
    const samples = someSamples(model, a, b % 2 === 0 ? 'train' : 'test');
    if (samples.length > 1) samples.splice(b % samples.length, 1);
  },
  'swap samples': (model, a) => void someSamples(model, a, 'train').reverse(),
  'add or edit a further sample': (model, a, b, c) => {
    const more = pick(model.tasks.values(), a)?.more;
    if (more !== undefined) more[b % (more.length + 1)] = sampleOf(b, c, a);
  },
  'judge further samples, or not': ({ settings }) => {
    settings.more = !settings.more;
  },
  'move a sample to further ones': (model, a, b) => {
    const task = pick(model.tasks.values(), a);
    if (task !== undefined && task.train.length > 1)
      task.more.push(...task.train.splice(b % task.train.length, 1));
  },
  'write a task as a list, or as an object': (model, a) => {
    const task = pick(model.tasks.values(), a);
    if (task !== undefined) task.bare = !task.bare;
  },
  'write hidden outputs as null, or not at all': (model, a) => {
    const task = pick(model.tasks.values(), a);
    if (task !== undefined) task.nulls = !task.nulls;
  },
  'copy a task': (model, a, b) => {
    const task = pick(model.tasks.values(), a);
    if (task !== undefined) task.copy = pick(['bytes', 'hidden', 'split', 'other', 'none'] as const, b)!;
  },
  'make a grid wide': (model, a, b, c) => {
    const sample = pick(someSamples(model, a, 'test'), b);
    if (sample !== undefined) sample.input = [Array.from({ length: 31 + (c % 9) }, (_, k) => (k * c) % 4)];
  },
  'delete a task': (model, a) => {
    const id = pick(model.tasks.keys(), a);
    if (id !== undefined) model.tasks.delete(id);
  },
  'add a task': (model, a, b, c) => {
    const id = pick(TASK_IDS, a)!;
    if (!model.tasks.has(id)) model.tasks.set(id, taskOf(b, c));
  },
  'rename a task': (model, a, b) => {
    const [from, task] = pick(model.tasks, a) ?? [];
    const to = pick(TASK_IDS, b)!;
    if (from === undefined || task === undefined || model.tasks.has(to)) return;
    model.tasks.delete(from);
    model.tasks.set(to, task);
  },
  'break or mend a task': (model, a) => {
    const task = pick(model.tasks.values(), a);
    if (task !== undefined) task.broken = !task.broken;
  },
  'break or mend a function': (model, a) => {
    const found = someFunction(model, a);
    if (found !== undefined) found[1].broken = !found[1].broken;
  },
  'break or mend a solver file': (model, a) => {
    const file = pick(model.files.values(), a);
    if (file !== undefined) file.broken = !file.broken;
  },
  'add a differ': (model, a, b, c) => {
    const path = pick(DIFFER_PLACES, a)!;
    const file = model.differs.get(path) ?? { functions: [], broken: false, windows: false };
    model.differs.set(path, file);
    const name = pick(FREE_NAMES, b)!;
    addFunction(file, { name, program: differOf(b, c), style: styleOf(a), broken: false });
  },
  'change a differ': (model, a, b, c) => {
    const differ = someDiffer(model, a);
    if (differ !== undefined) differ.program = differOf(b, c);
  },
  'rename variables or reformat a differ': (model, a, b) => {
    const differ = someDiffer(model, a);
    if (differ !== undefined) differ.style = styleOf(b);
  },
  'break or mend a differ': (model, a) => {
    const differ = someDiffer(model, a);
    if (differ !== undefined) differ.broken = !differ.broken;
  },
  'move a differ file': (model, a, b) => {
    const [path, file] = pick(model.differs, a) ?? [];
    if (path === undefined || file === undefined) return;
    model.differs.delete(path);
    model.differs.set(pick(DIFFER_PLACES, b)!, file);
  },
  'remove a differ file': (model, a) => {
    const path = pick(model.differs.keys(), a);
    if (path !== undefined) model.differs.delete(path);
  },
  'change the budget': ({ settings }, a, b) => {
    settings.cost = pick(COSTS, a)!;
    settings.cells = pick(CELLS, b)!;
  },
  'change how many are published': ({ settings }, a) => {
    settings.keep = pick([32, 1, 2, 3], a)!;
  },
  'change the pairing': ({ settings }) => {
    settings.pairing = settings.pairing === 'own' ? 'all' : 'own';
  },
};

export const DISK_EDITS: Readonly<Record<string, DiskEdit>> = {
  'touch an input': (root, a) => {
    const path = pick(inputsIn(root), a);
    if (path !== undefined) utimesSync(path, new Date(), new Date(1_600_000_000_000 + a * 1000));
  },
  'write an input again': (root, a) => {
    const path = pick(inputsIn(root), a);
    if (path !== undefined) writeFileSync(path, readFileSync(path));
  },
  'delete a published file': (root, a) => {
    const path = pick(filesIn(join(root, 'out')), a);
    if (path !== undefined) unlinkSync(path);
  },
  'edit a published file': (root, a) => {
    const path = pick(filesIn(join(root, 'out')), a);
    if (path === undefined) return;
    const isLink = lstatSync(path).isSymbolicLink();
    // A file replaces a link; writing to the link would change its target.
    if (isLink) unlinkSync(path);
    writeFileSync(path, `${isLink ? '' : readFileSync(path, 'utf8')}# edited\n`);
  },
  'delete a folder of published files': (root, a) => {
    const folder = pick(['out', 'out/solver_md5', 'out/solver_dir'], a)!;
    rmSync(join(root, folder), { recursive: true, force: true });
  },
};

function inputsIn(root: string): string[] {
  return [
    ...filesIn(join(root, 'tasks')),
    ...filesIn(join(root, 'solvers')),
    ...filesIn(join(root, 'differs')),
  ];
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The workspace that every sequence of edits begins with. */
export function initialModel(): WorkspaceModel {
  const model: WorkspaceModel = {
    tasks: new Map(TASK_IDS.slice(0, 4).map((id, k) => [id, taskOf(5 + 11 * k, 2 + 3 * k)])),
    files: new Map(),
    differs: new Map(),
    settings: { cost: COSTS[0], cells: CELLS[0], keep: 32, pairing: 'own', more: false },
  };
  for (let k = 0; k < 24; k++) addFunction(fileAt(model, k * 5), functionOf(k, k * 3 + 1, k * 7 + 2));
  return model;
}
