/** Encodes cells of Python programs for an interpreter, and decodes their results to outcomes. */
import { Grid } from '../dsl/value/value.js';
import { answerOf, type BatchAnswer, type TaskGrids } from '../engine/batch.js';
import { type Outcome, SKIPPED } from '../engine/outcome.js';
import {
  digestOutput,
  encodeOutput,
  encodeRowsOutput,
  type Output,
  type OutputDigest,
} from '../engine/output.js';
import { END_HEAD, End, WireReader, WireWriter } from './interpreter-wire.js';
import { decodePython } from './python-program.js';

/** Cells of one task. */
export interface PythonBatch {
  /** Encoded programs (python-program.ts), each once. */
  readonly programs: readonly Uint8Array[];
  /** The program of each cell, as an index into `programs`. */
  readonly cellPrograms: ArrayLike<number>;
  /** The sample of each cell, as an index into the inputs. */
  readonly cellSamples: ArrayLike<number>;
  /** Maximum number of counted events of a cell. */
  readonly events: number;
  /** The required output of each sample: a program with another output is not run further. Null, or no list: no output is required. */
  readonly required: readonly (OutputDigest | null)[] | undefined;
}

/** The order in which cells run: a program's cells together, plain programs first. */
export function orderOf({ programs, cellPrograms }: PythonBatch): number[] {
  const plain = programs.map((program) => (decodePython(program).isPlain ? 0 : 1));
  const order = Array.from({ length: cellPrograms.length }, (_, cell) => cell);
  // Sorting is stable: samples stay in their order.
  return order.sort((a, b) => {
    const [first, second] = [cellPrograms[a], cellPrograms[b]];
    return plain[first] - plain[second] || first - second;
  });
}

export function cellsRequest(grids: TaskGrids, batch: PythonBatch, order: readonly number[]): Buffer {
  const writer = new WireWriter().number(batch.programs.length);
  for (const bytes of batch.programs) {
    const { isPlain, parameters, entry, code } = decodePython(bytes);
    writer
      .number((isPlain ? 1 : 0) | (parameters << 1))
      .text(entry)
      .bytes(code);
  }
  writer.number(grids.inputs.length);
  for (const input of grids.inputs) writer.bytes(gridBytes(input));
  const { demonstrations } = grids;
  const samples = new WireWriter().number(demonstrations.length).finish();
  const pairs = demonstrations.flatMap(({ input, output }) => [gridBytes(input), gridBytes(output)]);
  writer.bytes(Buffer.concat([samples, ...pairs]));
  const limit = Buffer.alloc(8);
  limit.writeBigUInt64LE(BigInt(batch.events));
  writer.bytes(limit);
  const required = batch.required ?? [];
  writer.number(required.length);
  for (const digest of required) writer.bytes(Buffer.from(digest ?? '', 'latin1'));
  writer.number(order.length);
  for (const cell of order) writer.number(batch.cellPrograms[cell]).number(batch.cellSamples[cell]);
  return writer.finish();
}

function gridBytes({ height, width, cells }: Grid): Buffer {
  const head = new WireWriter().number(height).number(width).finish();
  return Buffer.concat([head, new Uint8Array(cells.buffer, cells.byteOffset, cells.length)]);
}

/** Collects the outcomes of the cells of a batch. */
export class CellEnds {
  private readonly outcomes: Outcome[] = [];
  private readonly outputs = new Map<OutputDigest, Uint8Array>();

  constructor(
    private readonly order: readonly number[],
    private readonly events: number,
  ) {}

  /** Number of finished cells. */
  ended = 0;

  get isComplete(): boolean {
    return this.ended === this.order.length;
  }

  /** Adds the result of the next cell. Throws if the bytes are not a result. */
  take(end: Uint8Array): void {
    this.outcomes[this.order[this.ended]] = this.outcomeOf(end);
    this.ended++;
  }

  answer(): BatchAnswer {
    return answerOf(this.outcomes, this.outputs);
  }

  private outcomeOf(end: Uint8Array): Outcome {
    const kind = String.fromCharCode(end[0]);
    if (kind === End.skipped) return SKIPPED;
    const head = Buffer.from(end.buffer, end.byteOffset, END_HEAD);
    const cost = Math.min(Number(head.readBigUInt64LE(1)), this.events);
    const node = head.readUInt32LE(9) - 1;
    const rest = end.subarray(END_HEAD);
    const text = () => new TextDecoder().decode(rest);
    const bad = { cost, side: 0, output: '' as const, node };
    if (kind === End.noGrid) return { ...bad, status: 'not-a-grid', error: text(), node: -1 };
    if (kind === End.error) return { ...bad, status: 'error', error: text() };
    if (kind === End.overBudget) return { ...bad, status: 'over-budget', cost: this.events, error: OVER };
    if (kind === End.crashed) return { ...bad, status: 'crashed', cost: 0, error: text(), node: -1 };
    const output = outputOf(kind, rest);
    const digest = digestOutput(output.bytes);
    this.outputs.set(digest, output.bytes);
    return { status: 'ok', cost, side: output.side, output: digest, error: null, node: -1 };
  }
}

const OVER = 'more events than its budget';

function outputOf(kind: string, bytes: Uint8Array): Output {
  const reader = new WireReader(bytes);
  const [height, width] = [reader.number(), reader.number()];
  // A copy: the `slice` of a Buffer would be a view.
  const content = Uint8Array.prototype.slice.call(bytes, reader.at);
  const output =
    kind === End.grid && content.length === height * width
      ? encodeOutput(new Grid(height, width, new Int8Array(content.buffer)))
      : kind === End.rows
        ? encodeRowsOutput(rowsFrom(content, height, width))
        : null;
  if (output === null) throw new Error('the end of a cell is malformed');
  return output;
}

function rowsFrom(text: Uint8Array, height: number, width: number): number[][] {
  const entries = new TextDecoder().decode(text).split(',').map(Number);
  if (entries.length !== height * width || !entries.every(Number.isSafeInteger)) return [];
  return Array.from({ length: height }, (_, k) => entries.slice(k * width, (k + 1) * width));
}
