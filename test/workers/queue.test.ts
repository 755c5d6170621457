import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Queue } from '../../src/workers/queue.js';

it('gives items back in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(), fc.constant('shift'), fc.constant('unshift'))), (steps) => {
      const queue = new Queue<number | string>();
      const model: (number | string)[] = [];
      for (const step of steps) {
        if (step === 'shift') expect(queue.shift()).toBe(model.shift() ?? null);
        else if (step === 'unshift') {
          queue.unshift(step);
          model.unshift(step);
        } else {
          queue.push(step);
          model.push(step);
        }
        expect([queue.length, queue.head]).toEqual([model.length, model[0] ?? null]);
      }
      expect([...queue]).toEqual(model);
      expect([...queue.drain()]).toEqual(model);
      expect(queue.length).toBe(0);
    }),
  );
});
