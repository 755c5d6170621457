/**
 * Damages a store: `node dist-bench/bench/reliability/damage.js [--flips N] [--seed S]`. Flips this many bits; also
 * truncates, empties, swaps and ages the files. Prints one JSON line. The first wrong result ends it with exit code
 * 1.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../workspace/random.js';
import { DamageCampaign, damage } from './damage/campaign.js';
import { printLine } from './print.js';
import { Trial } from './trial.js';

const { values } = parseArgs({
  options: { flips: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const folder = mkdtempSync(join(tmpdir(), 'battbuild-damage-'));
const startedAt = performance.now();
try {
  const campaign = await DamageCampaign.begin(new Trial(folder, 4), new Random(`damage ${values.seed}`));
  await damage(campaign, Number(values.flips));
  const all = [...campaign.harmed.values()];
  printLine(
    {
      figure: 'damage-survived',
      measured: all.reduce((sum, { done }) => sum + done, 0),
      unit: 'damaged stores',
      noticed: all.reduce((sum, { noticed }) => sum + noticed, 0),
      wrong: 0,
      harms: Object.fromEntries(campaign.harmed),
      seed: values.seed,
    },
    startedAt,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
