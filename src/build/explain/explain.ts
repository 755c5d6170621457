/**
 * Why steps are hits or misses: every step of a task (or of one of its solvers) as a build would look it up now, with
 * the inputs of its key and those that changed since the last build. The inputs come from the same code that writes
 * the keys.
 */

import { ByteReader } from '../../encoding/bytes.js';
import type { Outcome } from '../../engine/outcome.js';
import { BASE, dialectOf, type ProgramFacts } from '../../lang/program/facts.js';
import type { BodyHash } from '../../lang/program/program.js';
import { fingerprintOf, fingerprints } from '../../phases/fingerprints.js';
import { inline, inlineProgram, writeInlineKey } from '../../phases/inline.js';
import { explainKey, type KeyInput, KeyPart, type KeyWriter } from '../../phases/key.js';
import { load, NO_PYTHON, writeLoadKey } from '../../phases/load.js';
import { differInputs, score, writeScoreInputs } from '../../phases/score.js';
import type { Candidate } from '../../phases/subject/task-subject.js';
import { type CellInputs, validate, writeCellInputs } from '../../phases/validate.js';
import type { EntryIndex } from '../../store/entry-index.js';
import { type ActionKey, NO_RUN } from '../../store/pack.js';
import type { GridDigest } from '../../task/task-digest.js';
import { FileProblem, type FileSystem, sameStat } from '../../workspace/file-system.js';
import { type ChangedInput, differences } from '../causes/changed-inputs.js';
import { scoredOf, scoringOf } from '../causes/step-causes.js';
import { indexOfSample, type ProgramResult, type TaskResult } from '../record/task-result.js';
import type { Surroundings } from '../selection/selection.js';
import type { TaskInputs } from './task-inputs.js';

export interface ExplainedStep {
  readonly phase: string;
  /** The subject of the step: a file, a solver, or a solver on a sample. */
  readonly subject: string;
  /** `demo 0`; null for steps that do not belong to one sample. */
  readonly sample: string | null;
  /** `unknown`: it depends on steps that have to run first. */
  readonly state: 'hit' | 'miss' | 'unknown';
  /** In hexadecimal; null for steps without a stored output. */
  readonly key: string | null;
  readonly inputs: readonly KeyInput[];
  /** Inputs that changed since the last build; empty if there was none, or if nothing changed. */
  readonly changed: readonly ChangedInput[];
  readonly note: string | null;
}

export interface Explanation {
  readonly task: string;
  /** Null for all solvers of the task. */
  readonly solver: string | null;
  /** Number of the run that the inputs are compared with; null if the task was never built. */
  readonly comparedWith: number | null;
  /** The steps are made while they are read, so they can be read once. */
  readonly steps: Iterable<ExplainedStep>;
}

type Fields = (writer: KeyWriter) => void;

/**
 * `solver` is the name of a function, or null for all; if no candidate has that name, the result has no steps. Only
 * steps that are `wanted` are in the result: a task may have thousands of samples.
 */
export function explainTask(
  inputs: TaskInputs,
  solver: string | null,
  files: FileSystem,
  wanted: (step: ExplainedStep) => boolean = () => true,
): Explanation {
  const candidates = inputs.candidates.filter(({ name }) => solver === null || name === solver);
  const steps = wantedSteps(new Explainer(inputs, files), candidates, wanted);
  return { task: inputs.task.id, solver, comparedWith: inputs.recorded?.run ?? null, steps };
}

function* wantedSteps(
  explainer: Explainer,
  candidates: readonly Candidate[],
  wanted: (step: ExplainedStep) => boolean,
): Generator<ExplainedStep> {
  if (candidates.length === 0) return;
  for (const step of explainer.steps(candidates)) if (wanted(step)) yield step;
}

class Explainer {
  private readonly old: TaskResult | null;
  /** Shards of the task by phase, each read once. */
  private readonly shards = new Map<string, EntryIndex>();
  /** The common part of all scores of the last build; computed on first use. */
  private scoringBefore: ReturnType<typeof scoringOf> | null = null;

  constructor(
    private readonly inputs: TaskInputs,
    private readonly files: FileSystem,
  ) {
    this.old = inputs.recorded?.result ?? null;
  }

