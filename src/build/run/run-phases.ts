/**
 * Takes a subject (a file or a task) through a list of phases: looks steps up, runs the missing ones, commits, passes
 * on.
 */

import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { failPoint } from '../../fail-points.js';
import type { EventListener } from '../../observe/event.js';
import { actionKey, type KeyWriter } from '../../phases/key.js';
import type { AnyPhase, DirectPhase, StepPhase } from '../../phases/phase.js';
import {
  type ActionKey,
  type BlobKey,
  encodePack,
  NO_RUN,
  type Pack,
  type PackEntry,
  splitPack,
} from '../../store/pack.js';
import type { Store } from '../../store/store.js';
import type { Shard } from '../../store/tables/action-cache.js';
import type { Claim } from '../inputs/claim.js';
import type { PhaseWork } from '../record/task-state.js';
import type { Clock, PhaseCounters } from '../session/phase-counters.js';
import type { SharedSteps } from '../shared/shared-steps.js';

/** What all subjects of a run share. */
export interface Run {
  readonly store: Store;
  readonly id: number;
  readonly counters: PhaseCounters;
  readonly clock: Clock;
  readonly emit: EventListener;
  /** Treat every step as missing. */
  readonly force: boolean;
  /** Find out which steps would run; run nothing, and write nothing that matters. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** Has steps that are not in the store; absent if no shared cache is configured. */
  readonly shared?: SharedSteps;
  /** Called for every batch that ran, with its phase, its subject, and the steps except those that were skipped. */
  readonly ran?: (phase: string, subject: unknown, steps: readonly unknown[]) => void;
}

export class Interrupted extends Error {}

/**
 * Takes `subject` through `phases` in order. Returns the work for each phase, or null if a dry run reached a phase
 * that would run, because later phases then are unknown. Throws Interrupted if the run is stopped. `claim` is called
 * before work that another process could be doing too; null if that is not necessary. `recorded` is the work of the
 * last build that did any.
 */
export async function runPhases<Subject, Context>(
  subject: Subject,
  name: string,
  phases: readonly AnyPhase<Subject, Context>[],
  context: Context,
  run: Run,
  claim: Claim | null = null,
  recorded: ReadonlyMap<string, PhaseWork> = new Map(),
): Promise<Map<string, PhaseWork> | null> {
  const work = new Map<string, PhaseWork>();
  const hold = claim === null ? null : new Hold(claim);
  for (const phase of phases) {
    if (run.signal.aborted) throw new Interrupted();
    const startMs = run.clock.now();
    try {
      const done =
        phase.kind === 'direct'
          ? await runDirect(phase, subject, context, run, hold, recorded.get(phase.name))
          : await new StepRunner(phase, subject, name, context, run).run(hold);
      if (done === null) return null;
      work.set(phase.name, done);
    } finally {
      run.emit({ type: 'phase-ended', phase: phase.name, subject: name, startMs, endMs: run.clock.now() });
    }
  }
  return work;
}

/** The claim of a subject for all of its phases. */
class Hold {
  isTaken = false;

  constructor(private readonly claim: Claim) {}

  async take(): Promise<boolean> {
    if (this.isTaken) return false;
    const isNew = await this.claim();
    this.isTaken = true;
    return isNew;
  }
}

async function runDirect<Subject, Context>(
  phase: DirectPhase<Subject, Context>,
  subject: Subject,
  context: Context,
  run: Run,
  hold: Hold | null,
  recorded: PhaseWork | undefined,
): Promise<PhaseWork> {
  if (phase.exclusive) await hold?.take();
  const counter = run.counters.of(phase.name);
  counter.enter();
  try {
    const applied = await phase.apply(subject, context);
    const steps = applied.hits + applied.misses;
    const hits = run.force ? 0 : applied.hits;
    counter.hits += hits;
    counter.misses += steps - hits;
    counter.cpuMs += applied.cpuMs;
    const took = recorded === undefined ? 0 : recorded.micros / Math.max(1, recorded.steps);
    counter.savedMicros += Math.round(took * hits);
    // For hits, the recorded time is the time that the steps took when they ran.
    return hits === steps && recorded !== undefined
      ? { steps, micros: recorded.micros }
      : { steps, micros: Math.round(applied.cpuMs * 1000) };
  } finally {
    counter.leave();
  }
}

/** Number of batches that run independently. */
type Round<Step> = readonly (readonly Step[])[];

function stepsIn<Step>(round: Round<Step>): number {
  return round.reduce((sum, batch) => sum + batch.length, 0);
}

/** One phase of one subject. */
class StepRunner<Subject, Step, Output, Context> {
  private readonly steps: readonly Step[];
  private readonly keys: ActionKey[] = [];
  private readonly outputs: (Output | undefined)[];
  private blobs: ReadonlyMap<BlobKey, Uint8Array> = new Map();
  private micros = 0;

