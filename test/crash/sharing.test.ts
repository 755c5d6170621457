/** Processes that share a store and an output folder; bench/reliability/processes.ts does the same for longer. */
import { expect, it, onTestFinished } from 'vitest';
import { Crowd } from '../../bench/reliability/sharing/crowd.js';
import { Trial } from '../../bench/reliability/trial.js';
import { Random } from '../../bench/workspace/random.js';
import { temporaryFolder } from '../build/rig.js';

const ROUNDS = 6;

/** Whether they interfere is a matter of chance: there are more rounds until they have. */
const MOST_ROUNDS = 30;

it('a watch and three builds, one of them killed, run each step once and publish what one would', async () => {
  const crowd = new Crowd(new Trial(temporaryFolder(), 12), 4, new Random('crowd'));
  onTestFinished(() => crowd.end());
  const hasMet = () => crowd.deferred > 0 && crowd.killed > 0;
  while (crowd.rounds < ROUNDS || (!hasMet() && crowd.rounds < MOST_ROUNDS)) await crowd.round();
  expect(hasMet()).toBe(true);
}, 300_000);
