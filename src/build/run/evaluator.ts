/** Decides where cells are evaluated: a few on the main thread, all others on worker threads that can be killed. */
import { CellTimes } from '../../distribution/cell-times.js';
import {
  type BatchAnswer,
  type EvaluationBatch,
  encodeTaskGrids,
  evaluateBatch,
  readOutcomes,
  readOutputs,
  shareOut,
} from '../../engine/batch.js';
import { type DifferBatch, type DifferScores, evaluateDiffers, FAILED } from '../../engine/differs.js';
import type { Budget } from '../../engine/node.js';
import { type Outcome, SKIPPED } from '../../engine/outcome.js';
import type { Lost, Reply } from '../../engine/reply.js';
import type { EventListener } from '../../observe/event.js';
import type { StepOutputs } from '../../phases/phase.js';
import type { Differed } from '../../phases/subject/d-score.js';
import { failedPrograms, requiredOutputs } from '../../phases/subject/needed-cells.js';
import type { Cell, TaskSubject } from '../../phases/subject/task-subject.js';
import { isPython } from '../../python/python-program.js';
import { stopwatch } from '../../stopwatch.js';
import {
  type EvaluationRequest,
  packDifferRequest,
  packRequest,
  type StepNames,
  type WorkerAnswer,
  type WorkerRequest,
} from '../../workers/protocol.js';
import { packPythonRequest } from '../../workers/python-requests.js';
import type { Workers } from '../../workers/workers.js';
import { DEFAULT_COST, DEFAULT_EVENTS } from '../../workspace/config/config-keys.js';
import { mainThreadSpan, reportSpans, type SpanListener } from './worker-spans.js';

export interface EvaluatorOptions {
  readonly budget: Budget;
  readonly emit: EventListener;
  readonly workers: Workers;
  /** Called for every request that was answered. */
  readonly worked?: SpanListener;
  /** The names of cells in a store, for workers on other machines that use a shared cache; absent if none does. */
  readonly namesOf?: (subject: TaskSubject, cells: readonly Cell[]) => StepNames;
  /** Estimates how long cells take. */
  readonly times?: CellTimes;
  /** Maximum total number of cells on the main thread. Starting a worker costs more than a few cells. */
  readonly mainThreadCells?: number;
}

const MAIN_THREAD_CELLS = 32;

/** Target duration in milliseconds of a request that may go to another machine. */
const LONGEST_REQUEST_MS = 1000;

/** A batch without an answer, and the time spent on it. */
interface Evaluated {
  readonly outcomes: Outcome[];
  readonly outputs: Map<string, Uint8Array>;
  readonly busyMs: number;
  readonly cpuMs: number;
}

/** Evaluates the cells of one language. */
interface Way {
  readonly ask: (batch: readonly Cell[]) => Promise<Reply<WorkerAnswer>>;
  /** The time of cells so far. */
  readonly times: CellTimes;
}

export class Evaluator {
  private allowance: number;
  private aborted = false;
  private readonly times: CellTimes;
  private readonly worked: SpanListener;
  /** Times of cells in Python are estimated separately. */
  private readonly pythonTimes = new CellTimes(() => null);
  /** Cells evaluated so far. */
  cellsRun = 0;

  constructor(private readonly options: EvaluatorOptions) {
    // Evaluation on the main thread cannot be stopped: only programs that end soon run there.
    const soon = options.budget.cost <= DEFAULT_COST;
    this.allowance = soon ? (options.mainThreadCells ?? MAIN_THREAD_CELLS) : 0;
    this.times = options.times ?? new CellTimes(() => null);
    this.worked = options.worked ?? (() => {});
  }

  /** Evaluates cells of one task; never fails because of a program. */
  async evaluate(subject: TaskSubject, cells: readonly Cell[]): Promise<StepOutputs<Outcome>> {
    if (!cells.some(({ program }) => isPython(program.program))) return this.evaluateNative(subject, cells);
    // Programs in Python run in interpreters, all others in workers.
    const kinds = [true, false].map((python) =>
      cells.filter((cell) => isPython(cell.program.program) === python),
    );
    const [python, native] = await Promise.all([
      this.evaluatePython(subject, kinds[0]),
      kinds[1].length === 0 ? NOTHING_RAN : this.evaluateNative(subject, kinds[1]),
    ]);
    const places = new Map<Cell, number>();
    for (const kind of kinds) kind.forEach((cell, k) => void places.set(cell, k));
    const of = <Item>(cell: Cell, ofPython: readonly Item[], ofNative: readonly Item[]) =>
      (isPython(cell.program.program) ? ofPython : ofNative)[places.get(cell) as number];
    return {
      outputs: cells.map((cell) => of(cell, python.outputs, native.outputs)),
      micros: cells.map((cell) => of(cell, python.micros, native.micros)),
      blobs: new Map([...python.blobs, ...native.blobs]),
      cpuMs: python.cpuMs + native.cpuMs,
    };
  }

