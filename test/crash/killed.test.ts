/**
 * Kills commands at every point between a computed result and a published file, and at random moments.
 * `BATTBUILD_KILLS` is the number of random kills, `BATTBUILD_SEED` chooses their moments. bench/reliability/kills.ts
 * does the same for longer.
 */
import { expect, it } from 'vitest';
import { Campaign } from '../../bench/reliability/crash/campaign.js';
import { VICTIMS } from '../../bench/reliability/crash/victims.js';
import { Trial } from '../../bench/reliability/trial.js';
import { Random } from '../../bench/workspace/random.js';
import { FAIL_POINTS } from '../../src/fail-points.js';
import { temporaryFolder } from '../build/rig.js';

const KILLS = Number(process.env['BATTBUILD_KILLS'] ?? 2 * VICTIMS.length);
const SEED = process.env['BATTBUILD_SEED'] ?? '1';

const campaignOf = (tasks: number) =>
  new Campaign(new Trial(temporaryFolder(), tasks), new Random(`kills ${SEED}`));

it('a kill at any point loses nothing that was committed', async () => {
  const campaign = campaignOf(6);
  await campaign.atPoints(2);
  expect([...campaign.kills.keys()]).toEqual(FAIL_POINTS);
}, 300_000);

it(
  `a kill at any moment loses nothing that was committed (${KILLS} kills, seed ${SEED})`,
  async () => {
    const campaign = campaignOf(12);
    await campaign.atRandom(KILLS);
    expect(campaign.count).toBe(KILLS);
  },
  60_000 + KILLS * 10_000,
);
