/** Evolution: rounds of card -> build -> select. The same inputs and the same seed give the same populations. */

import { buildAgain } from '../../build/build.js';
import { LastBuild } from '../../build/last-build.js';
import type { BuildReport, Selection } from '../../build/options.js';
import { demoRanking } from '../../build/record/demo-ranking.js';
import { RecordCache } from '../../build/record/record-cache.js';
import type { ProgramResult, TaskResult } from '../../build/record/task-result.js';
import type { BuildEnvironment } from '../../build/session/session.js';
import { openSharedCache } from '../../build/shared/open-shared-cache.js';
import { sharedWorkersOf } from '../../distribution/shared-workers.js';
import { STATUSES } from '../../engine/outcome.js';
import { dialectComment, inlineFunction } from '../../lang/inline.js';
import { type Language, languages } from '../../lang/language.js';
import { decodeProgram, languageOfProgram } from '../../lang/program/program.js';
import type { EventListener, Summary } from '../../observe/event.js';
import type { Candidate } from '../../phases/subject/task-subject.js';
import type { SharedCache } from '../../remote-cache/shared-cache.js';
import { Store } from '../../store/store.js';
import type { Workers } from '../../workers/workers.js';
import type { FileProblem } from '../../workspace/file-system.js';
import type { NamedPath } from '../../workspace/paths.js';
import type { Workspace } from '../../workspace/workspace.js';
import { card } from './card.js';
import { functionName, onOneLine } from './card-file.js';
import { lineageComment, lineagesOf } from './lineage.js';
import { Population, type RoundResult } from './population.js';
import { solverCatalog } from './solver-catalog.js';

export interface EvolveRequest {
  readonly workspace: Workspace;
  readonly selection: Selection;
  readonly rounds: number;
  readonly seed: number;
  /** New programs for each task and round. */
  readonly perTask: number;
  /** Maximum number of programs that a task keeps from round to round. */
  readonly keep: number;
  /** Skip tasks that have a program which matches all demonstrations, and end when all tasks have one. */
  readonly untilSolved: boolean;
  /** The folder of the population. */
  readonly into: NamedPath;
  readonly world: BuildEnvironment;
  readonly emit: EventListener;
  readonly signal: AbortSignal;
  /** Called for every completed round; at once and without a summary for the rounds of an earlier call. */
  readonly finished: (round: RoundResult, summary: Summary | null) => void;
}

export type EvolveEnd =
  | { readonly kind: 'done'; readonly rounds: readonly RoundResult[] }
  | { readonly kind: 'interrupted'; readonly rounds: readonly RoundResult[] }
  /** The folder holds the population of another evolution. */
  | { readonly kind: 'other-population' }
  | { readonly kind: 'unknown-tasks'; readonly unknownTasks: BuildReport['unknownTasks'] }
  | { readonly kind: 'failed'; readonly problem: FileProblem };

/** At most this many programs of one behaviour are selected, because they have similar offspring. */
const PER_BEHAVIOUR = 3;

export async function evolve(request: EvolveRequest): Promise<EvolveEnd> {
  const { workspace, into, world } = request;
  const population = new Population(into, world.files);
  const evolution = evolutionOf(request);
  const before = population.progress();
  if (before !== null && before.evolution !== evolution) return { kind: 'other-population' };
  const rounds = [...(before?.rounds ?? [])];
  for (const round of rounds.slice(0, request.rounds)) request.finished(round, null);
  const problem = population.tidy(rounds.length);
  if (problem !== null) return { kind: 'failed', problem };
  const solvers = [...workspace.solvers, { ...into, explicit: false }];
  const store = Store.open(workspace.cache.path, () => new Date(world.now()));
  const workers = sharedWorkersOf(workspace, world);
  const shared = await openSharedCache(workspace, store);
  const evolving = new Evolution(
    { ...request, workspace: { ...workspace, solvers } },
    population,
    store,
    workers,
    shared,
  );
  try {
    while (!request.signal.aborted) {
      // Each round begins with a build of the population alone. So a round depends only on the population on disk,
      // and a resumed evolution has the same rounds as an uninterrupted one. The build after the last round updates
      // the record.
      const { unknownTasks } = await evolving.judge();
      if (unknownTasks.length > 0) return { kind: 'unknown-tasks', unknownTasks };
      if (request.signal.aborted || rounds.length >= request.rounds) break;
      if (request.untilSolved && evolving.unsolved().length === 0) break;
      const ended = await evolving.round(rounds.length + 1);
      if (ended === null) break;
      if (!('result' in ended)) return { kind: 'failed', problem: ended };
      const failed = population.save({ evolution, rounds: [...rounds, ended.result] });
      if (failed !== null) return { kind: 'failed', problem: failed };
      rounds.push(ended.result);
      const left = population.tidy(rounds.length);
      if (left !== null) return { kind: 'failed', problem: left };
      request.finished(ended.result, ended.summary);
    }
  } finally {
    await workers.close();
    await shared?.settle(workspace.settings['cache.remote.uploadSeconds'].value * 1000, request.signal);
    shared?.close();
    store.close();
  }
  return { kind: request.signal.aborted ? 'interrupted' : 'done', rounds };
}

/** What identifies an evolution, apart from the workspace's inputs and the number of rounds. */
function evolutionOf({ selection, seed, perTask, keep, untilSolved }: EvolveRequest): string {
  return JSON.stringify({ selection, seed, perTask, keep, untilSolved });
}

class Evolution {
  private isNewStore = true;
  private readonly records = new RecordCache();

  constructor(
    private readonly request: EvolveRequest,
    private readonly population: Population,
    private readonly store: Store,
    private readonly workers: Workers,
    private readonly shared: SharedCache | null,
  ) {}