  private async evaluatePython(subject: TaskSubject, cells: readonly Cell[]): Promise<StepOutputs<Outcome>> {
    const { workers } = this.options;
    const ask = async (cells: readonly Cell[]): Promise<Reply<WorkerAnswer>> => {
      if (this.aborted) return NOT_SENT;
      const { programs, cellPrograms, cellSamples, required } = this.batchOf(subject, cells);
      const events = this.options.budget.events ?? DEFAULT_EVENTS;
      const batch = { programs, cellPrograms, cellSamples, required, events };
      if (!workers.isShared) return workers.interpreters.run(gridsOf(subject), batch);
      const request = this.named(subject, cells, packPythonRequest(batch));
      const expectedMs = this.pythonTimes.expect(subject.task.id, cells.length);
      return workers.runPython(request, { context: contextOf(subject), expectedMs });
    };
    const times = this.pythonTimes;
    return this.settled(subject, await this.evaluateInParts(subject, cells, { ask, times }));
  }

  private async evaluateNative(subject: TaskSubject, cells: readonly Cell[]): Promise<StepOutputs<Outcome>> {
    const here = !this.options.workers.started && cells.length <= this.allowance;
    if (here) this.allowance -= cells.length;
    if (here) return this.settled(subject, this.evaluateHere(subject, cells));
    const ask = (batch: readonly Cell[]) => this.ask(subject, batch);
    return this.settled(subject, await this.evaluateInParts(subject, cells, { ask, times: this.times }));
  }

  private settled(subject: TaskSubject, evaluated: Evaluated): StepOutputs<Outcome> {
    const { outcomes, outputs, busyMs, cpuMs } = evaluated;
    this.cellsRun += evaluationOf(subject, outcomes).units;
    return { outputs: outcomes, micros: shareOut(busyMs * 1000, outcomes), blobs: outputs, cpuMs };
  }

  /** Ends the workers at once; running and later evaluations settle as interrupted. */
  abort(): void {
    this.aborted = true;
    this.options.workers.kill();
  }

  private evaluateHere(subject: TaskSubject, cells: readonly Cell[]): Evaluated {
    const startedAt = stopwatch.now();
    const answer = evaluateBatch(gridsOf(subject), this.batchOf(subject, cells), () => {});
    const busyMs = stopwatch.now() - startedAt;
    const outcomes = readOutcomes(answer);
    this.worked(mainThreadSpan(evaluationOf(subject, outcomes), startedAt, busyMs));
    return { outcomes, outputs: readOutputs(answer), busyMs, cpuMs: busyMs };
  }

  /** With workers on other machines, a long evaluation is divided into several requests, so that no job is late. */
  private async evaluateInParts(subject: TaskSubject, cells: readonly Cell[], way: Way): Promise<Evaluated> {
    const expectedMs = way.times.expect(subject.task.id, cells.length);
    const parts = this.options.workers.isShared ? partsOf(cells, expectedMs) : [cells];
    if (parts.length < 2) return this.evaluateElsewhere(subject, cells, way);
    const evaluated = await Promise.all(parts.map((part) => this.evaluateElsewhere(subject, part, way)));
    const outcomes = new Map<Cell, Outcome>();
    const outputs = new Map<string, Uint8Array>();
    parts.forEach((part, k) => {
      part.forEach((cell, at) => void outcomes.set(cell, evaluated[k].outcomes[at]));
      for (const [digest, bytes] of evaluated[k].outputs) outputs.set(digest, bytes);
    });
    return {
      outcomes: cells.map((cell) => outcomes.get(cell) ?? ABORTED),
      outputs,
      busyMs: evaluated.reduce((sum, { busyMs }) => sum + busyMs, 0),
      cpuMs: evaluated.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    };
  }

