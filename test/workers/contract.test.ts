import { describePool } from './contract.js';
import { obedientPool } from './rig.js';

describePool('the pool of this machine', async (options) => obedientPool({ ...options }));
