/** From what a build recorded to all that a report says. */
import { basename } from 'node:path';
import type { LastBuild } from '../build/last-build.js';
import type { BodyHash } from '../lang/program/program.js';
import { type RunStats, statsOf } from '../observe/stats.js';
import { SolverLineages } from '../search/population/solver-lineages.js';
import { inPhaseOrder } from '../text/phase-order.js';
import type { Clock, FileSystem } from '../workspace/file-system.js';
import type { Workspace } from '../workspace/workspace.js';
import { lastChangesOf } from './changes.js';
import type {
  ChangesReport,
  NearMissReport,
  Overview,
  RunFigures,
  TaskHead,
  TaskReport,
  Totals,
} from './data.js';
import { inlinedTexts } from './inlined-texts.js';
import { type NearMiss, nearestMisses } from './near-miss.js';
import { shownDetail } from './shown-samples.js';
import { SolverSources } from './solver-sources.js';
import { Survey } from './survey.js';
import { taskDetail, taskHead } from './task-report.js';
import { TaskSamples } from './task-samples.js';

/** Runs that are charted. */
const MOST_RUNS = 200;

/** Tasks that are named because they are nearly solved. */
const MOST_NEAREST = 12;

/** Diagnostics that are said; the rest is counted. */
const MOST_DIAGNOSTICS = 500;

export interface ReportInputs {
  readonly recorded: LastBuild;
  readonly workspace: Workspace;
  readonly files: FileSystem;
  readonly now: Clock;
  /** Of battbuild. */
  readonly version: string;
  /** What to compare; absent: the last run that changed a result, with the one before. */
  readonly changes?: ChangesReport;
}

/** A report whose tasks are made one at a time. */
export interface OpenReport {
  readonly overview: Overview;
  /** In the order of ids. Needs the record to be open. */
  tasks(): Generator<TaskReport>;
}

/** The same for who asks for tasks now and then: what is shared by tasks is with each of them. */
export interface BriefReport {
  readonly overview: Overview;
  /** In the order of ids. */
  readonly heads: readonly TaskHead[];
  /** The task as it is in `recorded` now; null where it is not there. */
  task(id: string, recorded: LastBuild): TaskReport | null;
}

/** Reads results, grids and lineages; those of inputs that changed since the build are left out. */
export function openReport(inputs: ReportInputs): OpenReport {
  const { recorded, workspace, files } = inputs;
  const survey = new Survey(recorded.tasks());
  const sharedSolvers = survey.sharedSolvers();
  const { indices, texts } = sharedTextsOf(recorded, survey);
  return {
    overview: overviewOf(inputs, survey, texts),
    *tasks() {
      const samples = new TaskSamples(workspace, files);
      const lineages = new SolverLineages(workspace.root, recorded, files);
      const sources = new SolverSources(workspace.root, recorded, files);
      const context = { recorded, survey, samples, lineages, sources, sharedSolvers, sharedTexts: indices };
      for (const result of recorded.tasks()) {
        yield { ...taskHead(result, sharedSolvers), ...taskDetail(result, context) };
      }
    },
  };
}

/** Reads results only; grids, sources and lineages when a task is asked for. */
export function briefReport(inputs: ReportInputs): BriefReport {
  const { workspace, files } = inputs;
  const results = [...inputs.recorded.tasks()];
  const survey = new Survey(results);
  const sharedSolvers = survey.sharedSolvers();
  return {
    overview: overviewOf(inputs, survey, []),
    heads: results.map((result) => taskHead(result, sharedSolvers)),
    task(id, recorded) {
      const result = recorded.task(id);
      if (result === null) return null;
      const samples = new TaskSamples(workspace, files);
      const lineages = new SolverLineages(workspace.root, recorded, files);
      const sources = new SolverSources(workspace.root, recorded, files);
      const context = { recorded, survey, samples, lineages, sources, sharedSolvers, sharedTexts: new Map() };
      return { ...taskHead(result, sharedSolvers), ...shownDetail(taskDetail(result, context)) };
    },
  };
}

function overviewOf(
  { recorded, workspace, files, now, version, changes }: ReportInputs,
  survey: Survey,
  sharedTexts: readonly string[],
): Overview {
  const { diagnostics } = recorded;
  const nearest = nearestMisses(recorded, () => new TaskSamples(workspace, files), MOST_NEAREST);
  return {
    format: 1,
    battbuild: version,
    workspace: basename(workspace.root),
    run: recorded.run,
    totals: totalsOf(recorded),
    runs: statsOf(recorded.store, MOST_RUNS).runs.map(runFigures).reverse(),
    diagnostics: diagnostics.slice(0, MOST_DIAGNOSTICS),
    moreDiagnostics: Math.max(0, diagnostics.length - MOST_DIAGNOSTICS),
    changedInputs: recorded.changedInputs(files, now),
    changes: changes ?? lastChangesOf(recorded),
    nearest: nearest.map(nearMissReport),
    costliest: survey.costliest(),
    sharedSolvers: survey.sharedSolvers(),
    sharedTexts,
  };
}

function nearMissReport({ task, solver, rank, matched, known, wrongCells, cells }: NearMiss): NearMissReport {
  return { task, program: rank - 1, name: solver.name, matched, known, wrongCells, cells };
}

/** The texts of programs that several tasks have, and where each is in the list. */
function sharedTextsOf(recorded: LastBuild, survey: Survey) {
  const indices = new Map<BodyHash, number>();
  const texts: string[] = [];
  for (const [task, programs] of survey.sharedBodies()) {
    const textOf = inlinedTexts(recorded, task);
    for (const program of programs) {
      const text = textOf(program);
      if (text !== null) indices.set(program.body, texts.push(text) - 1);
    }
  }
  return { indices, texts };
}

function totalsOf({ summary }: LastBuild): Totals {
  const { tasks, solved, partly, unsolved, candidates, programs, behaviours, cells, cellsRun } = summary;
  const { outcomes, interrupted } = summary;
  const counts = { tasks, solved, partly, unsolved, candidates, programs, behaviours, cells, cellsRun };
  return { ...counts, outcomes, interrupted };
}

function runFigures({ run, started, wallMs, phases, all, cellsRun }: RunStats): RunFigures {
  const ordered = inPhaseOrder(phases).map(([phase, counts]) => {
    const { hits, misses, wallMs, cpuMs, savedMs } = counts;
    return { phase, hits, misses, wallMs, cpuMs, savedMs };
  });
  const { hitRate, savedMs } = all;
  return { run, started, wallMs, hitRate, savedMs, cellsRun, phases: ordered };
}
