/** Generates candidates from the solvers of a workspace, and writes them as solver files. */

import type { Catalog } from '../../build/inputs/catalog.js';
import { LastBuild } from '../../build/last-build.js';
import type { Selection } from '../../build/options.js';
import type { TaskResult } from '../../build/record/task-result.js';
import { selectTasks } from '../../build/selection/select-tasks.js';
import type { Diagnostic } from '../../diagnostic.js';
import { languages } from '../../lang/language.js';
import { languageOfProgram } from '../../lang/program/program.js';
import type { Store } from '../../store/store.js';
import { digestTask } from '../../task/task-digest.js';
import { holdsContent, writeAtomically } from '../../workspace/atomic-files.js';
import type { Clock, FileProblem, FileSystem } from '../../workspace/file-system.js';
import { insideOf, type NamedPath } from '../../workspace/paths.js';
import type { Workspace } from '../../workspace/workspace.js';
import { sampleFeatures } from '../mutation/sample-features.js';
import { breed, type Offspring } from './breed.js';
import { cardFile } from './card-file.js';
import { type EncodedProgram, GenePool } from './gene-pool.js';
import { selectionWeights } from './selection-weights.js';
import { solverCatalog } from './solver-catalog.js';

export interface CardRequest {
  readonly workspace: Workspace;
  readonly selection: Selection;
  /** The selection whose last build judged the parents; by default that of the request. */
  readonly judged?: Selection;
  /** The store with the last build, if it is open; by default that of the workspace. */
  readonly store?: Store;
  /** Maximum number of candidates for each task or in total; exactly one of the two is given. */
  readonly perTask: number | null;
  readonly count: number | null;
  readonly seed: number;
  readonly round: number;
  /** The folder of the files; files in it count as solvers of the workspace. */
  readonly into: NamedPath;
  readonly files: FileSystem;
  readonly now: Clock;
}

export interface TaskCard {
  readonly task: string;
  /** Number of distinct programs that the task had. If 0, programs of other tasks are the parents. */
  readonly programs: number;
  readonly wanted: number;
  readonly offspring: readonly Offspring[];
  /** The written files, as shown to the user, one for each dialect; empty if there was nothing to write. */
  readonly files: readonly string[];
}

export interface CardReport {
  /** Of the selected tasks, in ascending order of ids. */
  readonly tasks: readonly TaskCard[];
  readonly unknownTasks: readonly { readonly id: string; readonly suggestion: string | null }[];
  /** Problems of the inputs; inputs with errors are left out. */
  readonly diagnostics: readonly Diagnostic[];
  /** The reason why a file could not be written; later files were not written either. */
  readonly problem: FileProblem | null;
}

/**
 * Generates and writes candidates for the selected tasks. The same request on the same inputs writes the same bytes.
 */
export async function card(request: CardRequest): Promise<CardReport> {
  const { workspace, selection, into, files, now } = request;
  const solvers = [...workspace.solvers, { ...into, explicit: false }];
  const catalog = await solverCatalog({ ...workspace, solvers, differs: [] }, files, now);
  const { diagnostics } = catalog;
  const selected = selectTasks(catalog.ids, selection, (id) => catalog.isKnown(id));
  if (selected.unknown.length > 0) {
    return { tasks: [], unknownTasks: selected.unknown, diagnostics, problem: null };
  }
  const judged = request.judged ?? selection;
  const recorded =
    request.store === undefined
      ? LastBuild.open(workspace, judged)
      : LastBuild.in(request.store, workspace, judged);
  try {
    const stables = new Map<string, Stable>();
    for (const id of catalog.ids) stables.set(id, await stableOf(id, catalog, recorded));
    return {
      ...new Generator(request, catalog, stables).generate(selected.ids),
      unknownTasks: [],
      diagnostics,
    };
  } finally {
    recorded?.close();
  }
}

/** The distinct programs of a task, with their weights as parents. */
interface Stable {
  readonly programs: readonly EncodedProgram[];
  readonly weights: readonly number[];
}

async function stableOf(id: string, catalog: Catalog, recorded: LastBuild | null): Promise<Stable> {
  const candidates = await catalog.candidates(id);
  const programs = [...new Map(candidates.map((candidate) => [candidate.body, candidate])).values()];
  const bodies = programs.map(({ body }) => body);
  return { programs, weights: selectionWeights(bodies, upToDate(id, catalog, recorded)) };
}

/** The recorded result of a task, if its demonstrations are unchanged. */
function upToDate(id: string, catalog: Catalog, recorded: LastBuild | null): TaskResult | null {
  const result = recorded?.task(id) ?? null;
  return result !== null && result.demo === digestTask(catalog.task(id)).demo ? result : null;
}

/** Number of programs of a task that join the pool. */
const LENT = 8;

class Generator {
  private readonly genePool = new GenePool();
  /** The pool: the best programs of every task. */
  private readonly pool: readonly EncodedProgram[];

  constructor(
    private readonly request: CardRequest,
    private readonly catalog: Catalog,
    private readonly stables: ReadonlyMap<string, Stable>,
  ) {
    const best = [...stables.values()].flatMap(({ programs, weights }) =>
      programs.filter((_, k) => weights[k] === 1).slice(0, LENT),
    );
    this.pool = [...new Map(best.map((program) => [program.body, program])).values()];
  }

  generate(ids: readonly string[]): Pick<CardReport, 'tasks' | 'problem'> {
    const tasks: TaskCard[] = [];
    for (const [k, task] of ids.entries()) {
      const { programs, weights } = this.stables.get(task) as Stable;
      const wanted = this.wanted(k, ids.length);
      const offspring = breed({
        task,
        features: sampleFeatures(this.catalog.task(task)),
        known: programs.map(({ body }) => body),
        parents: programs,
        weights,
        pool: this.pool,
        genePool: this.genePool,
        count: wanted,
        seed: this.request.seed,
        round: this.request.round,
      });
      const written: string[] = [];
      for (const language of languages) {
        const kin = offspring.filter(({ program }) => languageOfProgram(program) === language);
        if (kin.length === 0) continue;
        const name = this.write(task, kin);
        if (typeof name !== 'string') return { tasks, problem: name };
        written.push(name);
      }
      tasks.push({ task, programs: programs.length, wanted, offspring, files: written });
    }
    return { tasks, problem: null };
  }

  /** Number of candidates for the k-th task: the total is divided evenly, and the first tasks get one more. */
  private wanted(k: number, tasks: number): number {
    const { count, perTask } = this.request;
    const share = count === null ? Number.POSITIVE_INFINITY : Math.floor((count + tasks - 1 - k) / tasks);
    return Math.min(share, perTask ?? Number.POSITIVE_INFINITY);
  }

  /** The name of the file as shown to the user. */
  private write(task: string, offspring: readonly Offspring[]): string | FileProblem {
    const { workspace, files, into, seed, round } = this.request;
    const { name, text } = cardFile(task, offspring, seed, round, workspace.settings.dialect.value);
    const path = insideOf(into.path, name);
    if (path === null) throw new Error(`${name} would lie outside the folder of candidates`);
    const bytes = new TextEncoder().encode(text);
    const problem = holdsContent(files, path, bytes) ? null : writeAtomically(files, path, bytes);
    return problem ?? `${into.name}/${name}`;
  }
}
