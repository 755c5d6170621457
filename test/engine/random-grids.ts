/** Random grids of a task. */
import fc from 'fast-check';
import { Grid } from '../../src/dsl/value/value.js';
import type { TaskGrids } from '../../src/engine/batch.js';

export const grid: fc.Arbitrary<Grid> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([height, width]) => {
    const cells = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(9)), {
      minLength: height * width,
      maxLength: height * width,
    });
    return cells.map((entries) => new Grid(height, width, Int8Array.from(entries)));
  });

export const taskGrids: fc.Arbitrary<TaskGrids> = fc.record({
  inputs: fc.array(grid, { minLength: 1, maxLength: 3 }),
  demonstrations: fc.array(fc.record({ input: grid, output: grid }), { maxLength: 2 }),
});
