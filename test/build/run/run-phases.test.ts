/** Running a subject through phases: what is known is taken, what is missing runs, and each batch is kept at once. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { Interrupted, type Run, runPhases } from '../../../src/build/run/run-phases.js';
import { PhaseCounters } from '../../../src/build/session/phase-counters.js';
import { SharedSteps } from '../../../src/build/shared/shared-steps.js';
import type { BuildEvent } from '../../../src/observe/event.js';
import type { AnyPhase, DirectPhase } from '../../../src/phases/phase.js';
import { SharedCache } from '../../../src/remote-cache/shared-cache.js';
import { addChecksum } from '../../../src/store/payload-checksum.js';
import { Store } from '../../../src/store/store.js';
import { ServerAddress } from '../../../src/workspace/config/server-address.js';
import { CacheServer } from '../../remote-cache/cache-server.js';
import { blobOf, FakePhase, type Words, wordsOf } from '../fake-phase.js';
import { temporaryFolder } from '../rig.js';

class Rig {
  readonly folder = temporaryFolder();
  store = Store.open(this.folder);
  readonly phase = new FakePhase();
  events: BuildEvent[] = [];
  counters = new PhaseCounters({ now: () => this.time });
  aborter = new AbortController();
  time = 0;

  run(subject: Words, options: Partial<Run> = {}, phases: readonly unknown[] = [this.phase]) {
    this.events = [];
    this.counters = new PhaseCounters({ now: () => this.time });
    const run: Run = {
      store: this.store,
      id: 1,
      counters: this.counters,
      clock: { now: () => this.time },
      emit: (event) => this.events.push(event),
      force: false,
      dryRun: false,
      signal: this.aborter.signal,
      ...options,
    };
    return runPhases(subject, subject.name, phases as readonly AnyPhase<Words, unknown>[], null, run);
  }

  /** Words that ran since the last call. */
  get ran(): string[] {
    return this.phase.ran.splice(0).flat();
  }

  get counts() {
    const { hits, misses } = this.counters.counts().get('fake') ?? { hits: 0, misses: 0 };
    return { hits, misses };
  }

  /** Everything stored for the phase, in the order of the words. */
  get stored(): string[] {
    const { entries } = this.store.actions.read('fake', 'subject');
    return [...entries.values()].map(({ value }) => Buffer.from(value.subarray(2)).toString());
  }
}

const capitals = (...words: string[]) => words.map((word) => [word, word.toUpperCase()]);

/** Every machine begins with an empty store: what it knows, it knows from the shared cache. */
class SharedRig extends Rig {
  private server: CacheServer | null = null;

  override async run(...[subject, options, phases]: Parameters<Rig['run']>) {
    this.server ??= await startServer();
    this.store = Store.open(temporaryFolder());
    const address = ServerAddress.parse(this.server.url, null);
    const cache = new SharedCache({ address, mode: 'readwrite', maxBytes: 1_000_000 });
    const shared = new SharedSteps(cache, this.store, 1);
    const work = await super.run(subject, { shared, ...options }, phases);
    this.store.write(() => shared.storePending());
    await cache.settle(10_000);
    expect(cache.counts).toMatchObject({ failures: 0, unsent: 0 });
    cache.close();
    return work;
  }
}

async function startServer(): Promise<CacheServer> {
  const server = await CacheServer.start();
  onTestFinished(() => server.stop());
  return server;
}

