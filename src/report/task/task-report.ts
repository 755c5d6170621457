/** The report of one task, made from its recorded result. */
import type { LastBuild } from '../../build/last-build.js';
import { SolverErrors } from '../../build/record/solver-errors.js';
import {
  behaviourCount,
  knownCount,
  oScoreOf,
  type ProgramResult,
  type TaskResult,
  verdictOf,
} from '../../build/record/task-result.js';
import { isValid, type Outcome, STATUSES } from '../../engine/outcome.js';
import { type OutputDigest, rowsOfOutput } from '../../engine/output.js';
import { BASE, dialectOf } from '../../lang/program/facts.js';
import type { BodyHash } from '../../lang/program/program.js';
import { changesText } from '../../search/population/lineage.js';
import type { SolverLineages } from '../../search/population/solver-lineages.js';
import type {
  CellReport,
  PackedGrid,
  ProgramReport,
  ProgramState,
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
  const { programs, solvers } = inReportOrder(result);
  const states = programs.map((program) => stateOf(program, result)).join('');
  const programOf = new Map<string, number>();
  for (const { name, program } of solvers) if (!programOf.has(name)) programOf.set(name, program);
  const stateOfSolver = new Map(solvers.map((solver) => [solverKey(solver), states[solver.program]]));
  return {
    id: result.task,
    file: result.files[0],
    verdict: verdictOf(result),
    candidates: solvers.length,
    behaviours: behaviourCount(result),
    known: { demo: knownCount(result, 'demo'), test: knownCount(result, 'test') },
    best: { demo: programs[0]?.demo ?? 0, test: programs[0]?.test ?? 0 },
    states,
    sharedStates: sharedSolvers.map((solver) => stateOfSolver.get(solverKey(solver)) ?? ' ').join(''),
    solverNames: [...programOf.keys()],
    solverPrograms: [...programOf.values()],
  };
}

function stateOf(program: ProgramResult, result: TaskResult): ProgramState {
  const matched = oScoreOf(program);
  if (matched > 0) {
    // A skipped sample did not match.
    if (matched === knownCount(result)) return 's';
    return program.demo === knownCount(result, 'demo') ? 'd' : 'p';
  }
  if (program.statuses[STATUSES.indexOf('ok')] > 0) {
    for (const outcome of program.outcomes) if (isValid(outcome, result.largestSide)) return 'n';
  }
  return 'x';
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
  const all = Array.from({ length: ordered.samples.length }, (_, k) => k);
  const shown =
    samples === 'all' ? all : shownSamples(all.map((k) => ordered.programs[0]?.matches.at(k) ?? null));
  const wanted = new Set(
    ordered.programs.flatMap(({ outcomes }) => shown.map((k) => outcomes.at(k)?.output ?? '')),
  );
  const outputs = new OutputList(context.recorded.outputsOf(result.task, wanted));
  const textOf = inlinedTexts(context.recorded, result.task);
  const programs = ordered.programs.map((program, k): ProgramReport => {
    const { body, facts, behaviour, demo, test, dScores, cost } = program;
    const dialect = dialectOf(facts);
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
  const errors = solver === undefined ? null : new SolverErrors(solver, programs[program]);
  return shown.map((k) => {
    const outcome = outcomes.at(k) as Outcome;
    const { status, cost, output, error } = outcome;
    const { message, line } = errors?.of(outcome) ?? { message: error, line: null };
    return {
      status,
      cost,
      match: matches.at(k) ?? null,
      output: output === '' ? null : outputs.indexOf(output),
      error: message === '' ? null : message,
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
