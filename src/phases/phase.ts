/** What a phase is: a value. The scheduler runs a list of them and knows none by name. */
import type { ByteReader, ByteWriter } from '../encoding/bytes.js';
import type { BlobKey } from '../store/pack.js';
import type { KeyWriter } from './key.js';

/** What running some steps came to. */
export interface StepOutputs<Output> {
  /** One output a step, in their order. */
  readonly outputs: readonly Output[];
  /** Time that each step took, in microseconds. */
  readonly micros: readonly number[];
  /** Bytes that outputs name by digest; they are stored with the outputs. */
  readonly blobs: ReadonlyMap<BlobKey, Uint8Array>;
  /** Busy time of all threads together, in milliseconds. */
  readonly cpuMs: number;
}

/** A phase of memoized steps. `Subject` is what the phase belongs to (a file, a task), `Context` what a run offers. */
export interface StepPhase<Subject, Step, Output, Context> {
  readonly kind: 'steps';
  readonly name: string;
  /** Fingerprint of the code that computes outputs. */
  readonly version: string;
  /** Cheap and without effect outside the store: a dry run runs it, to know what comes after. */
  readonly harmless: boolean;
  /** Where the steps' outputs are stored together. */
  shard(subject: Subject): string;
  /** The steps that the subject needs, from what earlier phases made of it; in a fixed order. */
  steps(subject: Subject): readonly Step[];
  /** Writes everything that can change the step's output, and nothing else. */
  key(step: Step, subject: Subject, context: Context, writer: KeyWriter): void;
  /** Cuts steps that must run into batches, which run (and are committed) independently. */
  batches(steps: readonly Step[], subject: Subject): readonly (readonly Step[])[];
  /** Absent: every missing step runs. */
  readonly omission?: Omission<Subject, Step, Output>;
  run(steps: readonly Step[], subject: Subject, context: Context): Promise<StepOutputs<Output>>;
  /** Whether a later run may take the output for its own. */
  cacheable(output: Output): boolean;
  write(output: Output, writer: ByteWriter): void;
  /** Throws RangeError when the bytes are no output. */
  read(reader: ByteReader): Output;
  /** Blobs that a stored output names: all must be there for it to be a hit. */
  blobsOf(output: Output): readonly BlobKey[];
  /** Gives the outputs, hits and runs alike, to the subject; `blobs` has all that they name. */
  accept(
    subject: Subject,
    steps: readonly Step[],
    outputs: readonly Output[],
    blobs: ReadonlyMap<BlobKey, Uint8Array>,
  ): void;
}

/** How a phase gets along without some of its steps: they are left out, now or in the middle of a batch. */
export interface Omission<Subject, Step, Output> {
  /** Stands for the output of a step that has not run. Never cacheable. */
  readonly skipped: Output;
  isSkipped(output: Output): boolean;
  /**
   * Yields rounds, each a list of batches: those of one round run (and are committed) independently, and all of them
   * before the next round is asked for. What no round has is skipped. `outputs` has, in the order of `steps`, what is
   * known at the moment: hits, and what has run.
   */
  rounds(
    steps: readonly Step[],
    outputs: readonly (Output | undefined)[],
    subject: Subject,
  ): Iterable<readonly (readonly Step[])[]>;
}

/** A phase that is cheaper to redo than to look up, or that acts on the outside (files) and checks there. */
export interface DirectPhase<Subject, Context> {
  readonly kind: 'direct';
  readonly name: string;
  /** Whether two processes that apply it to one subject at the same time would be in each other's way. */
  readonly exclusive: boolean;
  /**
   * Does it, and says how much of it came to what was there or recorded already (hits) and how much did not (misses), and
   * the busy time of all threads together, in milliseconds.
   */
  apply(subject: Subject, context: Context): Promise<DirectCounts>;
}

export interface DirectCounts {
  readonly hits: number;
  readonly misses: number;
  readonly cpuMs: number;
}

/** The scheduler passes steps and outputs through without looking at them. */
export type AnyPhase<Subject, Context> =
  | StepPhase<Subject, unknown, unknown, Context>
  | DirectPhase<Subject, Context>;