describe.each([
  ['the store', Rig],
  ['a shared cache', SharedRig],
])('what is known to %s', (_, Rig) => {
  describe('steps', () => {
    it('run when they are not known, and are taken from the store from then on', async () => {
      const rig = new Rig();
      const first = wordsOf('a', 'b', 'c');
      await rig.run(first);
      expect(rig.ran).toEqual(['a', 'b', 'c']);
      expect(rig.counts).toEqual({ hits: 0, misses: 3 });
      expect(first.accepted).toEqual(capitals('a', 'b', 'c'));

      const second = wordsOf('c', 'x', 'a');
      await rig.run(second);
      expect(rig.ran).toEqual(['x']);
      expect(rig.counts).toEqual({ hits: 2, misses: 1 });
      expect(second.accepted).toEqual(capitals('c', 'x', 'a'));
    });

    it('are known to other processes and later ones', async () => {
      const rig = new Rig();
      await rig.run(wordsOf('a'));
      rig.store.close();
      rig.store = Store.open(rig.folder);
      await rig.run(wordsOf('a', 'b'));
      expect(rig.ran).toEqual(['a', 'b']);
      expect(rig.counts).toEqual({ hits: 1, misses: 1 });
    });

    it('run again when their key, or the version of the phase, is another', async () => {
      const rig = new Rig();
      await rig.run(wordsOf('a'));
      rig.phase.world = 'changed';
      await rig.run(wordsOf('a'));
      rig.phase.world = 'world';
      rig.phase.version = '2';
      await rig.run(wordsOf('a'));
      rig.phase.version = '1';
      await rig.run(wordsOf('a'));
      expect(rig.phase.ran).toEqual([['a'], ['a'], ['a']]);
    });

    it('belong to their phase and shard', async () => {
      const rig = new Rig();
      await rig.run(wordsOf('a'));
      await rig.run({ ...wordsOf('a'), name: 'other subject' });
      await rig.run(wordsOf('a'), {}, [new FakePhase('other phase')]);
      expect(rig.phase.ran).toEqual([['a'], ['a']]);
    });

    it('with a null output are hits like any other', async () => {
      const rig = new Rig();
      await rig.run(wordsOf('nothing'));
      const again = wordsOf('nothing');
      await rig.run(again);
      expect(rig.counts).toEqual({ hits: 1, misses: 0 });
      expect(again.accepted).toEqual([['nothing', null]]);
    });

    it('whose output may not be kept run every time, and the others beside them once', async () => {
      const rig = new Rig();
      await rig.run(wordsOf('a', 'lost', 'b'));
      expect(rig.stored).toEqual(['A', 'B']);
      const again = wordsOf('a', 'lost', 'b');
      await rig.run(again);
      expect(rig.ran).toEqual(['a', 'lost', 'b', 'lost']);
      expect(again.accepted).toEqual(capitals('a', 'lost', 'b'));
    });

    it('with one key are each given its output', async () => {
      const rig = new Rig();
      const twice = wordsOf('a', 'b', 'a');
      await rig.run(twice);
      expect(twice.accepted).toEqual(capitals('a', 'b', 'a'));
      const again = wordsOf('a', 'a');
      await rig.run(again);
      expect(rig.counts).toEqual({ hits: 2, misses: 0 });
      expect(again.accepted).toEqual(capitals('a', 'a'));
    });

    it('may be none', async () => {
      const rig = new Rig();
      const none = wordsOf();
      expect(await rig.run(none)).toEqual(new Map([['fake', { steps: 0, micros: 0 }]]));
      expect(rig.ran).toEqual([]);
      expect(none.accepted).toEqual([]);
    });
  });

  describe('blobs', () => {
    it('are given to the subject with the outputs, those of hits and those of runs', async () => {
      const rig = new Rig();
      await rig.run(wordsOf('+a'));
      rig.phase.wordsPerBatch = 1;
      const mixed = wordsOf('+a', '+b', '+c');
      await rig.run(mixed);
      const given = [...mixed.blobs].map(([key, bytes]) => [key, Buffer.from(bytes).toString()]);
      expect(new Map(given as [string, string][])).toEqual(
        new Map(['+a', '+b', '+c'].map((word) => [blobOf(word), `of ${word}`])),
      );
    });
  });
});

describe('a stored output is a miss', () => {
  it('when its bytes are refused', async () => {
    const rig = new Rig();
    await rig.run(wordsOf('a'));
    rig.phase.reading = () => {
      rig.phase.reading = null;
      throw new RangeError('damaged');
    };
    const again = wordsOf('a');
    await rig.run(again);
    expect(rig.ran).toEqual(['a', 'a']);
    expect(rig.counts).toEqual({ hits: 0, misses: 1 });
    expect(again.accepted).toEqual(capitals('a'));
  });

  it('when its pack is damaged', async () => {
    const rig = new Rig();
    await rig.run(wordsOf('a'));
    rig.store['database'].exec('UPDATE pack SET payload = zeroblob(length(payload))');
    await rig.run(wordsOf('a'));
    expect(rig.ran).toEqual(['a', 'a']);
  });

  it('when a blob that it names is gone', async () => {
    const rig = new Rig();
    await rig.run(wordsOf('+a', 'b'));
    const { entries } = rig.store.actions.read('fake', 'subject');
    rig.store['database'].exec('DELETE FROM pack');
    rig.store.actions.append('fake', 'subject', 1, { entries: [...entries.values()], blobs: new Map() });
    await rig.run(wordsOf('+a', 'b'));
    expect(rig.ran).toEqual(['+a', 'b', '+a']);
    expect(rig.counts).toEqual({ hits: 1, misses: 1 });
  });

  it('but any other exception while it is read is a bug, and is raised', async () => {
    const rig = new Rig();
    await rig.run(wordsOf('a'));
    rig.phase.reading = () => {
      throw new TypeError('a bug');
    };
    await expect(rig.run(wordsOf('a'))).rejects.toThrow('a bug');
  });
});