  /**
   * Evaluates on a worker or an interpreter. If it is lost, the cell that it ran is repeated alone; if it is lost again, the
   * cell gets that outcome. The other cells run again without that cell, and without the cells that it made
   * superfluous.
   */
  private async evaluateElsewhere(
    subject: TaskSubject,
    cells: readonly Cell[],
    { ask, times }: Way,
  ): Promise<Evaluated> {
    const outcomes = new Map<Cell, Outcome>();
    const outputs = new Map<string, Uint8Array>();
    let busyMs = 0;
    let cpuMs = 0;
    const waiting: (readonly Cell[])[] = [cells];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const batch = this.stillNeeded(subject, next, cells, outcomes);
      if (batch.length === 0) continue;
      const reply = await ask(batch);
      if (reply.kind === 'answer') {
        const answer = reply.answer as BatchAnswer;
        const answered = readOutcomes(answer);
        reportSpans(evaluationOf(subject, answered), reply, this.worked);
        answered.forEach((outcome, k) => void outcomes.set(batch[k], outcome));
        for (const [digest, bytes] of readOutputs(answer)) outputs.set(digest, bytes);
        times.took(subject.task.id, batch.length, reply.busyMs);
        busyMs += reply.busyMs;
        cpuMs += reply.cpuMs ?? reply.busyMs;
        continue;
      }
      if (reply.reason === 'aborted' || this.aborted) break;
      this.options.emit({
        type: 'worker-lost',
        subject: subject.task.id,
        reason: reply.reason,
        detail: reply.detail,
      });
      const guilty = batch[Math.max(0, reply.at)];
      if (batch.length === 1) outcomes.set(guilty, lostOutcome(reply, reply.reason));
      else {
        waiting.push(
          batch.filter((cell) => cell !== guilty),
          [guilty],
        );
      }
    }
    const ordered = cells.map((cell) => outcomes.get(cell) ?? ABORTED);
    return { outcomes: ordered, outputs, busyMs, cpuMs };
  }

  /** The cells of `batch` whose programs may continue; the others are skipped. */
  private stillNeeded(
    subject: TaskSubject,
    batch: readonly Cell[],
    cells: readonly Cell[],
    outcomes: Map<Cell, Outcome>,
  ): readonly Cell[] {
    if (outcomes.size === 0 || !subject.stopRule?.earlyStop) return batch;
    const known = cells.map((cell) => outcomes.get(cell));
    const failed = failedPrograms(subject, cells, known);
    return batch.filter((cell) => {
      if (!failed.has(cell.program)) return true;
      outcomes.set(cell, SKIPPED);
      return false;
    });
  }

  private async ask(subject: TaskSubject, cells: readonly Cell[]) {
    const request = this.named(subject, cells, packRequest(this.batchOf(subject, cells)));
    return this.send(subject, request, cells.length);
  }

  private named(subject: TaskSubject, cells: readonly Cell[], request: EvaluationRequest) {
    const { namesOf } = this.options;
    return namesOf === undefined ? request : { ...request, steps: namesOf(subject, cells) };
  }

  private async send(
    subject: TaskSubject,
    request: WorkerRequest,
    units: number,
  ): Promise<Reply<WorkerAnswer>> {
    if (this.aborted) return NOT_SENT;
    const expectedMs = this.times.expect(subject.task.id, units);
    // No buffer is handed over, so that the request can be sent ahead, and again if its worker is lost before it began.
    return this.options.workers.run(request, { context: contextOf(subject), expectedMs });
  }

  /**
   * Evaluates differs on pairs of grids of one task. A pair during which a worker was lost gets no scores and is
   * listed in `lost`: results that depend on it must not be stored.
   */
  async differ(
    subject: TaskSubject,
    differs: readonly Uint8Array[],
    pairs: DifferBatch['pairs'],
  ): Promise<Differed> {
    const { budget } = this.options;
    const cells = pairs.length * differs.length;
    if (!this.options.workers.started && cells <= this.allowance) {
      this.allowance -= cells;
      const startedAt = stopwatch.now();
      const { scores, costs } = evaluateDiffers(gridsOf(subject), { differs, pairs, budget }, () => {});
      const cpuMs = stopwatch.now() - startedAt;
      this.worked(mainThreadSpan(comparisonsOf(subject, cells), startedAt, cpuMs));
      return { scores, costs, lost: new Set(), cpuMs };
    }
    const scores = new Int32Array(cells).fill(FAILED);
    const costs = new Float64Array(cells);
    const lost = new Set<number>();
    let cpuMs = 0;
    let left = pairs.map((_, pair) => pair);
    while (left.length > 0) {
      const batch = { differs, pairs: left.map((pair) => pairs[pair]), budget };
      const reply = await this.send(subject, packDifferRequest(batch), left.length * differs.length);
      if (reply.kind === 'answer') {
        reportSpans(comparisonsOf(subject, left.length * differs.length), reply, this.worked);
        const answer = reply.answer as DifferScores;
        left.forEach((pair, k) => {
          scores.set(
            answer.scores.subarray(k * differs.length, (k + 1) * differs.length),
            pair * differs.length,
          );
          costs.set(
            answer.costs.subarray(k * differs.length, (k + 1) * differs.length),
            pair * differs.length,
          );
        });
        cpuMs += reply.cpuMs ?? reply.busyMs;
        break;
      }
      if (reply.reason === 'aborted' || this.aborted) break;
      this.options.emit({
        type: 'worker-lost',
        subject: subject.task.id,
        reason: reply.reason,
        detail: reply.detail,
      });
      const guilty = left[Math.floor(Math.max(0, reply.at) / differs.length)];
      lost.add(guilty);
      left = left.filter((pair) => pair !== guilty);
    }
    return { scores, costs, lost, cpuMs };
  }

  private batchOf(subject: TaskSubject, cells: readonly Cell[]): EvaluationBatch {
    // In the ascending order of the subject's programs, like the cells of a sample.
    const ordered = [...new Set(cells.map((cell) => cell.program))].sort(
      (a, b) => a.candidates[0] - b.candidates[0],
    );
    const numbers = new Map(ordered.map((program, number) => [program, number]));
    const cellPrograms = Int32Array.from(cells, ({ program }) => numbers.get(program) as number);
    const cellSamples = Int32Array.from(cells, ({ sample }) => sample);
    const programs = ordered.map((program) => program.program);
    const { budget } = this.options;
    return { programs, cellPrograms, cellSamples, budget, required: requiredOutputs(subject) };
  }
}

