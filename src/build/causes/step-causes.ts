/**
 * Why the steps of a task ran. Each step is compared with the corresponding step of the last build, input by input of
 * its key. A table gives the reason for each input; an input that is not in the table is named as it is.
 */
import type { Outcome } from '../../engine/outcome.js';
import type { CauseItem, Reason } from '../../observe/cause.js';
import { fingerprintOf } from '../../phases/fingerprints.js';
import { sourceOf, writeInlineKey } from '../../phases/inline.js';
import { KeyPart, type KeyWriter, keyInputs } from '../../phases/key.js';
import { type DifferInputs, differInputs, writeScoreInputs } from '../../phases/score.js';
import type { DifferSet } from '../../phases/subject/differ.js';
import type { TaskProgram, TaskSubject } from '../../phases/subject/task-subject.js';
import { writeCellInputs } from '../../phases/validate.js';
import type { GridDigest } from '../../task/task-digest.js';
import {
  indexOfSample,
  type ProgramResult,
  type SampleResult,
  type TaskResult,
} from '../record/task-result.js';
import type { Surroundings } from '../selection/selection.js';
import { type ChangedInput, differences } from './changed-inputs.js';

/** The last build's record of a task. */
export interface Before {
  readonly result: TaskResult;
  readonly surroundings: Surroundings;
}

/** Reasons with their items; a reason may have no item. */
export type Why = ReadonlyMap<Reason, readonly CauseItem[]>;

const WHY_NOT_STORED: Why = new Map([['not-stored', []]]);

/** Compares the steps of one task. */
export class StepCauses {
  private readonly bodies = new Map<string, ProgramResult>();
  private readonly named = new Map<string, ProgramResult>();
  /** By program: the corresponding program of the last build. */
  private readonly earlier = new Map<TaskProgram, ProgramResult | null>();
  private readonly programs = new Map<TaskProgram, Why>();
  private readonly alike = new Map<string, Why>();
  private readonly others = new Map<TaskProgram, Why | null>();
  /** Unique items: programs share most of their items. */
  private readonly items = new Map<string, CauseItem>();
  private readonly samples: readonly SampleBefore[];
  /** The common part of all scores of the last build; computed on first use. */
  private scoringBefore: ReturnType<typeof scoringOf> | null = null;

  constructor(
    private readonly subject: TaskSubject,
    private readonly differs: DifferSet,
    private readonly now: Surroundings,
    private readonly before: Before,
  ) {
    const { result } = before;
    for (const program of result.programs) this.bodies.set(program.body, program);
    for (const { file, name, program } of result.candidates) {
      this.named.set(`${file}\n${name}`, result.programs[program]);
    }
    this.samples = subject.samples.map((sample, k) => this.sampleBefore(sample, subject.digests.inputs[k]));
  }

  /** Why a program was inlined. */
  ofProgram(program: TaskProgram): Why {
    const other = this.otherProgram(program);
    if (other !== null) return other;
    const fields = (writer: KeyWriter) => writeInlineKey(program.body, sourceOf(program.program), writer);
    const source = this.earlierOf(program)?.facts.source?.digest ?? null;
    const before = (writer: KeyWriter) => writeInlineKey(program.body, source, writer);
    return orNotStored(this.compare('inline', before, fields));
  }

  /** Why a program ran on a sample. */
  ofCell(program: TaskProgram, sample: number): Why {
    const other = this.otherProgram(program);
    if (other !== null) return other;
    let why = this.programs.get(program);
    if (why === undefined) {
      why = this.compareLike(program, this.earlierOf(program) as ProgramResult);
      this.programs.set(program, why);
    }
    const { at, why: ofSample } = this.samples[sample];
    const outcome = at < 0 ? undefined : this.earlierOf(program)?.outcomes.at(at);
    const cut = lostOrSkipped(outcome);
    // There are many cells, and most have the reasons that their program's cells share.
    return orNotStored(ofSample.size === 0 && cut.size === 0 ? why : united(why, ofSample, cut));
  }

  /** Why a program was scored. */
  ofScore(program: TaskProgram): Why {
    const other = this.otherProgram(program);
    if (other !== null) return other;
    const { subject, differs, now } = this;
    const earlier = this.earlierOf(program) as ProgramResult;
    const task = subject.task.id;
    const scored = subject.samples.map(({ kind }, k) => {
      return { kind, outcome: program.outcomes[k], expected: subject.expected[k] };
    });
    this.scoringBefore ??= scoringOf(this.before);
    const scoredBefore = scoredOf(earlier, this.scoringBefore.samples);
    const seen = differInputs(differs, subject.digests, now.budget);
    const seenBefore = this.scoringBefore.differs;
    return orNotStored(
      this.compare(
        'score',
        (writer) => writeScoreInputs({ task, samples: scoredBefore, differs: seenBefore }, writer),
        (writer) => writeScoreInputs({ task, samples: scored, differs: seen }, writer),
      ),
    );
  }