describe('a forced run', () => {
  it('runs everything, and stores it anew', async () => {
    const rig = new Rig();
    await rig.run(wordsOf('a', 'b'));
    await rig.run(wordsOf('a', 'b'), { force: true, id: 2 });
    expect(rig.ran).toEqual(['a', 'b', 'a', 'b']);
    expect(rig.counts).toEqual({ hits: 0, misses: 2 });
    const { entries } = rig.store.actions.read('fake', 'subject');
    expect([...entries.values()].map(({ run }) => run)).toEqual([2, 2]);
  });
});

describe('a dry run', () => {
  it('runs nothing, and says that it does not know what comes after', async () => {
    const rig = new Rig();
    const later = new FakePhase('later');
    await rig.run(wordsOf('a'));
    rig.phase.ran.length = 0;
    const subject = wordsOf('a', 'b');
    expect(await rig.run(subject, { dryRun: true }, [rig.phase, later])).toBeNull();
    expect(rig.ran).toEqual([]);
    expect(later.ran).toEqual([]);
    expect(rig.counts).toEqual({ hits: 1, misses: 1 });
    expect(subject.accepted).toEqual([]);
    expect(rig.events).toEqual([
      { type: 'looked-up', phase: 'fake', subject: 'subject', hits: 1, misses: 1 },
      { type: 'phase-ended', phase: 'fake', subject: 'subject', startMs: 0, endMs: 0 },
    ]);
  });

  it('goes on where everything is known', async () => {
    const rig = new Rig();
    await rig.run(wordsOf('a'));
    const subject = wordsOf('a');
    expect(await rig.run(subject, { dryRun: true })).toEqual(new Map([['fake', { steps: 1, micros: 1 }]]));
    expect(subject.accepted).toEqual(capitals('a'));
  });

  it('runs what is harmless, and stores nothing of it', async () => {
    const rig = new Rig();
    rig.phase.harmless = true;
    const subject = wordsOf('a', 'b');
    expect(await rig.run(subject, { dryRun: true })).not.toBeNull();
    expect(rig.ran).toEqual(['a', 'b']);
    expect(subject.accepted).toEqual(capitals('a', 'b'));
    expect(rig.stored).toEqual([]);
  });
});

describe('an interruption', () => {
  /** A rig whose batches of one word wait until they are released. */
  function heldRig() {
    const rig = new Rig();
    rig.phase.wordsPerBatch = 1;
    const release = new Map<string, () => void>();
    rig.phase.before = ([word]) => new Promise((resolve) => release.set(word, resolve));
    const finish = async (word: string) => {
      release.get(word)?.();
      // By then everything has happened that waits for nothing else.
      await new Promise(setImmediate);
    };
    return { rig, finish };
  }

  it('keeps the batches that had finished, and nothing of those under way', async () => {
    const { rig, finish } = heldRig();
    const subject = wordsOf('a', 'b', 'c');
    const running = rig.run(subject);
    const ended = expect(running).rejects.toThrow(Interrupted);
    expect(rig.ran).toEqual(['a', 'b', 'c']);
    await finish('b');
    rig.aborter.abort();
    await finish('a');
    await finish('c');
    await ended;
    expect(subject.accepted).toEqual([]);
    expect(rig.stored).toEqual(['B']);

    rig.aborter = new AbortController();
    rig.phase.before = async () => {};
    const again = wordsOf('a', 'b', 'c');
    await rig.run(again);
    expect(rig.ran).toEqual(['a', 'c']);
    expect(again.accepted).toEqual(capitals('a', 'b', 'c'));
  });

  it('comes before the next phase', async () => {
    const rig = new Rig();
    const second = new FakePhase('second');
    rig.phase.accept = () => rig.aborter.abort();
    await expect(rig.run(wordsOf('a'), {}, [rig.phase, second])).rejects.toThrow(Interrupted);
    expect(rig.ran).toEqual(['a']);
    expect(second.ran).toEqual([]);
    expect(rig.stored).toEqual(['A']);
  });
});

