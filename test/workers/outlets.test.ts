/** Two outlets are one queue to the user. */
import { expect, it } from 'vitest';
import type { OutletListener, OutletState, OutletTrouble } from '../../src/workers/outlet.js';
import { type Language, Outlets, type WorkerOutlet } from '../../src/workers/outlets.js';

const GONE: OutletTrouble = { kind: 'unreachable', message: 'gone', hint: null };

async function twoOutlets() {
  const listeners = new Map<Language, OutletListener>();
  let begun = 0;
  const outlets = new Outlets(async (language, listener) => {
    listeners.set(language, listener);
    return { begin: () => begun++ } as unknown as WorkerOutlet;
  });
  await outlets.open('solver');
  await outlets.open('python');
  const states: OutletState[] = [];
  const troubles: OutletTrouble[] = [];
  const listener = {
    changed: (state: OutletState) => void states.push(state),
    trouble: (trouble: OutletTrouble) => void troubles.push(trouble),
  };
  const of = (language: Language) => listeners.get(language) as OutletListener;
  return { outlets, listener, of, states, troubles, begun: () => begun };
}

it('counts a worker of both once, and what is out of both', async () => {
  const { outlets, listener, of, states } = await twoOutlets();
  outlets.begin(listener);
  of('solver').changed({ workers: 2, slots: 8, machines: ['a', 'b'], out: 3 });
  of('python').changed({ workers: 1, slots: 4, machines: ['b'], out: 2 });
  expect(states.at(-1)).toEqual({ workers: 2, slots: 8, machines: ['a', 'b'], out: 5 });
});

it('tells a problem of both once a build, and one between builds in the next', async () => {
  const { outlets, listener, of, troubles, begun } = await twoOutlets();
  of('python').trouble(GONE);
  expect(troubles).toEqual([]);
  outlets.begin(listener);
  of('solver').trouble(GONE);
  expect(troubles).toEqual([GONE]);
  of('solver').trouble({ ...GONE, kind: 'different-answer', message: 'one worker' });
  of('solver').trouble({ ...GONE, kind: 'different-answer', message: 'another worker' });
  expect(troubles).toHaveLength(3);
  outlets.begin(listener);
  of('python').trouble(GONE);
  expect(troubles).toHaveLength(4);
  expect(begun()).toBe(4);
});