const NOTHING_RAN: StepOutputs<Outcome> = { outputs: [], micros: [], blobs: new Map(), cpuMs: 0 };

const NOT_SENT: Lost = { kind: 'lost', reason: 'aborted', detail: 'the evaluation was interrupted', at: -1 };

/** The outcomes of an interrupted run, which stores and reports nothing of the batch. */
const ABORTED: Outcome = {
  status: 'crashed',
  cost: 0,
  side: 0,
  output: '',
  error: 'interrupted',
  node: -1,
};

function lostOutcome(lost: Lost, reason: 'timeout' | 'crashed'): Outcome {
  return { status: reason, cost: 0, side: 0, output: '', error: lost.detail, node: -1 };
}

/** Skipped cells do not count as work. */
function evaluationOf({ task }: TaskSubject, outcomes: readonly Outcome[]) {
  const units = outcomes.filter(({ status }) => status !== 'skipped').length;
  return { subject: task.id, what: 'cells' as const, units };
}

function comparisonsOf({ task }: TaskSubject, units: number) {
  return { subject: task.id, what: 'comparisons' as const, units };
}

function gridsOf(subject: TaskSubject) {
  return {
    inputs: subject.samples.map(({ sample }) => sample.input),
    demonstrations: subject.task.train.flatMap(({ input, output }) =>
      output === null ? [] : [{ input, output }],
    ),
  };
}

const encoded = new WeakMap<TaskSubject, Uint8Array>();

function encodedGrids(subject: TaskSubject): Uint8Array {
  let bytes = encoded.get(subject);
  if (bytes === undefined) {
    bytes = encodeTaskGrids(gridsOf(subject));
    encoded.set(subject, bytes);
  }
  return bytes;
}

function contextOf(subject: TaskSubject) {
  return { key: `${subject.task.id} ${subject.digests.samples}`, data: encodedGrids(subject) };
}

/** Divides cells into requests of about the target duration; the cells of one program stay together. */
function partsOf(cells: readonly Cell[], expectedMs: number): readonly (readonly Cell[])[] {
  const count = Math.ceil(expectedMs / LONGEST_REQUEST_MS);
  const programs = [...new Set(cells.map(({ program }) => program))];
  const size = Math.ceil(programs.length / Math.max(1, count));
  const partOf = new Map(programs.map((program, k) => [program, Math.floor(k / size)]));
  const parts: Cell[][] = [];
  for (const cell of cells) {
    const part = partOf.get(cell.program) as number;
    parts[part] ??= [];
    parts[part].push(cell);
  }
  return parts;
}
