import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Queue } from '../../src/workers/queue.js';

it('gives items back in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(), { nil: 'shift' as const })), (steps) => {
      const queue = new Queue<number>();
      const model: number[] = [];
      for (const step of steps) {
        if (step === 'shift') expect(queue.shift()).toBe(model.shift() ?? null);
        else {
          queue.push(step);
          model.push(step);
        }
        expect([queue.length, queue.head]).toEqual([model.length, model[0] ?? null]);
      }
      expect([...queue.drain()]).toEqual(model);
      expect(queue.length).toBe(0);
    }),
  );
});