  *steps(candidates: readonly Candidate[]): Generator<ExplainedStep> {
    for (const file of new Set(candidates.map((candidate) => candidate.file))) yield this.loadStep(file);
    const explained = new Set<BodyHash>();
    let settled = true;
    for (const candidate of candidates) {
      // Duplicates share the program and its steps.
      if (explained.has(candidate.body)) continue;
      explained.add(candidate.body);
      for (const step of this.programSteps(candidate)) {
        settled &&= step.state === 'hit';
        yield step;
      }
    }
    yield this.publishStep(settled);
  }

  private loadStep(file: string): ExplainedStep {
    const { surroundings, recorded } = this.inputs;
    const isPython = this.inputs.isPython(file);
    const content =
      (digest: string, { dialect, python }: Surroundings): Fields =>
      (writer) => {
        const inputs = { content: digest, dialect, python: isPython ? (python ?? NO_PYTHON) : null };
        writeLoadKey(inputs, writer);
      };
    const now = this.inputs.contentOf(file) ?? '';
    const before = this.inputs.recorded?.contentOf(file);
    const shard = this.inputs.store.actions.index(load.name, now);
    const old = before === undefined ? null : content(before, recorded?.surroundings ?? surroundings);
    return this.step(load.name, file, shard, content(now, surroundings), old, load.version);
  }

  private *programSteps(candidate: Candidate): Generator<ExplainedStep> {
    const before = this.earlier(candidate);
    const { facts } = inlineProgram(candidate.program);
    const inlined = this.shardOf(inline.name);
    const program: Fields = (writer) => writeInlineKey(candidate.body, facts.source?.digest ?? null, writer);
    const old: Fields | null =
      before === null
        ? null
        : (writer) => writeInlineKey(before.body, before.facts.source?.digest ?? null, writer);
    const step = this.step(inline.name, candidate.name, inlined, program, old, inline.version);
    const dialect = dialectOf(facts);
    const notes = [
      ...(step.note === null ? [] : [step.note]),
      ...(dialect === BASE ? [] : [`in ${dialect}`]),
    ];
    yield { ...step, note: notes.length === 0 ? null : notes.join(', ') };
    const cells = this.shardOf(validate.name);
    const outcomes: Outcome[] = [];
    for (let k = 0; k < this.inputs.samples.length; k++) {
      const { step, outcome } = this.cellStep(candidate, facts, k, cells, before);
      yield step;
      if (outcome !== null) outcomes.push(outcome);
    }
    yield this.scoreStep(candidate, outcomes, before);
  }

  private shardOf(phase: string): EntryIndex {
    const { store, task } = this.inputs;
    const shard = this.shards.get(phase) ?? store.actions.index(phase, task.id);
    this.shards.set(phase, shard);
    return shard;
  }

  /**
   * The recorded program with the same body, under any name; else the recorded program of the candidate with the same
   * file and name.
   */
  private earlier({ file, name, body }: Candidate): ProgramResult | null {
    if (this.old === null) return null;
    const { candidates, programs } = this.old;
    const same = programs.find((program) => program.body === body);
    if (same !== undefined) return same;
    const named = candidates.find((one) => one.file === file && one.name === name);
    return named === undefined ? null : programs[named.program];
  }

  private cellStep(
    candidate: Candidate,
    facts: ProgramFacts,
    k: number,
    shard: EntryIndex,
    before: ProgramResult | null,
  ): { step: ExplainedStep; outcome: Outcome | null } {
    const { task, samples, digests, surroundings, recorded } = this.inputs;
    const { kind, index } = samples[k];
    const { budget } = surroundings;
    const cell = { body: candidate.body, facts, task: task.id, demo: digests.demo, budget, fingerprintOf };
    const fields = cellFields(cell, digests.inputs[k]);
    const oldAt = this.old === null ? -1 : indexOfSample(this.old, samples[k]);
    const oldSample = oldAt < 0 ? undefined : this.old?.samples.at(oldAt);
    const oldWorld = recorded?.surroundings;
    let old: Fields | null = null;
    if (before !== null && oldSample !== undefined && oldWorld !== undefined) {
      const oldPrints = oldWorld.fingerprints.primitives;
      const oldCell = {
        body: before.body,
        facts: before.facts,
        task: task.id,
        demo: (this.old as TaskResult).demo,
        budget: oldWorld.budget,
        fingerprintOf: (name: string) => oldPrints[name] ?? '',
      };
      old = cellFields(oldCell, oldSample.input);
    }
    let note: string | null = null;
    if (oldSample === undefined && this.old !== null) note = 'the sample is new';
    else if (before?.outcomes.at(oldAt)?.status === 'skipped') note = 'the last build did without it';
    const sample = `${kind} ${index}`;
    const subject = `${candidate.name} on ${sample}`;
    const explained = this.step(validate.name, subject, shard, fields, old, validate.version, note);
    const step = { ...explained, sample };
    const entry = step.key === null ? undefined : shard.get(keyOf(step.key));
    return { step, outcome: entry === undefined ? null : validate.read(new ByteReader(entry.value)) };
  }