describe('an exception in a phase', () => {
  it('is raised, and the batches that had finished are kept', async () => {
    const rig = new Rig();
    rig.phase.wordsPerBatch = 1;
    rig.phase.before = async ([word]) => {
      if (word === 'b') throw new Error('a bug');
    };
    await expect(rig.run(wordsOf('a', 'b', 'c'))).rejects.toThrow('a bug');
    expect(rig.stored).toContain('A');
    expect(rig.stored).not.toContain('B');
  });
});

describe('a store that cannot be written', () => {
  it('costs the memory of the run, not its results', async () => {
    const rig = new Rig();
    rig.phase.wordsPerBatch = 1000;
    const pages = rig.store['database'].pragma('page_count', { simple: true }) as number;
    rig.store['database'].pragma(`max_page_count = ${pages}`);
    const large = Array.from({ length: 3000 }, (_, k) => `word ${k}`);
    const subject = wordsOf(...large);
    await rig.run(subject);
    expect(subject.accepted).toEqual(capitals(...large));
    expect(rig.store.writeTrouble).toMatch(/full/);
    expect(rig.stored).toEqual([]);
  });
});

describe('the phases of a subject', () => {
  it('run in order, each on what the ones before it made', async () => {
    const rig = new Rig();
    const order: string[] = [];
    const [first, second] = [new FakePhase('first'), new FakePhase('second')];
    const direct: DirectPhase<Words, unknown> = {
      kind: 'direct',
      exclusive: false,
      name: 'direct',
      async apply(subject) {
        order.push(`direct sees ${subject.accepted.length}`);
        return { hits: 1, misses: 2, cpuMs: 5 };
      },
    };
    for (const phase of [first, second]) {
      const steps = phase.steps.bind(phase);
      phase.steps = (subject) => {
        order.push(phase.name);
        return steps(subject);
      };
    }
    const work = await rig.run(wordsOf('abc', 'd'), {}, [first, direct, second]);
    expect(order).toEqual(['first', 'direct sees 2', 'second']);
    expect(work).toEqual(
      new Map([
        ['first', { steps: 2, micros: 4 }],
        ['direct', { steps: 3, micros: 5000 }],
        ['second', { steps: 2, micros: 4 }],
      ]),
    );
    expect(rig.counters.counts().get('direct')).toMatchObject({ hits: 1, misses: 2, cpuMs: 5 });
  });
});

describe('what is counted and told', () => {
  it('is what hits saved, and what runs took', async () => {
    const rig = new Rig();
    await rig.run(wordsOf('abc', 'de'));
    expect(rig.counters.counts().get('fake')).toMatchObject({ hits: 0, misses: 2, cpuMs: 7, savedMs: 0 });
    const work = await rig.run(wordsOf('abc', 'de', 'f'));
    expect(rig.counters.counts().get('fake')).toMatchObject({ hits: 2, misses: 1, cpuMs: 7, savedMs: 0.005 });
    expect(work?.get('fake')).toEqual({ steps: 3, micros: 6 });
  });

  it('is each look, each batch and the end, with the times of the run\u2019s clock', async () => {
    const rig = new Rig();
    rig.phase.wordsPerBatch = 2;
    rig.time = 100;
    rig.phase.before = async () => {
      rig.time += 10;
    };
    await rig.run(wordsOf('a', 'b', 'c'));
    const common = { type: 'ran', phase: 'fake', subject: 'subject', cpuMs: 7 };
    expect(rig.events).toEqual([
      { type: 'looked-up', phase: 'fake', subject: 'subject', hits: 0, misses: 3 },
      { ...common, steps: 2, startMs: 100, endMs: expect.any(Number) },
      { ...common, steps: 1, startMs: expect.any(Number), endMs: 120 },
      { type: 'phase-ended', phase: 'fake', subject: 'subject', startMs: 100, endMs: 120 },
    ]);
  });

  it('is told after what it tells of is stored', async () => {
    const rig = new Rig();
    const storedThen: number[] = [];
    await rig.run(wordsOf('a', 'b'), {
      emit: (event) => {
        if (event.type === 'ran') storedThen.push(rig.stored.length);
      },
    });
    expect(storedThen).toEqual([2]);
  });
});

describe('sealed bytes that are no pack', () => {
  it('are a miss', async () => {
    const rig = new Rig();
    await rig.run(wordsOf('a'));
    rig.store['database'].prepare('UPDATE pack SET payload = ?').run(addChecksum(Uint8Array.of(200, 1, 2)));
    await rig.run(wordsOf('a'));
    expect(rig.ran).toEqual(['a', 'a']);
  });
});
