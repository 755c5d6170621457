/** Makes a report from the record of a build. */
import { basename } from 'node:path';
import type { LastBuild } from '../build/last-build.js';
import type { BodyHash } from '../lang/program/program.js';
import { type RunStats, statsOf } from '../observe/stats.js';
import { SolverLineages } from '../search/population/solver-lineages.js';
import { inPhaseOrder } from '../text/phase-order.js';
import { sharedCacheText } from '../text/shared-cache-text.js';
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
import { Survey } from './survey.js';
import { inlinedTexts } from './task/inlined-texts.js';
import { type NearMiss, nearestMisses } from './task/near-miss.js';
import { SolverSources } from './task/solver-sources.js';
import { taskDetail, taskHead } from './task/task-report.js';
import { TaskSamples } from './task/task-samples.js';

/** At most this many runs are in the charts. */
const MOST_RUNS = 200;

/** At most this many nearly solved tasks are named. */
const MOST_NEAREST = 12;

/** At most this many diagnostics are listed; the others are only counted. */
const MOST_DIAGNOSTICS = 500;

export interface ReportInputs {
  readonly recorded: LastBuild;
  readonly workspace: Workspace;
  readonly files: FileSystem;
  readonly now: Clock;
  /** Version of battbuild. */
  readonly version: string;
  /** What to compare. If absent, the last run that changed a result is compared with the run before it. */
  readonly changes?: ChangesReport;
}

/** A report whose tasks are made one at a time. */
export interface OpenReport {
  readonly overview: Overview;
  /** Sorted by id, with all samples or those that a page shows. The record must still be open. */
  tasks(samples: 'all' | 'shown'): Generator<TaskReport>;
}

/** The same for a reader that asks for single tasks: each task contains what tasks share. */
export interface BriefReport {
  readonly overview: Overview;
  /** Sorted by id. */
  readonly heads: readonly TaskHead[];
  /** The task as it is in `recorded` now; null if it is not there. */
  task(id: string, recorded: LastBuild): TaskReport | null;
}

/** Reads results, grids and lineages; leaves out those of inputs that have changed since the build. */
export function openReport(inputs: ReportInputs): OpenReport {
  const { recorded, workspace, files } = inputs;
  const survey = new Survey(recorded.tasks());
  const sharedSolvers = survey.sharedSolvers();
  const { indices, texts } = sharedTextsOf(recorded, survey);
  return {
    overview: overviewOf(inputs, survey, texts),
    *tasks(which) {
      const samples = new TaskSamples(workspace, files);
      const lineages = new SolverLineages(workspace.root, recorded, files);
      const sources = new SolverSources(workspace.root, recorded, files);
      const context = { recorded, survey, samples, lineages, sources, sharedSolvers, sharedTexts: indices };
      for (const result of recorded.tasks()) {
        yield { ...taskHead(result, sharedSolvers), ...taskDetail(result, context, which) };
      }
    },
  };
}

/** Reads results only; grids, sources and lineages are read when a task is asked for. */
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
      return { ...taskHead(result, sharedSolvers), ...taskDetail(result, context, 'shown') };
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

/** The texts of programs that several tasks have, and the index of each in the list. */
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

function runFigures({ run, started, wallMs, phases, all, cellsRun, remote }: RunStats): RunFigures {
  const ordered = inPhaseOrder(phases).map(([phase, counts]) => {
    const { hits, misses, wallMs, cpuMs, savedMs } = counts;
    return { phase, hits, misses, wallMs, cpuMs, savedMs };
  });
  const { hits, hitRate, savedMs } = all;
  const shared = remote === null ? null : sharedCacheText(remote, hits);
  return { run, started, wallMs, hitRate, savedMs, cellsRun, phases: ordered, shared };
}
