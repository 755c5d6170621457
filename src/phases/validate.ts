/**
 * Phase 4, validate: runs every program on every sample's input. A step is one cell, so a new sample runs only its
 * own cells.
 */
import type { Budget } from '../engine/node.js';
import { isCacheable, type Outcome, readOutcome, SKIPPED, writeOutcome } from '../engine/outcome.js';
import type { ProgramFacts } from '../lang/program/facts.js';
import type { BodyHash } from '../lang/program/program.js';
import { arePython } from '../python/python-program.js';
import type { GridDigest, SamplesDigest } from '../task/task-digest.js';
import { fingerprintOf, fingerprints } from './fingerprints.js';
import type { KeyPart, KeyWriter } from './key.js';
import type { StepOutputs, StepPhase } from './phase.js';
import { neededCells } from './subject/needed-cells.js';
import type { Cell, TaskProgram, TaskSubject } from './subject/task-subject.js';

export interface ValidateContext {
  readonly budget: Budget;
  /**
   * Evaluates cells of one task, on this thread or on a worker. Cells of one sample are adjacent, programs ascending.
   * Under a stop rule that ends programs early, cells after a failed demonstration may be skipped.
   */
  evaluate(subject: TaskSubject, cells: readonly Cell[]): Promise<StepOutputs<Outcome>>;
}

/** Number of programs in a batch: enough to share common nodes, few enough to keep all workers busy. */
const BATCH_PROGRAMS = 256;

export const validate: StepPhase<TaskSubject, Cell, Outcome, ValidateContext> = {
  kind: 'steps',
  name: 'validate',
  version: fingerprints.phases['validate'],
  harmless: false,
  shard: (subject) => subject.task.id,
  steps(subject) {
    const cells: Cell[] = [];
    for (let sample = 0; sample < subject.samples.length; sample++) {
      for (const program of subject.programs) cells.push({ program, sample });
    }
    return cells;
  },
  key({ program, sample }, subject, context, writer) {
    const inputs = () => inputsOf(program, subject, context);
    writeCellInputs(program.keyPart, inputs, subject.digests.inputs[sample], writer);
  },
  batches(cells) {
    const programs = [...new Set(cells.map((cell) => cell.program))];
    if (programs.length <= BATCH_PROGRAMS) return [cells];
    const batchOf = new Map(programs.map((program, k) => [program, Math.floor(k / BATCH_PROGRAMS)]));
    const batches: Cell[][] = [];
    for (const cell of cells) {
      const batch = batchOf.get(cell.program) as number;
      batches[batch] ??= [];
      batches[batch].push(cell);
    }
    return batches;
  },
  omission: {
    skipped: SKIPPED,
    isSkipped: ({ status }) => status === 'skipped',
    *rounds(cells, outcomes, subject) {
      const { stopRule } = subject;
      if (stopRule === null) {
        yield validate.batches(
          cells.filter((_, k) => outcomes[k] === undefined),
          subject,
        );
        return;
      }
      for (const needed of neededCells(subject, stopRule, cells, outcomes)) {
        yield validate.batches(needed, subject);
      }
    },
  },
  run: (cells, subject, context) => context.evaluate(subject, cells),
  cacheable: isCacheable,
  write: writeOutcome,
  read: readOutcome,
  blobsOf: (outcome) => (outcome.output === '' ? [] : [outcome.output]),
  accept(subject, cells, outcomes, outputs) {
    subject.outputs = outputs;
    cells.forEach(({ program, sample }, k) => {
      program.outcomes[sample] = outcomes[k];
    });
  },
};

/** What a cell's key is made from; `explain` passes the record of an earlier build. */
export interface CellInputs {
  readonly body: BodyHash;
  readonly facts: ProgramFacts;
  readonly task: string;
  /** Digest of the demonstration samples. */
  readonly demo: SamplesDigest;
  readonly budget: Budget;
  fingerprintOf(primitive: string): string;
}

/** Writes all inputs of a cell's outcome; `part` caches the inputs that the cells of a program share. */
export function writeCellInputs(
  part: KeyPart,
  program: () => CellInputs,
  input: GridDigest,
  writer: KeyWriter,
): void {
  writer.part(part, (common) => writeProgramInputs(program(), common));
  writer.binary('sample input', input);
}

/** All inputs of a cell's outcome except the sample's input. */
function writeProgramInputs(inputs: CellInputs, writer: KeyWriter): void {
  const { body, facts, task, demo, budget } = inputs;
  writer.field('program', body);
  // Tasks share no cells, and a task's cells are stored together.
  writer.field('task', task);
  // Only a program that reads S can see the demonstration outputs.
  if (facts.readsS) writer.binary('demonstrations', demo);
  // The limits decide which cells are over budget.
  if (arePython(facts)) {
    writer.field('python.events', budget.events ?? 0);
    if (budget.packages !== undefined) writer.field('python.packages', budget.packages);
  } else {
    writer.field('budget.cost', budget.cost);
    writer.field('budget.cells', budget.cells);
  }
  // The implementations that the program can reach, and no others.
  for (const name of facts.primitives) writer.field(`primitive ${name}`, inputs.fingerprintOf(name));
}

function inputsOf(program: TaskProgram, subject: TaskSubject, context: ValidateContext): CellInputs {
  if (program.inlined === null) throw new Error('a program is validated before it was inlined');
  const { facts } = program.inlined;
  const { budget } = context;
  return {
    body: program.body,
    facts,
    task: subject.task.id,
    demo: subject.digests.demo,
    budget,
    fingerprintOf,
  };
}
