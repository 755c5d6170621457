/** The report of one task, made from its recorded result. */
import type { LastBuild } from '../../build/last-build.js';
import {
  behaviourCount,
  type ProgramResult,
  type TaskResult,
  verdictOf,
} from '../../build/record/task-result.js';
import { isValid, worstCost } from '../../engine/outcome.js';
import { type OutputDigest, rowsOfOutput } from '../../engine/output.js';
import { BASE, dialectOf } from '../../lang/program/facts.js';
import type { BodyHash } from '../../lang/program/program.js';
import { decodeLines } from '../../lang/program/source-lines.js';
import { changesText } from '../../search/population/lineage.js';
import type { SolverLineages } from '../../search/population/solver-lineages.js';
import type {
  CellReport,
  PackedGrid,
  ProgramReport,
  ProgramState,
  SampleCounts,
  SolverReport,
  SourceLocation,
  TaskDetail,
  TaskHead,
} from '../data.js';
import { inReportOrder, type OrderedResult } from '../result-order.js';
import { type Survey, solverKey } from '../survey.js';
import { inlinedTexts } from './inlined-texts.js';
import { packGrid } from './packed-grid.js';
import { shownSamples } from './shown-samples.js';
import type { SolverSources } from './solver-sources.js';
import type { TaskSamples } from './task-samples.js';

/** What the reports of all tasks share. */
export interface TaskReportContext {
  readonly recorded: LastBuild;
  readonly survey: Survey;
  readonly samples: TaskSamples;
  readonly lineages: SolverLineages;
  readonly sources: SolverSources;
  readonly sharedSolvers: readonly SourceLocation[];
  /** Index into the shared texts, by program. */
  readonly sharedTexts: ReadonlyMap<BodyHash, number>;
}

export function taskHead(result: TaskResult, sharedSolvers: readonly SourceLocation[]): TaskHead {
  const { programs, solvers, samples } = inReportOrder(result);
  const states = programs.map((program) => stateOf(program, samples, result.largestSide)).join('');
  const programOf = new Map<string, number>();
  for (const { name, program } of solvers) if (!programOf.has(name)) programOf.set(name, program);
  const stateOfSolver = new Map(solvers.map((solver) => [solverKey(solver), states[solver.program]]));
  return {
    id: result.task,
    file: result.files[0],
    verdict: verdictOf(result),
    candidates: solvers.length,
    behaviours: behaviourCount(result),
    known: countSamples(samples, (k) => samples[k].expected !== null),
    best: { demo: programs[0]?.demo ?? 0, test: programs[0]?.test ?? 0 },
    states,
    sharedStates: sharedSolvers.map((solver) => stateOfSolver.get(solverKey(solver)) ?? ' ').join(''),
    solverNames: [...programOf.keys()],
    solverPrograms: [...programOf.values()],
  };
}

type Samples = OrderedResult['samples'];

function countSamples(samples: Samples, counts: (sample: number) => boolean): SampleCounts {
  const of = (kind: string) => samples.filter((sample, k) => sample.kind === kind && counts(k)).length;
  return { demo: of('demo'), test: of('test') };
}

function stateOf({ matches, outcomes }: ProgramResult, samples: Samples, largestSide: number): ProgramState {
  // A skipped sample did not match.
  const failed = samples.map(({ expected }, k) => expected !== null && matches[k] !== true);
  if (matches.includes(true)) {
    if (!failed.includes(true)) return 's';
    return countSamples(samples, (k) => failed[k]).demo === 0 ? 'd' : 'p';
  }
  return outcomes.some((outcome) => isValid(outcome, largestSide)) ? 'n' : 'x';
}

/**
 * `samples`: all, or those that a page shows of a task with thousands, first those that its best program gets wrong.
 */
export function taskDetail(
  result: TaskResult,
  context: TaskReportContext,
  samples: 'all' | 'shown',
): TaskDetail {
  const ordered = inReportOrder(result);
  const all = ordered.samples.map((_, k) => k);
  const shown =
    samples === 'all' ? all : shownSamples(all.map((k) => ordered.programs[0]?.matches[k] ?? null));
  const outputs = new OutputList(context.recorded.outputsOf(result.task));
  const textOf = inlinedTexts(context.recorded, result.task);
  const programs = ordered.programs.map((program, k): ProgramReport => {
    const { body, facts, behaviour, demo, test, dScores, outcomes } = program;
    const dialect = dialectOf(facts);
    const cost = worstCost(outcomes);
    const cells = cellsOf(ordered, k, shown, outputs);
    const text = context.sharedTexts.get(body) ?? textOf(program);
    const first = ordered.solvers.find((solver) => solver.program === k);
    const source = first === undefined ? null : context.sources.of(first);
    return {
      body,
      dialect: dialect === BASE ? null : dialect,
      behaviour,
      demo,
      test,
      cost,
      dScores,
      source,
      text,
      cells,
    };
  });
  return {
    samples: context.samples.of(ordered, shown),
    moreSamples: ordered.samples.length - shown.length,
    differs: ordered.differs.map(({ name, file, line, sScore, failures }) => {
      return { name, file, line, sScore, failures };
    }),
    programs,
    solvers: ordered.solvers.map(({ name, file, line, program }) => {
      return { name, file, line, program, lineage: lineageOf({ name, file, line }, context) };
    }),
    outputs: outputs.grids,
  };
}

function lineageOf(solver: SourceLocation, { lineages, survey }: TaskReportContext): SolverReport['lineage'] {
  const lineage = lineages.of(solver);
  if (lineage === null) return null;
  const { parent, changes, seed, round } = lineage;
  return { parent, parentAt: survey.originOf(parent), mutation: changesText(changes), seed, round };
}

function cellsOf(
  { programs, solvers }: OrderedResult,
  program: number,
  shown: readonly number[],
  outputs: OutputList,
): CellReport[] {
  const { outcomes, matches } = programs[program];
  const solver = solvers.find((one) => one.program === program);
  let lines: readonly number[] | null = null;
  return shown.map((k) => {
    const { status, cost, output, error, node } = outcomes[k];
    if (node >= 0 && solver !== undefined) lines ??= decodeLines(solver.lines, solver.line);
    const line = node < 0 ? null : (lines?.[node] ?? null);
    return {
      status,
      cost,
      match: matches[k] ?? null,
      output: output === '' ? null : outputs.indexOf(output),
      error: error === '' ? null : error,
      line,
    };
  });
}

/** The outputs that the cells of a task refer to. */
class OutputList {
  readonly grids: (PackedGrid | null)[] = [];
  private readonly indices = new Map<OutputDigest, number>();

  constructor(private readonly outputs: ReadonlyMap<OutputDigest, Uint8Array>) {}

  indexOf(digest: OutputDigest): number {
    const known = this.indices.get(digest);
    if (known !== undefined) return known;
    const bytes = this.outputs.get(digest);
    const rows = bytes === undefined ? null : rowsOfOutput(bytes);
    this.indices.set(digest, this.grids.length);
    return this.grids.push(rows === null ? null : packGrid(rows)) - 1;
  }
}
