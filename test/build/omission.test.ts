/** Running phases that may skip steps: in rounds; a skipped step is neither known nor counted. */
import { describe, expect, it } from 'vitest';
import { Interrupted, type Run, runPhases } from '../../src/build/run/run-phases.js';
import { PhaseCounters } from '../../src/build/session/phase-counters.js';
import type { BuildEvent } from '../../src/observe/event.js';
import type { AnyPhase, StepOutputs } from '../../src/phases/phase.js';
import { Store } from '../../src/store/store.js';
import { FakePhase, type Words, wordsOf } from './fake-phase.js';
import { temporaryFolder } from './rig.js';

type Outputs = readonly (string | null | undefined)[];

/** Skipped steps are marked; `'end...'` skips the rest of its batch. */
class OmittingPhase extends FakePhase {
  /** The wanted rounds, as lists of batches of words, given the known outputs. */
  plan: (known: Outputs) => Iterable<string[][]> = () => [];

  readonly omission = {
    skipped: 'SKIPPED',
    isSkipped: (output: string | null) => output === 'SKIPPED',
    rounds: (steps: readonly { readonly word: string }[], outputs: Outputs) => {
      const byWord = new Map(steps.map((step) => [step.word, step]));
      const rounds = this.plan(outputs);
      return (function* () {
        for (const round of rounds)
          yield round.map((batch) => batch.map((word) => byWord.get(word) as { word: string }));
      })();
    },
  };

  override async run(steps: readonly { readonly word: string }[]): Promise<StepOutputs<string | null>> {
    const ended = steps.findIndex(({ word }) => word.startsWith('end'));
    const ran = await super.run(ended < 0 ? steps : steps.slice(0, ended + 1));
    const skipped = steps.length - ran.outputs.length;
    const rest = <Value>(value: Value) => new Array<Value>(skipped).fill(value);
    return { ...ran, outputs: [...ran.outputs, ...rest('SKIPPED')], micros: [...ran.micros, ...rest(0)] };
  }

  override cacheable(output: string | null): boolean {
    return output !== 'SKIPPED';
  }
}

class Rig {
  readonly store = Store.open(temporaryFolder());
  readonly phase = new OmittingPhase();
  readonly aborter = new AbortController();
  events: BuildEvent[] = [];
  counters = new PhaseCounters(performance);

  run(subject: Words, options: Partial<Run> = {}) {
    this.events = [];
    this.counters = new PhaseCounters(performance);
    this.phase.ran.length = 0;
    const run: Run = {
      store: this.store,
      id: 1,
      counters: this.counters,
      clock: performance,
      emit: (event) => this.events.push(event),
      force: false,
      dryRun: false,
      signal: this.aborter.signal,
      ...options,
    };
    return runPhases(subject, subject.name, [this.phase as AnyPhase<Words, unknown>], null, run);
  }

  get counts() {
    const { hits, misses } = this.counters.counts().get('fake') ?? { hits: 0, misses: 0 };
    return { hits, misses };
  }

  /** The numbers of steps in the events: found, to be run next, and run. */
  get told() {
    const told: object[] = [];
    for (const event of this.events) {
      if (event.type === 'looked-up') told.push({ hits: event.hits, misses: event.misses });
      else if (event.type === 'ran') told.push({ ran: event.steps });
    }
    return told;
  }
}

describe('what no round has', () => {
  it('is left out, and is missing for a later run', async () => {
    const rig = new Rig();
    rig.phase.plan = () => [[['a', 'c']]];
    const first = wordsOf('a', 'b', 'c');
    const work = await rig.run(first);
    expect(first.accepted).toEqual([
      ['a', 'A'],
      ['b', 'SKIPPED'],
      ['c', 'C'],
    ]);
    expect(rig.counts).toEqual({ hits: 0, misses: 2 });
    expect(rig.told).toEqual([{ hits: 0, misses: 2 }, { ran: 2 }]);
    expect(work?.get('fake')).toEqual({ steps: 2, micros: 2 });

    rig.phase.plan = () => [[['b']]];
    const second = wordsOf('a', 'b', 'c');
    await rig.run(second);
    expect(rig.phase.ran).toEqual([['b']]);
    expect(rig.counts).toEqual({ hits: 2, misses: 1 });
    expect(second.accepted.map(([, output]) => output)).toEqual(['A', 'B', 'C']);
  });

  it('may be everything', async () => {
    const rig = new Rig();
    const subject = wordsOf('a', 'b');
    const work = await rig.run(subject);
    expect(subject.accepted.map(([, output]) => output)).toEqual(['SKIPPED', 'SKIPPED']);
    expect(rig.told).toEqual([{ hits: 0, misses: 0 }]);
    expect(work?.get('fake')).toEqual({ steps: 0, micros: 0 });
  });
});

describe('what a batch leaves out', () => {
  it('has not run: it is not kept, and counts for nothing', async () => {
    const rig = new Rig();
    rig.phase.plan = () => [[['a', 'end', 'b', 'c'], ['d']]];
    const subject = wordsOf('a', 'b', 'c', 'd', 'end');
    const work = await rig.run(subject);
    expect(subject.accepted.map(([, output]) => output)).toEqual(['A', 'SKIPPED', 'SKIPPED', 'D', 'END']);
    expect(rig.counts).toEqual({ hits: 0, misses: 3 });
    expect(rig.told).toEqual([{ hits: 0, misses: 5 }, { ran: 2 }, { ran: 1 }]);
    expect(work?.get('fake')?.steps).toBe(3);
    expect(rig.store.actions.read('fake', 'subject').entries.size).toBe(3);
  });
});

describe('rounds', () => {
  it('come one after another, each asked for when what came before is known', async () => {
    const rig = new Rig();
    rig.phase.plan = () => [[['a']]];
    await rig.run(wordsOf('a'));
    const known: Outputs[] = [];
    rig.phase.plan = function* (outputs) {
      known.push([...outputs]);
      yield [['b'], ['c']];
      known.push([...outputs]);
      yield [['d']];
      known.push([...outputs]);
    };
    await rig.run(wordsOf('a', 'b', 'c', 'd', 'e'));
    expect(rig.phase.ran).toEqual([['b'], ['c'], ['d']]);
    expect(known).toEqual([
      ['A', undefined, undefined, undefined, undefined],
      ['A', 'B', 'C', undefined, undefined],
      ['A', 'B', 'C', 'D', undefined],
    ]);
    expect(rig.told).toEqual([{ hits: 1, misses: 2 }, { ran: 1 }, { ran: 1 }, { ran: 1 }]);
    expect(rig.counts).toEqual({ hits: 1, misses: 3 });
  });

  it('that have finished are kept when a later one is interrupted', async () => {
    const rig = new Rig();
    rig.phase.plan = () => [[['a']], [['b']], [['c']]];
    rig.phase.before = async ([word]) => {
      if (word === 'b') rig.aborter.abort();
    };
    await expect(rig.run(wordsOf('a', 'b', 'c'))).rejects.toThrow(Interrupted);
    expect(rig.phase.ran).toEqual([['a'], ['b']]);
    expect(rig.store.actions.read('fake', 'subject').entries.size).toBe(1);
  });

  it('do not run in a dry run, which tells the first of them', async () => {
    const rig = new Rig();
    rig.phase.plan = () => [[['a', 'b']], [['c']]];
    expect(await rig.run(wordsOf('a', 'b', 'c'), { dryRun: true })).toBeNull();
    expect(rig.phase.ran).toEqual([]);
    expect(rig.told).toEqual([{ hits: 0, misses: 2 }]);
  });
});
