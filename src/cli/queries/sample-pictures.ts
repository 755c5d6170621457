/** The data that `show` draws: a task's samples, with a program's output on each. */

import { TaskSource } from '../../build/inputs/task-source.js';
import type { LastBuild } from '../../build/last-build.js';
import { SolverErrors } from '../../build/record/solver-errors.js';
import type { Grid } from '../../dsl/value/value.js';
import type { Status } from '../../engine/outcome.js';
import { rowsOfOutput } from '../../engine/output.js';
import { dialectOf } from '../../lang/program/facts.js';
import { inlinedTexts } from '../../report/task/inlined-texts.js';
import { shownSamples } from '../../report/task/shown-samples.js';
import type { SolverSources } from '../../report/task/solver-sources.js';
import { type SampleKind, samplesOf } from '../../task/task.js';
import { digestGrid } from '../../task/task-digest.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import { unknownSolver } from '../options/unknown-names.js';
import { UsageProblem } from '../process/exit.js';
import { LineageNotes, type LineageOf } from './lineage.js';
import { behaviourRows, candidateRows } from './result-rows.js';

export type Rows = readonly (readonly number[])[];

export interface SamplePicture {
  readonly kind: SampleKind;
  /** From 0 within its kind. */
  readonly index: number;
  readonly input: Rows;
  /** Null if it is hidden. */
  readonly expected: Rows | null;
  /** Null if there is no solver, or if its output cannot be drawn: then `outcome` says why. */
  readonly produced: Rows | null;
  readonly outcome: string | null;
  readonly match: boolean | null;
}

export interface TaskPicture {
  readonly task: string;
  /** The program that is shown; null if the task has none. */
  readonly solver: {
    readonly name: string;
    readonly file: string;
    readonly line: number;
    readonly rank: number;
    readonly programs: number;
    /** The dialect that it is written in. */
    readonly dialect: string;
    /** What it descends from, in words; null if it was not generated. */
    readonly lineage: string | null;
    /**
     * The source as its author wrote it. If the file has changed since, the published text; null if that is gone too.
     */
    readonly source: string | null;
    /** Number of its behaviour class, and how many classes the task has. */
    readonly behaviour: number;
    readonly behaviours: number;
    /** Names of the other solvers of the class: best program first, with duplicates. */
    readonly alike: readonly string[];
  } | null;
  readonly samples: readonly SamplePicture[];
  /** Number of samples that are not in `samples`. */
  readonly more: number;
}

/** What a picture is made from. */
export interface PictureSource {
  readonly workspace: Workspace;
  readonly recorded: LastBuild;
  readonly lineageOf: LineageOf;
  readonly sources: SolverSources;
}

/**
 * The picture of a task with the named solver, or with the best one. Throws UsageProblem if there is no such task or
 * solver.
 */
export function pictureOf(
  { workspace, recorded, lineageOf, sources }: PictureSource,
  id: string,
  solver: string | null,
): TaskPicture {
  const result = recorded.task(id);
  const task = result === null ? null : new TaskSource(workspace, nodeFileSystem).task(result);
  const all = task === null ? [] : samplesOf(task);
  if (result === null || task === null || all.length !== result.samples.length) throw changed(id);
  const rows = candidateRows(result);
  const chosen =
    solver === null
      ? rows.find(({ program }) => program.rank === 1)
      : rows.find(({ candidate }) => candidate.name === solver);
  if (chosen === undefined && solver !== null) {
    const names = rows.map(({ candidate }) => candidate.name);
    throw unknownSolver(id, solver, names);
  }
  const shown = shownSamples(all.map((_, k) => chosen?.program.matches.at(k) ?? null));
  const outcomes = new Map(shown.map((k) => [k, chosen?.program.outcomes.at(k)]));
  const outputs = recorded.outputsOf(
    id,
    [...outcomes.values()].map((outcome) => outcome?.output ?? ''),
  );
  const more = all.length - shown.length;
  const errors = chosen === undefined ? null : new SolverErrors(chosen.candidate, chosen.program);
  const samples = shown.map((k): SamplePicture => {
    const { kind, index, sample } = all[k];
    const recordedOne = result.samples.at(k);
    if (kind !== recordedOne?.kind || digestGrid(sample.input) !== recordedOne.input) throw changed(id);
    const drawn = {
      kind,
      index,
      input: rowsOf(sample.input),
      expected: sample.output && rowsOf(sample.output),
    };
    const outcome = outcomes.get(k);
    if (chosen === undefined || errors === null || outcome === undefined)
      return { ...drawn, produced: null, outcome: null, match: null };
    const bytes = outcome.output === '' ? undefined : outputs.get(outcome.output);
    const produced = bytes === undefined ? null : rowsOfOutput(bytes);
    const match = chosen.program.matches.at(k) ?? null;
    return {
      ...drawn,
      produced,
      outcome: whyNot(outcome.status, errors.of(outcome).message, produced),
      match,
    };
  });
  if (chosen === undefined) return { task: id, solver: null, samples, more };
  const { name, file, line } = chosen.candidate;
  const { rank, behaviour } = chosen.program;
  const dialect = dialectOf(chosen.program.facts);
  const place = { name, file, line, rank, programs: result.programs.length, dialect };
  const lineage = new LineageNotes(result, lineageOf).of(chosen.candidate);
  const source = sources.of(chosen.candidate) ?? inlinedTexts(recorded, id)(chosen.program);
  const classes = behaviourRows(result);
  const members = classes.find((one) => one.behaviour === behaviour)?.members ?? [];
  const others = members.filter(({ candidate }) => candidate !== chosen.candidate);
  const alike = others.map(({ candidate }) => candidate.name);
  return {
    task: id,
    solver: { ...place, lineage, source, behaviour, behaviours: classes.length, alike },
    samples,
    more,
  };
}

function changed(id: string): UsageProblem {
  return new UsageProblem(`task ${id} has changed since the last build`, 'run "battbuild build" again');
}

function whyNot(status: Status, error: string | null, produced: Rows | null): string | null {
  if (produced !== null) return null;
  if (status === 'ok') return 'a grid too large to keep';
  return error === null || error === '' ? status : `${status}: ${error}`;
}

function rowsOf({ height, width, cells }: Grid): number[][] {
  return Array.from({ length: height }, (_, i) => Array.from(cells.subarray(i * width, (i + 1) * width)));
}
