/** The type of phases: a phase is a value. The scheduler runs a list of phases and knows none by name. */
import type { ByteReader, ByteWriter } from '../encoding/bytes.js';
import type { BlobKey } from '../store/pack.js';
import type { KeyWriter } from './key.js';

/** The result of running some steps. */
export interface StepOutputs<Output> {
  /** One output for each step, in their order. */
  readonly outputs: readonly Output[];
  /** Time that each step took, in microseconds. */
  readonly micros: readonly number[];
  /** Bytes that the outputs refer to by digest; they are stored together with the outputs. */
  readonly blobs: ReadonlyMap<BlobKey, Uint8Array>;
  /** Sum of the busy time of all threads, in milliseconds. */
  readonly cpuMs: number;
}

/**
 * A phase of memoized steps. `Subject` is what the phase works on (a file, a task), `Context` is what the run
 * provides.
 */
export interface StepPhase<Subject, Step, Output, Context> {
  readonly kind: 'steps';
  readonly name: string;
  /** Fingerprint of the code that computes outputs. */
  readonly version: string;
  /**
   * Cheap, and without effects outside the store: a dry run executes it too, because later phases need its results.
   */
  readonly harmless: boolean;
  /** The shard in which the steps' outputs are stored together. */
  shard(subject: Subject): string;
  /** The steps that the subject needs, made from the results of earlier phases; in a fixed order. */
  steps(subject: Subject): readonly Step[];
  /** Writes every input that can change the step's output, and nothing else. */
  key(step: Step, subject: Subject, context: Context, writer: KeyWriter): void;
  /** Divides missing steps into batches, which run and are committed independently. */
  batches(steps: readonly Step[], subject: Subject): readonly (readonly Step[])[];
  /** Absent: every missing step runs. */
  readonly omission?: Omission<Subject, Step, Output>;
  run(steps: readonly Step[], subject: Subject, context: Context): Promise<StepOutputs<Output>>;
  /** Whether later runs may reuse the output. */
  cacheable(output: Output): boolean;
  write(output: Output, writer: ByteWriter): void;
  /** Throws RangeError if the bytes are no output. */
  read(reader: ByteReader): Output;
  /** Digests of the blobs that a stored output refers to. If one is missing, the output is a miss. */
  blobsOf(output: Output): readonly BlobKey[];
  /** Passes the outputs to the subject, those of hits and of runs; `blobs` has all that they refer to. */
  accept(
    subject: Subject,
    steps: readonly Step[],
    outputs: readonly Output[],
    blobs: ReadonlyMap<BlobKey, Uint8Array>,
  ): void;
}

/** How a phase can skip some of its steps, before they run or in the middle of a batch. */
export interface Omission<Subject, Step, Output> {
  /** Replaces the output of a step that has not run. Never cacheable. */
  readonly skipped: Output;
  isSkipped(output: Output): boolean;
  /**
   * Yields rounds, each a list of batches. The batches of a round run and are committed independently, and all of
   * them before the next round is requested. Steps that are in no round are skipped. `outputs` has, in the order of
   * `steps`, all outputs known so far: those of hits and of steps that have run.
   */
  rounds(
    steps: readonly Step[],
    outputs: readonly (Output | undefined)[],
    subject: Subject,
  ): Iterable<readonly (readonly Step[])[]>;
}

/** A phase that is cheaper to redo than to look up, or that acts on files and checks them itself. */
export interface DirectPhase<Subject, Context> {
  readonly kind: 'direct';
  readonly name: string;
  /** Whether two processes that apply it to the same subject at the same time would disturb each other. */
  readonly exclusive: boolean;
  /**
   * Applies the phase. Returns how much of the result existed already or was recorded (hits), how much did not
   * (misses), and the sum of the busy time of all threads, in milliseconds.
   */
  apply(subject: Subject, context: Context): Promise<DirectCounts>;
}

export interface DirectCounts {
  readonly hits: number;
  readonly misses: number;
  readonly cpuMs: number;
}

/** The scheduler passes on steps and outputs without reading them. */
export type AnyPhase<Subject, Context> =
  | StepPhase<Subject, unknown, unknown, Context>
  | DirectPhase<Subject, Context>;
