import { onTestFinished } from 'vitest';
import { Pool } from '../../src/workers/pool.js';
import { FunctionSlot } from '../../src/workers/slots/function-slot.js';
import { describePool } from './contract.js';
import { type Order, obedientPool } from './rig.js';

describePool('the pool of this machine', async (options) => obedientPool({ ...options }));

describePool('a pool that asks a function', async ({ size = 1 } = {}) => {
  const asked = obedientPool({ size });
  const pool = new Pool<Order, unknown, unknown>({
    size,
    slotOf: (events) =>
      new FunctionSlot((order, context) => asked.run(order, context === null ? {} : { context }), events),
  });
  onTestFinished(async () => {
    pool.kill();
    await pool.close();
  });
  return pool;
});
