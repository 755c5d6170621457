/** Selections, runs and published files are recorded and read back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Store } from '../../src/store/store.js';
import type { PhaseCounts } from '../../src/store/tables/run-store.js';
import { temporaryFolder } from './temporary-folder.js';

let store: Store;

beforeEach(() => {
  store = Store.open(temporaryFolder());
});

afterEach(() => {
  store.close();
});

const text = (bytes: Uint8Array | null | undefined) => (bytes ? Buffer.from(bytes).toString() : bytes);

describe('a selection', () => {
  it('is unknown before it was saved, and then as it was saved last', () => {
    expect(store.selections.find('name')).toBeNull();
    const id = store.selections.save('name', 1, Buffer.from('first'));
    expect(store.selections.save('other', 1, Buffer.from('of another'))).not.toBe(id);
    expect(store.selections.save('name', 2, Buffer.from('second'))).toBe(id);
    const found = store.selections.find('name');
    expect({ ...found, state: text(found?.state) }).toEqual({ id, run: 2, state: 'second' });
  });

  it('has no state when that is damaged', () => {
    const id = store.selections.save('name', 1, Buffer.from('state'));
    store['database'].exec("UPDATE selection SET state = CAST('damaged state' AS BLOB)");
    expect(store.selections.find('name')).toEqual({ id, run: 1, state: null });
  });

  it('keeps states and results of its own tasks', () => {
    const [one, other] = ['one', 'other'].map((name) => store.selections.save(name, 1, Buffer.from('')));
    store.selections.saveTask(one, 't', Buffer.from('state'), Buffer.from('result'));
    store.selections.saveTask(other, 't', Buffer.from('its state'), Buffer.from('its result'));
    store.selections.saveTask(one, 't', Buffer.from('newer state'), Buffer.from('newer result'));
    store.selections.saveTask(one, 'u', Buffer.from('u state'), Buffer.from('u result'));
    store.selections.saveTaskState(one, 'u', Buffer.from('touched'));
    const states = (selection: number) =>
      [...store.selections.taskStates(selection)].map(([task, state]) => [task, text(state)]);
    expect(states(one)).toEqual([
      ['t', 'newer state'],
      ['u', 'touched'],
    ]);
    expect(states(other)).toEqual([['t', 'its state']]);
    expect(text(store.selections.taskResult(one, 't'))).toBe('newer result');
    expect(text(store.selections.taskResult(one, 'u'))).toBe('u result');
    expect(store.selections.taskResult(one, 'v')).toBeNull();
    store.selections.removeTask(one, 't');
    expect(states(one)).toEqual([['u', 'touched']]);
    expect(store.selections.taskResult(one, 't')).toBeNull();
    expect(text(store.selections.taskResult(other, 't'))).toBe('its result');
  });

  it('leaves out tasks whose records are damaged', () => {
    const id = store.selections.save('name', 1, Buffer.from(''));
    for (const task of ['t', 'u'])
      store.selections.saveTask(id, task, Buffer.from('state'), Buffer.from('result'));
    store['database'].exec("UPDATE task_state SET state = zeroblob(20) WHERE task = 't'");
    store['database'].exec("UPDATE task_result SET result = zeroblob(20) WHERE task = 'u'");
    expect([...store.selections.taskStates(id).keys()]).toEqual(['u']);
    expect(text(store.selections.taskResult(id, 't'))).toBe('result');
    expect(store.selections.taskResult(id, 'u')).toBeNull();
  });
});

describe('runs', () => {
  const counts: PhaseCounts = { hits: 1, misses: 2, wallMs: 3.5, cpuMs: 4.5, savedMs: 5.5 };

  it('are told newest first, with their phases, once they are finished', () => {
    for (let run = 1; run <= 3; run++) {
      expect(store.runs.begin(1000 * run, 'selection')).toBe(run);
      store.runs.finish(run, run, `summary ${run}`, new Map([['score', { ...counts, hits: run }]]));
    }
    store.runs.begin(9999, 'selection');
    const newest = store.runs.newest(2);
    expect(newest.map(({ phases, ...run }) => ({ ...run, phases: [...phases] }))).toEqual([
      { id: 3, started: 3000, wallMs: 3, summary: 'summary 3', phases: [['score', { ...counts, hits: 3 }]] },
      { id: 2, started: 2000, wallMs: 2, summary: 'summary 2', phases: [['score', { ...counts, hits: 2 }]] },
    ]);
  });

  it('older than the newest 2000 are forgotten', () => {
    store.write(() => {
      for (let run = 1; run <= 2200; run++) {
        store.runs.begin(run, 'selection');
        store.runs.finish(run, 1, 'summary', new Map([['score', counts]]));
      }
    });
    const runs = store.runs.newest(5000);
    expect([runs.length, runs[0].id, runs.at(-1)?.id]).toEqual([2000, 2200, 201]);
    const phases = store['database'].prepare('SELECT min(run) AS oldest FROM run_phase').get();
    expect(phases).toEqual({ oldest: 201 });
  });
});

describe('published files', () => {
  it('belong to an output folder and to every task that needs them', () => {
    const { published } = store;
    published.add('out', 't', ['a.py', 'b.py', 'a.py']);
    published.add('out', 'u', ['a.py']);
    published.add('elsewhere', 't', ['c.py']);
    expect(published.filesOf('out', 't').sort()).toEqual(['a.py', 'b.py']);
    expect(published.owners('out').sort()).toEqual(['t', 'u']);
    expect(published.isOurs('out', 'a.py')).toBe(true);
    expect(published.isOurs('out', 'c.py')).toBe(false);
    expect(published.isNeededElsewhere('out', 'a.py', 't')).toBe(true);
    expect(published.isNeededElsewhere('out', 'b.py', 't')).toBe(false);
    published.remove('out', 't', ['a.py', 'b.py']);
    expect(published.filesOf('out', 't')).toEqual([]);
    expect(published.filesOf('out', 'u')).toEqual(['a.py']);
    expect(published.filesOf('elsewhere', 't')).toEqual(['c.py']);
    expect(published.isOurs('out', 'b.py')).toBe(false);
  });
});

describe('size', () => {
  it('grows with what is stored, the journal included', () => {
    const before = store.size();
    store.selections.save('name', 1, Buffer.alloc(1_000_000));
    expect(store.size()).toBeGreaterThan(before + 1_000_000);
  });
});
