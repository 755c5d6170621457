/**
 * Kills workers, Redis and builds that share a queue: `node dist-bench/bench/reliability/queue.js [--kills N] [--seed S]`.
 * Needs an installed redis-server. Where a network namespace can be made, the network is cut in turn, too. Prints one JSON line; the first kill that loses anything ends it with exit code 1.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../workspace/random.js';
import { printLine } from './print.js';
import { QueueCampaign } from './queue/campaign.js';
import { Namespace } from './queue/namespace.js';
import { RedisProcess } from './queue/redis-process.js';
import { Trial } from './trial.js';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const folder = mkdtempSync(join(tmpdir(), 'battbuild-queue-'));
const startedAt = performance.now();
const random = new Random(`queue ${values.seed}`);
const namespace = Namespace.make();
if (namespace === null) console.error('no network is cut: no namespace can be made here');
const server = await (namespace === null ? RedisProcess.start() : RedisProcess.startIn(namespace));
const campaign = new QueueCampaign(new Trial(folder, 24), server, random, namespace);
try {
  while (campaign.count < Number(values.kills)) await campaign.round();
  printLine(
    {
      figure: 'queue-kills-survived',
      measured: campaign.count,
      unit: 'kills',
      lost: 0,
      kills: campaign.kills,
      builds: campaign.builds,
      cellsElsewhere: campaign.cellsElsewhere,
      seed: values.seed,
    },
    startedAt,
  );
} finally {
  await campaign.end();
  rmSync(folder, { recursive: true, force: true });
}
