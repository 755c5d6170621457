/**
 * Lets processes share a store and an output folder: `node dist-bench/bench/reliability/processes.js [--processes N]
 * [--minutes M] [--seed S]`. Prints one JSON line. The first round in which anything is lost, torn or done twice ends
 * it with exit code 1.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../workspace/random.js';
import { printLine } from './print.js';
import { Crowd } from './sharing/crowd.js';
import { Trial } from './trial.js';

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '8' },
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'battbuild-processes-'));
const startedAt = performance.now();
const seconds = () => (performance.now() - startedAt) / 1000;
const crowd = new Crowd(
  new Trial(folder, 24),
  Number(values.processes),
  new Random(`processes ${values.seed}`),
);
try {
  while (seconds() < Number(values.minutes) * 60) await crowd.round();
  printLine(
    {
      figure: 'processes-shared',
      measured: crowd.started,
      unit: 'processes',
      atOnce: Number(values.processes),
      rounds: crowd.rounds,
      killed: crowd.killed,
      cells: crowd.cells,
      deferred: crowd.deferred,
      cellsTwice: 0,
      lost: 0,
      seed: values.seed,
    },
    startedAt,
  );
} finally {
  await crowd.end();
  rmSync(folder, { recursive: true, force: true });
}