  /** Builds the workspace with the current population. */
  async judge(): Promise<BuildReport> {
    const { workspace, selection, world, emit, signal } = this.request;
    const { store, workers, shared, isNewStore } = this;
    const options = {
      workspace,
      selection,
      force: false,
      dryRun: false,
      emit,
      signal,
      earlyStop: false,
      untilSolved: false,
    };
    const report = await buildAgain(options, world, {
      store,
      workers,
      shared,
      isNewStore,
      records: this.records,
      scanned: null,
      checkPublished: true,
      taskChanged: null,
    });
    this.isNewStore = false;
    return report;
  }

  /** Null if it was told to stop. */
  async round(round: number): Promise<{ result: RoundResult; summary: Summary } | FileProblem | null> {
    const { request } = this;
    const { workspace, selection, seed, perTask, into, world, signal } = request;
    const wanted = request.untilSolved
      ? { ...selection, ids: this.unsolved(), start: 0, count: null }
      : selection;
    const { files, now } = world;
    // The population is already among the solvers.
    const made = await card({
      workspace,
      selection: wanted,
      store: this.store,
      perTask,
      count: null,
      seed,
      round,
      into,
      files,
      now,
    });
    if (made.problem !== null) return made.problem;
    const { summary } = await this.judge();
    if (summary.interrupted || signal.aborted) return null;
    const selected = await this.select(round);
    if (!('population' in selected)) return selected;
    const offspring = made.tasks.reduce((sum, task) => sum + task.offspring.length, 0);
    return { result: { round, offspring, ...selected }, summary };
  }

  /** Ids of selected tasks without a program that matches all demonstrations. */
  unsolved(): string[] {
    const open: string[] = [];
    for (const result of this.results()) if (!isSolved(result)) open.push(result.task);
    return open;
  }

  private results(): Iterable<TaskResult> {
    // From the open store, because the file is older if it cannot be written.
    const { workspace, selection } = this.request;
    const recorded = LastBuild.in(this.store, workspace, selection);
    if (recorded === null) throw new Error('a build left no record');
    return recorded.tasks();
  }

  /** Writes the next population: the best programs of each task, judged by demonstrations only. */
  private async select(round: number): Promise<Omit<RoundResult, 'round' | 'offspring'> | FileProblem> {
    const { workspace, world } = this.request;
    const catalog = await solverCatalog(workspace, world.files, world.now);
    const sums = { solved: 0, demoMatches: 0, dScores: 0, population: 0 };
    for (const result of this.results()) {
      const ranked = demoRanking(result);
      const [best] = ranked;
      if (best === undefined) continue;
      if (isSolved(result)) sums.solved++;
      sums.demoMatches += best.demo;
      sums.dScores += best.dScores.reduce((sum, score) => sum + score, 0);
      const kept = new Set(this.fittest(ranked).map(({ body }) => body));
      sums.population += kept.size;
      const candidates = await catalog.candidates(result.task);
      const bred = candidates.filter(({ file, body }) => this.isBred(file) && kept.delete(body));
      if (bred.length === 0) continue;
      for (const language of languages) {
        const kin = bred.filter(({ program }) => languageOfProgram(decodeProgram(program)) === language);
        if (kin.length === 0) continue;
        const text = this.textOf(result.task, kin, language);
        const problem = this.population.select(result.task, round, text, language.name);
        if (problem !== null) return problem;
      }
    }
    return sums;
  }

  private fittest(ranked: readonly ProgramResult[]): ProgramResult[] {
    const seen = new Map<number, number>();
    const fittest: ProgramResult[] = [];
    for (const program of ranked) {
      const alike = seen.get(program.behaviour) ?? 0;
      if (alike >= PER_BEHAVIOUR || program.statuses[STATUSES.indexOf('ok')] === 0) continue;
      seen.set(program.behaviour, alike + 1);
      fittest.push(program);
      if (fittest.length === this.request.keep) break;
    }
    return fittest;
  }

  /** Solvers that existed before stay in their files: the population contains only generated programs. */
  private isBred(file: string): boolean {
    return file.startsWith(`${this.request.into.name}/`);
  }

  /** The text of the candidates in one language. */
  private textOf(task: string, candidates: readonly Candidate[], language: Language): string {
    const files = new Set(candidates.map(({ file }) => file));
    // Read again in each round: a round's files are gone after the next one.
    const lineages = new Map([...files].map((file) => [file, this.lineagesIn(file)]));
    const parts = candidates.map(({ file, line, body, program }) => {
      const lineage = lineages.get(file)?.get(line);
      const source = inlineFunction(decodeProgram(program), functionName(task, body.slice(0, 8)));
      return lineage === undefined ? source : `${lineageComment(lineage)}\n${source}`;
    });
    const configured = this.request.workspace.settings.dialect.value;
    const dialect = dialectComment(language, configured);
    const head = `# The population of the task ${onOneLine(task)}, selected by "battbuild evolve".\n${dialect}`;
    return `${head}\n\n${parts.join('\n\n')}`;
  }

  private lineagesIn(file: string): ReturnType<typeof lineagesOf> {
    const { into, world } = this.request;
    const bytes = world.files.read(`${into.path}/${file.slice(into.name.length + 1)}`);
    return bytes instanceof Uint8Array ? lineagesOf(Buffer.from(bytes).toString('utf8')) : new Map();
  }
}

/** Whether a program of the task matches every demonstration. */
function isSolved({ runs, programs }: TaskResult): boolean {
  const demos = runs.reduce((sum, { kind, count }) => (kind === 'demo' ? sum + count : sum), 0);
  return programs.some(({ demo }) => demo === demos);
}
