import { expect, it } from 'vitest';
import { filePhases, taskPhases } from '../../src/phases/phases.js';
import { PHASE_ORDER } from '../../src/text/phase-order.js';

it('has every phase once, in the order in which they run: records name phases by their place', () => {
  expect(PHASE_ORDER).toEqual([...filePhases, ...taskPhases].map(({ name }) => name));
});