  constructor(
    private readonly phase: StepPhase<Subject, Step, Output, Context>,
    private readonly subject: Subject,
    private readonly name: string,
    private readonly context: Context,
    private readonly run_: Run,
  ) {
    this.steps = phase.steps(subject);
    this.outputs = new Array<Output | undefined>(this.steps.length).fill(undefined);
  }

  async run(hold: Hold | null): Promise<PhaseWork | null> {
    const { phase, steps, run_: run } = this;
    const counter = run.counters.of(phase.name);
    counter.enter();
    try {
      const startedAt = run.clock.now();
      this.computeKeys();
      const version = hold?.isTaken === false ? run.store.othersVersion : null;
      let missing = this.lookUp(steps.map((_, k) => k));
      counter.cpuMs += run.clock.now() - startedAt;
      if (missing.length > 0 && run.shared !== undefined && !run.force) {
        // Waiting for an answer is no work.
        counter.leave();
        await this.fetch(missing, run.shared).finally(() => counter.enter());
        missing = missing.filter((k) => this.outputs[k] === undefined);
      }
      if (hold?.isTaken === false && missing.length > 0 && !run.force && !run.dryRun) {
        // Waiting for another process is not work.
        counter.leave();
        const isNew = await hold.take().finally(() => counter.enter());
        if (isNew && run.store.othersVersion !== version) missing = this.lookUp(missing);
      }
      counter.hits += steps.length - missing.length;
      if (!(await this.runMissing(missing))) return null;
      const skipped = this.skipTheRest();
      phase.accept(this.subject, steps, this.outputs as Output[], this.blobs);
      return { steps: steps.length - skipped, micros: this.micros };
    } finally {
      counter.leave();
    }
  }

  /** What the store calls the shard of the steps. */
  private get place(): string {
    const { phase, subject } = this;
    return `${phase.name} ${phase.shard(subject)}`;
  }

  private computeKeys(): void {
    const { phase, subject, context, steps } = this;
    let k = 0;
    const fields = (writer: KeyWriter) => phase.key(steps[k], subject, context, writer);
    for (; k < steps.length; k++) this.keys.push(actionKey(phase.name, phase.version, fields));
  }

  /** Takes the stored outputs of the steps with these indices; returns the indices of the missing ones. */
  private lookUp(wanted: readonly number[]): number[] {
    const { phase, subject, run_: run } = this;
    if (run.force) return [...wanted];
    run.store.settle(this.place);
    return this.take(wanted, run.store.actions.read(phase.name, phase.shard(subject)));
  }

  /** Finds the steps with these indices in the shared cache, and stores those that it has. */
  private async fetch(wanted: readonly number[], shared: SharedSteps): Promise<void> {
    const { phase, subject, run_: run } = this;
    const startMs = run.clock.now();
    const before = this.micros;
    const shard = phase.shard(subject);
    const keys = wanted.map((k) => this.keys[k]);
    let missing = wanted;
    for (const pack of await shared.find(phase.name, shard, keys)) {
      const entries = new Map<ActionKey, PackEntry>();
      for (const entry of pack.entries) entries.set(entry.key, entry);
      missing = this.take(missing, { entries, blobs: pack.blobs });
      if (!run.dryRun) shared.keep(phase.name, shard, pack);
    }
    const steps = wanted.length - missing.length;
    if (steps === 0) return;
    shared.found(phase.name, steps, this.micros - before);
    const endMs = run.clock.now();
    run.emit({ type: 'fetched', phase: phase.name, subject: this.name, steps, startMs, endMs });
  }

  /** Takes the outputs of a shard, and returns the indices of the steps that it does not have. */
  private take(wanted: readonly number[], shard: Shard): number[] {
    const { run_: run, phase } = this;
    this.blobs = this.blobs.size === 0 ? shard.blobs : new Map([...this.blobs, ...shard.blobs]);
    const missing: number[] = [];
    for (const k of wanted) {
      const entry = shard.entries.get(this.keys[k]);
      const output = entry === undefined ? undefined : this.decode(entry);
      if (entry === undefined || output === undefined) {
        missing.push(k);
        continue;
      }
      this.outputs[k] = output;
      this.micros += entry.micros;
      run.counters.of(phase.name).savedMicros += entry.micros;
    }
    return missing;
  }

  /** A stored output; undefined, which means a miss, if it is malformed or if a blob that it refers to is missing. */
  private decode(entry: PackEntry): Output | undefined {
    try {
      const output = this.phase.read(new ByteReader(entry.value));
      return this.phase.blobsOf(output).every((blob) => this.blobs.has(blob)) ? output : undefined;
    } catch (error) {
      // Data of another machine may have any form.
      if (error instanceof RangeError || entry.run === NO_RUN) return undefined;
      throw error;
    }
  }

