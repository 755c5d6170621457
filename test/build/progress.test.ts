/** The progress that a build reports. */
import { expect, it } from 'vitest';
import { ProgressReader } from '../../src/observe/progress.js';
import { EXAMPLE, exampleWorkspace, MIRRORED, RECOLORED } from './example.js';
import { type Built, buildIn, LATER, writeFiles } from './rig.js';

/** Shares of tasks that began, by task; all of them must have ended. */
function sharesIn({ events }: Built): Record<string, number> {
  const shares: Record<string, number> = {};
  const ended: string[] = [];
  for (const event of events) {
    if (event.type === 'task-started') shares[event.task] = event.share;
    else if (event.type === 'task-ended') ended.push(event.task);
  }
  expect(ended.sort()).toEqual(Object.keys(shares).sort());
  return shares;
}

/** The progress that a reader of all events computes. */
function progressAfter({ events }: Built) {
  const reader = new ProgressReader(() => 0);
  for (const event of events) reader.read(event);
  return reader.progress();
}

it('shares its work out by cells at first, then also by what was recorded', async () => {
  const root = exampleWorkspace();
  const first = await buildIn(root);
  // 4 candidates on 3 samples and 2 on 2: a duplicate counts, because it is not known yet.
  const shares = sharesIn(first);
  expect(shares[RECOLORED]).toBeCloseTo(12 / 16);
  expect(shares[MIRRORED]).toBeCloseTo(4 / 16);
  expect(progressAfter(first)).toMatchObject({ tasks: { done: 2, toDo: 2, all: 2 }, files: null });
  const again = sharesIn(await buildIn(root, { force: true, world: LATER }));
  expect(again[RECOLORED] + again[MIRRORED]).toBeCloseTo(1);
});

it('tells how many files it loads, and ends tasks that turn out to be as they were', async () => {
  const root = exampleWorkspace();
  await buildIn(root, { world: LATER });
  const file = `solvers/${MIRRORED}/a.py`;
  writeFiles(root, { [file]: `${EXAMPLE[file]}\n# A comment.\n` });
  const built = await buildIn(root, { world: LATER });
  expect(built.events).toContainEqual({ type: 'loading', files: 1 });
  expect(sharesIn(built)).toEqual({ [MIRRORED]: 1 });
  expect(progressAfter(built).tasks).toEqual({ done: 1, toDo: 1, all: 2 });
});

it('tells nothing of the kind when nothing changed', async () => {
  const root = exampleWorkspace();
  await buildIn(root, { world: LATER });
  const { events } = await buildIn(root, { world: LATER });
  expect(events.map(({ type }) => type)).toEqual(['started', 'planned', 'stored', 'summary']);
});

it('tells how many workers are busy', async () => {
  const root = exampleWorkspace();
  const { events } = await buildIn(root, { world: { mainThreadCells: 0 }, flags: { jobs: '2' } });
  const busy = events.flatMap((event) => (event.type === 'busy' ? [event.workers] : []));
  expect(busy.length).toBeGreaterThan(1);
  expect(Math.max(...busy)).toBeLessThanOrEqual(2);
  busy.forEach((workers, k) => void expect(Math.abs(workers - (busy[k - 1] ?? 0))).toBe(1));
  expect(busy.at(-1)).toBe(0);
});