  /**
   * Set if the program is new among the candidates: then comparing its steps with those of another program tells
   * nothing.
   */
  private otherProgram(program: TaskProgram): Why | null {
    let why = this.others.get(program);
    if (why === undefined) {
      why = this.findOther(program);
      this.others.set(program, why);
    }
    return why;
  }

  private findOther(program: TaskProgram): Why | null {
    const earlier = this.earlierOf(program);
    if (earlier?.body === program.body) return null;
    const { file, name } = this.subject.candidates[program.candidates[0]];
    const reason = earlier === null ? 'new-solver' : 'solver';
    const old = earlier === null ? null : short(earlier.body);
    return new Map([[reason, [{ reason, name: `${file} ${name}`, old, new: short(program.body) }]]]);
  }

  private earlierOf(program: TaskProgram): ProgramResult | null {
    let earlier = this.earlier.get(program);
    if (earlier === undefined) {
      earlier = this.bodies.get(program.body) ?? null;
      for (const index of program.candidates) {
        const { file, name } = this.subject.candidates[index];
        earlier ??= this.named.get(`${file}\n${name}`) ?? null;
      }
      this.earlier.set(program, earlier);
    }
    return earlier;
  }

  /** The reasons that unchanged programs with the same primitives share. */
  private compareLike(program: TaskProgram, earlier: ProgramResult): Why {
    const facts = [program.inlined?.facts ?? earlier.facts, earlier.facts];
    const key = facts.map(({ readsS, primitives }) => `${readsS} ${primitives.join(' ')}`).join('\n');
    let why = this.alike.get(key);
    if (why === undefined) {
      why = this.compareCells(program, earlier);
      this.alike.set(key, why);
    }
    return why;
  }

  /** The reasons that the cells of a program share. */
  private compareCells(program: TaskProgram, earlier: ProgramResult): Why {
    const { subject, now, before } = this;
    const task = subject.task.id;
    const facts = program.inlined?.facts ?? earlier.facts;
    const prints = before.surroundings.fingerprints.primitives;
    const then = {
      ...{ body: earlier.body, facts: earlier.facts, task, demo: before.result.demo },
      ...{ budget: before.surroundings.budget, fingerprintOf: (name: string) => prints[name] ?? '' },
    };
    const cell = {
      body: program.body,
      facts,
      task,
      demo: subject.digests.demo,
      budget: now.budget,
      fingerprintOf,
    };
    const input = subject.digests.inputs[0];
    return this.compare(
      'validate',
      (writer) => writeCellInputs(new KeyPart(), () => then, input, writer),
      (writer) => writeCellInputs(new KeyPart(), () => cell, input, writer),
    );
  }

  private sampleBefore(
    sample: { readonly kind: string; readonly index: number },
    input: GridDigest,
  ): SampleBefore {
    const { result } = this.before;
    const at = indexOfSample(result, sample);
    const name = `${this.subject.task.id} ${sample.kind} ${sample.index}`;
    if (at < 0) return { at, why: whyOf('new-sample', name, null, hexOf(input)) };
    const old = (result.samples.at(at) as SampleResult).input;
    return { at, why: old === input ? new Map() : whyOf('sample', name, hexOf(old), hexOf(input)) };
  }

  /** The changed inputs of a key, as reasons. */
  private compare(phase: string, old: (writer: KeyWriter) => void, now: (writer: KeyWriter) => void): Why {
    const version = (of: Surroundings) => of.fingerprints.phases[phase] ?? '';
    const inputs = keyInputs(version(this.now), now);
    const inputsBefore = keyInputs(version(this.before.surroundings), old);
    const why = new Map<Reason, CauseItem[]>();
    for (const changed of withoutConsequences(differences(inputsBefore, inputs))) {
      const { reason, name } = this.meaningOf(changed, phase);
      const items = why.get(reason) ?? [];
      why.set(reason, items);
      if (reason === 'differs') items.push(...this.changedDiffers());
      else if (name !== null)
        items.push(this.item(reason, name, shortened(changed.old), shortened(changed.new)));
    }
    return why;
  }

  private item(reason: Reason, name: string, old: string | null, now: string | null): CauseItem {
    const key = `${reason}\n${name}\n${old}\n${now}`;
    let item = this.items.get(key);
    if (item === undefined) {
      item = { reason, name, old, new: now };
      this.items.set(key, item);
    }
    return item;
  }

