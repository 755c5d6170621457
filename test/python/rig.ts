/** Loads and runs programs in Python by one interpreter a file of tests: it takes a second to start. */
import { afterAll } from 'vitest';
import { Grid } from '../../src/dsl/value/value.js';
import { readOutcomes, readOutputs, type TaskGrids } from '../../src/engine/batch.js';
import type { Outcome } from '../../src/engine/outcome.js';
import { rowsOfOutput } from '../../src/engine/output.js';
import type { LoadedFile, LoadedFunction } from '../../src/lang/load.js';
import type { InterpretersOptions } from '../../src/python/interpreter-pool.js';
import { Interpreters } from '../../src/python/interpreters.js';

export type Rows = readonly (readonly number[])[];

/** What a cell came to: the outcome, and the rows of its output. */
export interface Ended extends Outcome {
  readonly rows: Rows | null;
}

export function gridOf(rows: Rows): Grid {
  return new Grid(rows.length, rows[0].length, Int8Array.from(rows.flat()));
}

export function gridsOf(inputs: readonly Rows[], pairs: readonly (readonly [Rows, Rows])[] = []): TaskGrids {
  const demonstrations = pairs.map(([input, output]) => ({ input: gridOf(input), output: gridOf(output) }));
  return { inputs: inputs.map(gridOf), demonstrations };
}

export class Rig {
  readonly interpreters: Interpreters;

  constructor({ jobs = 1, wallSeconds = 60, wheels }: Partial<InterpretersOptions> = {}) {
    this.interpreters = new Interpreters({ jobs, wallSeconds, ...(wheels && { wheels }) });
    afterAll(() => this.interpreters.close());
  }

  load(source: string | Uint8Array, entry = ''): Promise<LoadedFile> {
    return this.interpreters.load(Buffer.from(source as string), entry);
  }

  /** The one function of a file that is right. */
  async only(source: string | Uint8Array, entry = ''): Promise<LoadedFunction> {
    const { functions, diagnostics } = await this.load(source, entry);
    if (functions.length !== 1 || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    return functions[0];
  }

  /** Every program on every input, by program. Throws when the interpreter is lost. */
  async run(
    programs: readonly Uint8Array[],
    grids: TaskGrids,
    { events = 200_000, order }: { events?: number; order?: readonly (readonly [number, number])[] } = {},
  ): Promise<Ended[][]> {
    const pairs =
      order ??
      programs.flatMap((_, program) => grids.inputs.map((__, sample): [number, number] => [program, sample]));
    const reply = await this.interpreters.run(grids, {
      programs,
      cellPrograms: pairs.map(([program]) => program),
      cellSamples: pairs.map(([, sample]) => sample),
      events,
      required: undefined,
    });
    if (reply.kind === 'lost') throw new Error(`${reply.reason}: ${reply.detail}`);
    const outputs = readOutputs(reply.answer);
    const ended: Ended[][] = programs.map(() => []);
    readOutcomes(reply.answer).forEach((outcome, k) => {
      const [program, sample] = pairs[k];
      const bytes = outcome.output === '' ? undefined : outputs.get(outcome.output);
      ended[program][sample] = { ...outcome, rows: bytes === undefined ? null : rowsOfOutput(bytes) };
    });
    return ended;
  }

  /** One program on one grid. */
  async end(source: string | Uint8Array, rows: Rows = [[1, 2, 3]], events = 200_000): Promise<Ended> {
    const { program } = await this.only(source);
    return (await this.run([program], gridsOf([rows]), { events }))[0][0];
  }
}
