/**
 * The invariants of every program, however hostile. It ends in an outcome or a diagnostic, alone and in a batch, and
 * prints as a text that loads to the same program. A violation is thrown together with the program.
 */
import type { Grid } from '../../../src/dsl/value/value.js';
import {
  decodeTaskGrids,
  demonstrationsOf,
  encodeTaskGrids,
  evaluateBatch,
  readOutcomes,
  type TaskGrids,
} from '../../../src/engine/batch.js';
import type { Budget } from '../../../src/engine/node.js';
import type { Outcome } from '../../../src/engine/outcome.js';
import { evaluatePlainly } from '../../../src/engine/plain.js';
import { inlineSource } from '../../../src/lang/inline.js';
import { type LoadedFile, loadSource } from '../../../src/lang/load.js';
import { bodyHashOf, decodeProgram } from '../../../src/lang/program/program.js';
import { decodeLines } from '../../../src/lang/program/source-lines.js';
import { parseTaskFile } from '../../../src/task/parse.js';
import { isTaskId, LARGEST_SIDE, type Sample, type Task } from '../../../src/task/task.js';
import { printable } from '../../../src/text/printable.js';
import { ArrayWatch } from './allocations.js';

/** Programs and tasks by outcome; a text with both diagnostics and functions counts as both. */
export type Endings = Map<string, number>;

const FINAL = new Set(['ok', 'not-a-grid', 'error', 'over-budget']);

/** Maximum bytes for an element of an output, where integers are written as digits. */
const BYTES_AN_ELEMENT = 64;

/** Tables with a fixed size. */
const SMALL_ARRAY = 4096;

/** Maximum length of a message: it states the problem in a line or two. */
const LONGEST_MESSAGE = 400;

export class Judge {
  readonly endings: Endings = new Map();
  /** Maximum milliseconds of a batch beyond what its budget explains. */
  slowestMs = 0;
  private arrays: ArrayWatch | null = null;

  /** Also checks the memory of programs while `body` runs, which takes twice the time. */
  watchingArrays(body: () => void): void {
    this.arrays = new ArrayWatch();
    try {
      body();
    } finally {
      this.arrays.stop();
      this.arrays = null;
    }
  }

  /** Evaluates the programs together and separately, on every input; each must also print and load back. */
  programs(programs: readonly Uint8Array[], grids: TaskGrids, budget: Budget): void {
    const copy = encodeTaskGrids(grids);
    const samples = grids.inputs.length;
    const cells = Array.from({ length: samples * programs.length }, (_, k) => k);
    const startedAt = performance.now();
    const answer = evaluateBatch(
      decodeTaskGrids(copy),
      {
        programs,
        cellPrograms: Int32Array.from(cells, (k) => k % programs.length),
        cellSamples: Int32Array.from(cells, (k) => Math.floor(k / programs.length)),
        budget,
      },
      () => {},
    );
    this.slowestMs = Math.max(this.slowestMs, performance.now() - startedAt);
    readOutcomes(answer).forEach((merged, k) => {
      const bytes = programs[k % programs.length];
      const sample = Math.floor(k / programs.length);
      // Fresh grids for each evaluation, because grids cache results.
      const own = decodeTaskGrids(copy);
      const environment = { I: own.inputs[sample], S: demonstrationsOf(own), C: null };
      const program = decodeProgram(bytes);
      this.arrays?.takeLongest();
      const plain = evaluatePlainly(program, environment, budget, () => {});
      this.outcome(bytes, merged, plain, budget);
      this.count(merged.status);
    });
    for (const bytes of programs) roundTrip(bytes);
  }

  private outcome(program: Uint8Array, merged: Outcome, plain: Outcome, budget: Budget): void {
    const longest = this.arrays?.takeLongest() ?? 0;
    const where = (): string => `${inlineSource(decodeProgram(program))}${JSON.stringify({ merged, plain })}`;
    if (longest > SMALL_ARRAY + Math.max(budget.cost, BYTES_AN_ELEMENT * budget.cells)) {
      throw new Error(`makes an array of ${longest}: ${where()}`);
    }
    if (JSON.stringify(merged) !== JSON.stringify(plain)) throw new Error(`not as alone: ${where()}`);
    const { status, cost, error } = merged;
    if (!FINAL.has(status)) throw new Error(`no outcome of its own: ${where()}`);
    if (!(cost >= 0 && cost <= budget.cost)) throw new Error(`beyond its budget: ${where()}`);
    if (error !== null) expectMessage(error, where);
  }

