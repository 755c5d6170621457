/** Standings of tasks after runs: changes are stored, for a bounded number of runs. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Store } from '../../../src/store/store.js';
import { KEPT_STANDINGS } from '../../../src/store/tables/standing-store.js';
import { temporaryFolder } from '../temporary-folder.js';

let store: Store;

beforeEach(() => {
  store = Store.open(temporaryFolder());
});

afterEach(() => {
  store.close();
});

function save(task: string, run: number, text: string | null, selection = 1): void {
  store.standings.save(selection, task, run, text === null ? null : Buffer.from(text));
}

function after(run: number): Record<string, string> {
  return Object.fromEntries(
    [...store.standings.after(1, run)].map(([task, bytes]) => [task, Buffer.from(bytes).toString()]),
  );
}

it('is what the last run that changed it left', () => {
  save('a', 1, 'one');
  save('b', 1, 'two');
  save('a', 3, 'other');
  save('a', 1, 'of another selection', 2);
  expect(after(1)).toEqual({ a: 'one', b: 'two' });
  expect(after(2)).toEqual(after(1));
  expect(after(3)).toEqual({ a: 'other', b: 'two' });
});

it('takes no row for what a run left as it was, or for a task that never was', () => {
  save('a', 1, 'one');
  save('a', 2, 'one');
  save('gone', 2, null);
  expect(store.standings.runs(1)).toEqual([1]);
});

it('knows when a task is no more, and when it is back', () => {
  save('a', 1, 'one');
  save('a', 2, null);
  save('a', 3, 'one');
  expect([after(1), after(2), after(3)]).toEqual([{ a: 'one' }, {}, { a: 'one' }]);
});

it('is bounded: of the oldest runs only what they left stays', () => {
  save('steady', 1, 'from the beginning');
  const last = KEPT_STANDINGS + 20;
  for (let run = 1; run <= last; run++) save('a', run, `after ${run}`);
  const before = [last - KEPT_STANDINGS + 1, last - 5, last].map(after);
  store.standings.thinOut(1);
  expect(store.standings.runs(1).length).toBeLessThanOrEqual(KEPT_STANDINGS + 1);
  expect([last - KEPT_STANDINGS + 1, last - 5, last].map(after)).toEqual(before);
});