  /** False if a dry run reached steps that would run. */
  private async runMissing(missing: readonly number[]): Promise<boolean> {
    const { phase, steps, run_: run } = this;
    const rounds = this.rounds(missing)[Symbol.iterator]();
    let round = rounds.next();
    const hits = steps.length - missing.length;
    const misses = round.done ? 0 : stepsIn(round.value);
    run.emit({ type: 'looked-up', phase: phase.name, subject: this.name, hits, misses });
    const indexOf = new Map(missing.map((k) => [steps[k], k]));
    for (; !round.done; round = rounds.next()) {
      run.counters.of(phase.name).misses += stepsIn(round.value);
      if (run.dryRun && !phase.harmless) return false;
      await Promise.all(round.value.map((batch) => this.runBatch(batch, indexOf)));
    }
    return true;
  }

  /** The batches to run, round by round; no round is empty. */
  private rounds(missing: readonly number[]): Iterable<Round<Step>> {
    if (missing.length === 0) return [];
    const { phase, steps, outputs, subject } = this;
    if (phase.omission !== undefined) return phase.omission.rounds(steps, outputs, subject);
    const batches = phase.batches(
      missing.map((k) => steps[k]),
      subject,
    );
    return [batches];
  }

  /** Gives every step an output; returns the number of steps that have not run, in this run or before. */
  private skipTheRest(): number {
    const { omission } = this.phase;
    if (omission === undefined) return 0;
    let skipped = 0;
    this.outputs.forEach((output, k) => {
      if (output === undefined) this.outputs[k] = omission.skipped;
      if (output === undefined || omission.isSkipped(output)) skipped++;
    });
    return skipped;
  }

  /** Stores a pack: at once if its steps take long, else soon. It is encoded before, so that others need not wait for that. */
  private store(pack: Pack, blobsOf: (entry: number) => readonly BlobKey[]): void {
    const { phase, run_: run } = this;
    const shard = phase.shard(this.subject);
    const packs = [...splitPack(pack, blobsOf)].map((part) => {
      return { entries: part.entries.length, payload: encodePack(part) };
    });
    const append = () => {
      for (const { entries, payload } of packs)
        run.store.actions.appendEncoded(phase.name, shard, run.id, entries, payload);
      failPoint('steps in transaction');
    };
    // The pack itself is kept only for the shared cache.
    const { shared } = run;
    const offer = shared === undefined ? () => {} : () => shared.offer(phase.name, shard, pack);
    const stored = () => {
      failPoint('steps stored');
      offer();
    };
    // What is offered must be there when its subject is finished.
    if (phase.harmless && shared === undefined) run.store.writeSoon(this.place, append, stored);
    else {
      run.store.write(append);
      stored();
    }
  }

  /** Runs a batch and commits it, so that an interruption loses only the running batches. */
  private async runBatch(batch: readonly Step[], indexOf: ReadonlyMap<Step, number>): Promise<void> {
    const { phase, run_: run } = this;
    const startMs = run.clock.now();
    const { outputs, micros, blobs, cpuMs } = await phase.run(batch, this.subject, this.context);
    if (run.signal.aborted) throw new Interrupted();
    failPoint('steps computed');
    if (blobs.size > 0) this.blobs = new Map([...this.blobs, ...blobs]);
    const stored: { readonly k: number; readonly at: number; readonly end: number }[] = [];
    let skipped = 0;
    const values = new ByteWriter(32 * batch.length);
    batch.forEach((step, at) => {
      const k = indexOf.get(step) as number;
      this.outputs[k] = outputs[at];
      if (phase.omission?.isSkipped(outputs[at])) skipped++;
      this.micros += micros[at];
      if (!phase.cacheable(outputs[at])) return;
      phase.write(outputs[at], values);
      stored.push({ k, at, end: values.length });
    });
    if (stored.length > 0 && !run.dryRun) {
      // The values are views of one buffer.
      const bytes = values.view();
      const entries = stored.map(({ k, at, end }, entry): PackEntry => {
        const value = bytes.subarray(entry === 0 ? 0 : stored[entry - 1].end, end);
        return { key: this.keys[k], micros: micros[at], run: run.id, value };
      });
      this.store({ entries, blobs }, (entry) => phase.blobsOf(outputs[stored[entry].at]));
    }
    const counter = run.counters.of(phase.name);
    counter.cpuMs += cpuMs;
    counter.misses -= skipped;
    run.ran?.(
      phase.name,
      this.subject,
      skipped === 0 ? batch : batch.filter((_, at) => phase.omission?.isSkipped(outputs[at]) !== true),
    );
    const endMs = run.clock.now();
    run.emit({
      type: 'ran',
      phase: phase.name,
      subject: this.name,
      steps: batch.length - skipped,
      startMs,
      endMs,
      cpuMs,
    });
  }
}