  /** Loads a file. Its diagnostics must have positions inside it, and what loads is judged as a program. */
  text(bytes: Uint8Array, grids: TaskGrids, budget: Budget): void {
    const { functions, diagnostics } = loadSource(bytes, 'solvers/poison.py');
    const where = (): string => JSON.stringify(Buffer.from(bytes).toString().slice(0, 2000));
    const lines = Buffer.from(bytes)
      .toString('latin1')
      .split(/\r\n|\r|\n/).length;
    for (const { code, line, column, message, hint } of diagnostics) {
      const inside = line !== null && line >= 1 && line <= lines && column !== null && column >= 1;
      if (!inside) throw new Error(`${code} is at ${line}:${column} of ${where()}`);
      expectMessage(`${message}${hint ?? ''}`, where);
    }
    for (const loaded of functions) {
      const { body, program, line } = loaded;
      const nodes = decodeLines(loaded.lines, line);
      const placed = nodes.every((at) => at >= 1 && at <= lines);
      if (nodes.length !== decodeProgram(program).length || !placed) {
        throw new Error(`nodes of ${loaded.name} are at ${nodes} of ${where()}`);
      }
      if (bodyHashOf(program) !== body) throw new Error(`${loaded.name} has another hash in ${where()}`);
    }
    if (functions.length > 0) this.programs(distinct({ functions, diagnostics }), grids, budget);
    else if (diagnostics.length === 0) this.count('no function');
    if (diagnostics.length > 0) this.count('diagnostic');
  }

  /** Parses a task file; each task in it must be valid, whatever else the file contains. */
  task(name: string, text: string): void {
    const { tasks, diagnostics } = parseTaskFile({ name, bytes: Buffer.from(text) }, null);
    const where = (): string => `${JSON.stringify(name)}: ${JSON.stringify(text.slice(0, 2000))}`;
    for (const { message, hint, line } of diagnostics) {
      expectMessage(printable(`${message}${hint ?? ''}`), where);
      if (line !== null && !(line >= 1)) throw new Error(`line ${line} of ${where()}`);
    }
    if (tasks.length === 0 && diagnostics.length === 0) throw new Error(`no word on ${where()}`);
    if (new Set(tasks.map(({ id }) => id)).size < tasks.length) throw new Error(`an id twice in ${where()}`);
    if (!tasks.every(isWellFormed)) throw new Error(`no task, and taken for one: ${where()}`);
    this.count(tasks.length > 0 ? 'task' : 'no task');
  }

  private count(ending: string): void {
    this.endings.set(ending, (this.endings.get(ending) ?? 0) + 1);
  }
}

function isWellFormed({ id, train, test }: Task): boolean {
  const isGrid = ({ height, width, cells }: Grid): boolean =>
    height >= 1 &&
    height <= LARGEST_SIDE &&
    width >= 1 &&
    width <= LARGEST_SIDE &&
    cells.length === height * width &&
    cells.every((cell) => cell >= 0 && cell <= 9);
  const isSample = ({ input, output }: Sample): boolean =>
    isGrid(input) && (output === null || isGrid(output));
  const named = isTaskId(id) && train.length > 0;
  return named && train.every(({ output }) => output !== null) && [...train, ...test].every(isSample);
}

function distinct({ functions }: LoadedFile): Uint8Array[] {
  return [...new Map(functions.map(({ body, program }) => [body, program])).values()];
}

function roundTrip(bytes: Uint8Array): void {
  const text = inlineSource(decodeProgram(bytes), 'solve');
  const { functions, diagnostics } = loadSource(Buffer.from(text), 'solvers/printed.py');
  const same = functions.length === 1 && functions[0].body === bodyHashOf(bytes);
  if (!same || diagnostics.length > 0) {
    throw new Error(`prints as another program: ${text}${JSON.stringify(diagnostics)}`);
  }
}

function expectMessage(message: string, where: () => string): void {
  const fine = message !== '' && message.length <= LONGEST_MESSAGE && message === printable(message);
  if (!fine) throw new Error(`says ${JSON.stringify(message.slice(0, 1000))} of ${where()}`);
}
