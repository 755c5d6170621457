/** Any damage of a store costs only time: every later build has the results of a build with a new store. */
import { expect, it } from 'vitest';
import { DamageCampaign, damage } from '../../bench/reliability/damage/campaign.js';
import { HARMS } from '../../bench/reliability/damage/harms.js';
import { Trial } from '../../bench/reliability/trial.js';
import { Random } from '../../bench/workspace/random.js';
import { temporaryFolder } from '../build/rig.js';

const FLIPS = Number(process.env['BATTBUILD_FLIPS'] ?? 200);
const SEED = process.env['BATTBUILD_SEED'] ?? '1';

it(`is right after ${FLIPS} flipped bits, and whatever else becomes of its store (seed ${SEED})`, async () => {
  const campaign = await DamageCampaign.begin(new Trial(temporaryFolder(), 4), new Random(`damage ${SEED}`));
  await damage(campaign, FLIPS);
  const { harmed } = campaign;
  expect([...harmed.keys()]).toEqual(Object.keys(HARMS));
  // Some bits of a file have no meaning; all of these have one.
  const noticed = (
    ['a bit of a pack flipped', 'emptied', 'a text', 'of an older schema', 'of a newer schema'] as const
  )
    .map((name) => harmed.get(name))
    .filter((one) => one === undefined || one.noticed < one.done);
  expect(noticed).toEqual([]);
}, 600_000);
