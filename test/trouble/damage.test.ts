/** A store that is damaged in any way costs time: no build after it comes to anything else than one with a new store. */
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
  // Some bits of a file mean nothing; these all do.
  const noticed = (
    ['a bit of a pack flipped', 'emptied', 'a text', 'of an older schema', 'of a newer schema'] as const
  )
    .map((name) => harmed.get(name))
    .filter((one) => one === undefined || one.noticed < one.done);
  expect(noticed).toEqual([]);
}, 600_000);