  private scoreStep(
    candidate: Candidate,
    outcomes: readonly Outcome[],
    before: ProgramResult | null,
  ): ExplainedStep {
    const { task, samples, expected } = this.inputs;
    if (outcomes.length < samples.length) {
      const note = 'it depends on the outcomes of cells that have to run first';
      return {
        phase: score.name,
        subject: candidate.name,
        sample: null,
        state: 'unknown',
        key: null,
        inputs: [],
        changed: [],
        note,
      };
    }
    const fields: Fields = (writer) => {
      const scored = samples.map(({ kind }, k) => ({ kind, outcome: outcomes[k], expected: expected[k] }));
      const seen = differInputs(this.inputs.differs, this.inputs.digests, this.inputs.surroundings.budget);
      writeScoreInputs({ task: task.id, samples: scored, differs: seen }, writer);
    };
    const { recorded } = this.inputs;
    const old: Fields | null =
      before === null || recorded === null
        ? null
        : (writer) => {
            this.scoringBefore ??= scoringOf(recorded);
            const { samples: scored, differs } = this.scoringBefore;
            writeScoreInputs({ task: task.id, samples: scoredOf(before, scored), differs }, writer);
          };
    const shard = this.shardOf(score.name);
    return this.step(score.name, candidate.name, shard, fields, old, score.version);
  }

  /** `settled`: the results of all steps are known, so that only the files themselves can have changed. */
  private publishStep(settled: boolean): ExplainedStep {
    const { recorded, out } = this.inputs;
    const changed: ChangedInput[] = [];
    for (const [file, before] of recorded?.published ?? []) {
      const now = this.files.statLink(`${out}/${file}`);
      if (now instanceof FileProblem) changed.push({ name: file, old: 'published', new: null });
      else if (!sameStat(now, before)) changed.push({ name: file, old: 'published', new: 'edited' });
    }
    const missing = recorded === null || changed.length > 0;
    const state = missing ? 'miss' : settled ? 'hit' : 'unknown';
    let note: string | null = null;
    if (changed.length > 0) note = 'published files were edited or removed: they will be restored';
    else if (state === 'unknown') note = 'it depends on the scores of programs that have to run first';
    const subject = this.inputs.task.id;
    return { phase: 'publish', subject, sample: null, state, key: null, inputs: [], changed, note };
  }

  private step(
    phase: string,
    subject: string,
    shard: EntryIndex,
    fields: Fields,
    old: Fields | null,
    version: string,
    note: string | null = null,
  ): ExplainedStep {
    const { key, inputs } = explainKey(phase, version, fields);
    const entry = shard.get(key);
    const oldVersion =
      this.inputs.recorded?.surroundings.fingerprints.phases[phase] ?? fingerprints.phases[phase];
    const changed = old === null ? [] : differences(explainKey(phase, oldVersion, old).inputs, inputs);
    return {
      phase,
      subject,
      sample: null,
      state: entry === undefined ? 'miss' : 'hit',
      key: Buffer.from(key, 'latin1').toString('hex'),
      inputs,
      changed,
      note: note ?? noteOf(entry?.run, old !== null, changed.length),
    };
  }
}

function cellFields(cell: CellInputs, input: GridDigest): Fields {
  // A new memo for each cell: explaining needs no shared parts.
  return (writer) => writeCellInputs(new KeyPart(), () => cell, input, writer);
}

function noteOf(run: number | undefined, compared: boolean, changed: number): string | null {
  if (run === NO_RUN) return 'made by another machine, from the shared cache';
  if (run !== undefined) return `made by run ${run}`;
  if (!compared) return 'it has not run before';
  return changed === 0 ? 'nothing differs, but its output is not in the store' : null;
}

function keyOf(hexadecimal: string) {
  return Buffer.from(hexadecimal, 'hex').toString('latin1') as ActionKey;
}
