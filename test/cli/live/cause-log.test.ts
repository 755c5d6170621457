/** The output of `build --explain`: a bounded number of lines without control characters. */
import { expect, it } from 'vitest';
import { CauseLog } from '../../../src/cli/live/cause-log.js';
import { Style } from '../../../src/cli/render/style.js';
import type { Cause } from '../../../src/observe/cause.js';

function cause(changes: Partial<Cause> = {}): Cause {
  return {
    reasons: ['primitive'],
    items: [],
    moreItems: 0,
    steps: { score: 1, validate: 4 },
    programs: 2,
    taskCount: 1,
    tasks: ['a'],
    ...changes,
  };
}

const explained = (subject: string, ...causes: Cause[]) => ({ type: 'explained', subject, causes }) as const;

it('are six for the same reasons; the other tasks are counted', () => {
  const lines = new CauseLog(new Style(1));
  const said = Array.from({ length: 400 }, (_, k) => lines.read(explained(`task${k}`, cause()))).flat();
  expect(said).toHaveLength(6);
  expect(said[0]).toBe('task0: 4 cells of 2 programs, 1 scored: primitive has other code');
  expect(lines.rest()).toEqual(['394 other tasks: primitive has other code']);
});

it('are at most five a task, each with few items', () => {
  const lines = new CauseLog(new Style(1));
  const items = Array.from({ length: 8 }, (_, k) => {
    return { reason: 'primitive', name: `p${k}`, old: 'x', new: 'y' } as const;
  });
  const reasons = ['primitive', 'budget', 'differs', 'code', 'outcomes', 'lost'] as const;
  const said = lines.read(
    explained('a', ...reasons.map((reason) => cause({ reasons: [reason], items, moreItems: 2 }))),
  );
  expect(said).toHaveLength(5);
  expect(said[0]).toMatch(/: primitive has other code: p0 x -> y, p1 x -> y, p2 x -> y and 7 others$/);
  expect(said[4]).toBe('a: 2 other causes');
});

it('show names from inputs harmlessly', () => {
  const items = [{ reason: 'file', name: 'b\u001b[2J', old: 'x', new: null }] as const;
  const said = new CauseLog(new Style(1)).read(explained('a\nb', cause({ reasons: ['file'], items })));
  expect(said).toEqual(['a\\x0ab: 4 cells of 2 programs, 1 scored: other content: b\\x1b[2J (gone)']);
});

it('say that nothing ran', () => {
  expect(new CauseLog(new Style(1)).rest()).toEqual(['no step ran: no input changed']);
});