  private meaningOf(
    { name: input, old, new: now }: ChangedInput,
    phase: string,
  ): { reason: Reason; name: string | null } {
    const task = this.subject.task.id;
    const [first, second, number = '0'] = input.split(' ');
    // A score has fields for every sample; those of a new or removed sample changed because of the sample.
    if (/^(demo|test|sample) /.test(input) && (old === null || now === null)) {
      return { reason: old === null ? 'new-sample' : 'sample-gone', name: null };
    }
    if (first === 'primitive') return { reason: 'primitive', name: second };
    if (first.startsWith('budget.') || first === 'python.events') return { reason: 'budget', name: first };
    if (input === 'version') return { reason: 'code', name: phase };
    if (input === 'demonstrations') return { reason: 'demonstrations', name: task };
    if (input === 'differs') return { reason: 'differs', name: null };
    if (second === 'outcome') return { reason: 'outcomes', name: null };
    if (second === 'expected') return { reason: 'expected-output', name: `${task} ${first} ${number}` };
    if (first === 'sample') return { reason: 'sample', name: null };
    return { reason: 'input', name: input };
  }

  private changedDiffers(): CauseItem[] {
    const reason = 'differs';
    const nameOf = ({ file, name }: { readonly file: string; readonly name: string }) => `${file} ${name}`;
    const old = new Map(this.before.result.differs.map((differ) => [nameOf(differ), short(differ.body)]));
    const now = new Map(this.differs.differs.map((differ) => [nameOf(differ), short(differ.body)]));
    const items: CauseItem[] = [];
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const was = old.get(name) ?? null;
      const is = now.get(name) ?? null;
      if (was !== is) items.push({ reason, name, old: was, new: is });
    }
    // The digest of the set covers the code of the primitives that the differs can reach.
    return items.length > 0 ? items : [{ reason, name: 'the code that they reach', old: null, new: null }];
  }
}

/** The index of a sample in the last build (-1: none), and the reason that it gives. */
interface SampleBefore {
  readonly at: number;
  readonly why: Why;
}

/** The common part of the scores of the last build. */
export function scoringOf({ result, surroundings }: Before) {
  return { samples: [...result.samples], differs: differInputsOf(result, surroundings) };
}

/** The cells of a program in the last build, as inputs of its score. */
export function scoredOf({ outcomes }: ProgramResult, samples: readonly SampleResult[]) {
  return Array.from(outcomes, (outcome, k) => {
    const { kind, expected } = samples[k];
    return { kind, outcome, expected };
  });
}

/** What the differs of the last build read; null if there were none. */
function differInputsOf(result: TaskResult, { budget }: Surroundings): DifferInputs | null {
  const { differSet, samples, demo } = result;
  if (differSet.digest === '') return null;
  const inputs = Array.from(samples, ({ input }) => input);
  return { set: differSet.digest, inputs, demo: differSet.readsS ? demo : null, budget };
}

/** New differs read inputs that no score read before. */
function withoutConsequences(changes: readonly ChangedInput[]): readonly ChangedInput[] {
  if (!changes.some(({ name }) => name === 'differs')) return changes;
  const isSeen = ({ name, old, new: now }: ChangedInput) =>
    (old === null || now === null) && /^(sample input|budget\.|demonstrations)/.test(name);
  return changes.filter((changed) => !isSeen(changed));
}

export function united(...whys: readonly Why[]): Why {
  const some = whys.filter((why) => why.size > 0);
  if (some.length === 1) return some[0];
  const all = new Map<Reason, CauseItem[]>();
  for (const why of some) {
    for (const [reason, items] of why) all.set(reason, [...(all.get(reason) ?? []), ...items]);
  }
  return all;
}

function orNotStored(why: Why): Why {
  return why.size === 0 ? WHY_NOT_STORED : why;
}

const NO_REASON: Why = new Map();
const SKIPPED: Why = new Map([['skipped', []]]);
const LOST: Why = new Map([['lost', []]]);

function lostOrSkipped(outcome: Outcome | undefined): Why {
  if (outcome?.status === 'skipped') return SKIPPED;
  return outcome?.status === 'timeout' || outcome?.status === 'crashed' ? LOST : NO_REASON;
}

function whyOf(reason: Reason, name: string, old: string | null, now: string | null): Why {
  return new Map([[reason, [{ reason, name, old, new: now }]]]);
}

/** Digests are shortened to their first digits. */
function short(digest: string): string {
  return digest.slice(0, 12);
}

export function hexOf(digest: string): string {
  return short(Buffer.from(digest, 'latin1').toString('hex'));
}

function shortened(value: string | null): string | null {
  return value !== null && /^[0-9a-f]{32,}$/.test(value) ? short(value) : value === '' ? null : value;
}
