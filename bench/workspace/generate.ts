/** Makes workspaces of any size from our own solvers and the public training tasks. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSource } from '../../src/lang/load.js';
import { decodeProgram, type Program } from '../../src/lang/program/program.js';
import { LONG_PROGRAMS, OWN_SOLVERS } from '../paths.js';
import { candidatesOf } from './candidates.js';
import { mutate } from './mutate.js';
import { mutateRoughly } from './mutate-roughly.js';
import { Random } from './random.js';

export interface WorkspaceSize {
  readonly tasks: number;
  /** Candidates per task. */
  readonly candidates: number;
  /** One file for each candidate; else one file for each task. */
  readonly filePerSolver: boolean;
  readonly seed: string;
  /** Default: `standard`. */
  readonly kind?: WorkspaceKind;
}

/**
 * The parents of its candidates. `standard`: our own short solvers, with mutations that respect kinds. `rough`: the
 * long programs in `parents`, with mutations that do not, so that half of all cells end in errors.
 */
export type WorkspaceKind = 'standard' | 'rough';

/** The standard size: 59,600 candidates in 400 files. */
export const STANDARD: WorkspaceSize = {
  tasks: 400,
  candidates: 149,
  filePerSolver: false,
  seed: 'standard',
};

/** The usual output of a search on other people's solvers: few candidates for each task, all of them long. */
export const ROUGH: WorkspaceSize = {
  tasks: 400,
  candidates: 20,
  filePerSolver: false,
  seed: 'rough',
  kind: 'rough',
};

/** Number of long programs that are parents of each task's rough candidates. */
const ROUGH_PARENTS = 3;

/** Number of other tasks' programs that are parents of each task's mutants, besides its own program. */
const FOREIGN_PARENTS = 2;

/**
 * Fills `folder` (which is removed first) with `config/battbuild.json`, `tasks/<id>.json` and `solvers/<id>.py` or
 * `solvers/<id>/<name>.py`. The same size gives the same bytes. If more tasks are requested than `taskFolder` has,
 * tasks are repeated under new ids with permuted colours.
 */
export function generateWorkspace(folder: string, taskFolder: string, size: WorkspaceSize): void {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['config', 'tasks', 'solvers']) mkdirSync(join(folder, part), { recursive: true });
  const config = { tasks: 'tasks', solvers: 'solvers', cache: 'cache', out: 'out' };
  writeFileSync(join(folder, 'config/battbuild.json'), `${JSON.stringify(config, null, 2)}\n`);
  const rough = size.kind === 'rough';
  const parents = rough ? longPrograms() : ownPrograms();
  const originals = readdirSync(taskFolder)
    .filter((file) => file.endsWith('.json'))
    .sort();
  for (let k = 0; k < size.tasks; k++) {
    const file = originals[k % originals.length];
    const original = file.slice(0, -'.json'.length);
    const random = new Random(`${size.seed} task ${k}`);
    const isCopy = k >= originals.length;
    const id = isCopy ? random.hex() : original;
    const text = readFileSync(join(taskFolder, file), 'utf8');
    writeFileSync(join(folder, `tasks/${id}.json`), isCopy ? permuteColors(text, random) : text);
    const own = parents.get(original);
    const foreign = random.shuffle([...parents.values()]).slice(0, rough ? ROUGH_PARENTS : FOREIGN_PARENTS);
    const family = own === undefined ? foreign : [own, ...foreign.filter((program) => program !== own)];
    const texts = candidatesOf(id, family, size.candidates, size.seed, rough ? mutateRoughly : mutate);
    writeSolvers(folder, id, texts, size.filePerSolver);
  }
}

function writeSolvers(folder: string, id: string, texts: readonly string[], filePerSolver: boolean): void {
  if (!filePerSolver) {
    writeFileSync(join(folder, `solvers/${id}.py`), texts.join('\n\n'));
    return;
  }
  mkdirSync(join(folder, `solvers/${id}`));
  texts.forEach((text, k) => {
    writeFileSync(join(folder, `solvers/${id}/${String(k).padStart(4, '0')}.py`), text);
  });
}

/** Our own solvers by task, sorted by id. */
function ownPrograms(): Map<string, Program> {
  const programs = new Map<string, Program>();
  for (const file of readdirSync(OWN_SOLVERS).sort()) {
    const { functions } = loadSource(readFileSync(join(OWN_SOLVERS, file)), file);
    if (functions.length > 0) programs.set(file.replace(/\.py$/, ''), decodeProgram(functions[0].program));
  }
  return programs;
}

/** The programs in `parents`, by name. */
function longPrograms(): Map<string, Program> {
  const programs = new Map<string, Program>();
  for (const file of readdirSync(LONG_PROGRAMS).sort()) {
    const { functions, diagnostics } = loadSource(readFileSync(join(LONG_PROGRAMS, file)), file);
    if (diagnostics.length > 0) throw new Error(`${file}: ${diagnostics[0].message}`);
    for (const { name, program } of functions) programs.set(name, decodeProgram(program));
  }
  return programs;
}

/** Permutes the colours 1..9; black, the background of most tasks, stays. */
function permuteColors(text: string, random: Random): string {
  const colors = [0, ...random.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9])];
  return text.replace(/\d/g, (digit) => String(colors[Number(digit)]));
}
