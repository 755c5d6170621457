/**
 * Kills commands: `node dist-bench/bench/reliability/kills.js [--kills N] [--seed S]`. First at every point between a
 * computed result and a published file, then at random moments. Prints one JSON line. The first kill that loses
 * anything ends it with exit code 1.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FAIL_POINTS } from '../../src/fail-points.js';
import { Random } from '../workspace/random.js';
import { Campaign } from './crash/campaign.js';
import { printLine } from './print.js';
import { Trial } from './trial.js';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
});
/** A point is reached once for each batch, file or task, so kills at its first times leave different states. */
const MOST_TIMES = 6;
const folder = mkdtempSync(join(tmpdir(), 'battbuild-kills-'));
const startedAt = performance.now();
try {
  const campaign = new Campaign(new Trial(folder, 12), new Random(`kills ${values.seed}`));
  const kills = Number(values.kills);
  // A third of the kills are at points, in whole rounds.
  for (let rounds = Math.floor(kills / 3 / FAIL_POINTS.length); rounds > 0; rounds--)
    await campaign.atPoints(MOST_TIMES);
  await campaign.atRandom(kills - campaign.count);
  printLine(
    {
      figure: 'kills-survived',
      measured: campaign.count,
      unit: 'kills',
      lost: 0,
      kills: Object.fromEntries(campaign.kills),
      tooLate: campaign.survivors,
      cellsKept: campaign.cellsKept,
      cellsAfter: campaign.cellsAfter,
      seed: values.seed,
    },
    startedAt,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
