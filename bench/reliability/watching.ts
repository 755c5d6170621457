/**
 * Plays tricks on watches: `node dist-bench/bench/reliability/watching.js [--repetitions N] [--lose N] [--limit MS]
 * [--seed S]`. Each trick is followed by an edit, which must be seen within the limit. `--lose N`: every N-th hint is
 * lost on purpose. Prints one JSON line for each trick; exit code 1 if an edit was seen too late.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../workspace/random.js';
import { printLine } from './print.js';
import { playTrick } from './watching/campaign.js';
import { MOUNT, TRICKS } from './watching/tricks.js';

const { values } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '200' },
    lose: { type: 'string', default: '0' },
    limit: { type: 'string', default: '3000' },
    trick: { type: 'string', default: '' },
    mount: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'battbuild-watching-'));
const startedAt = performance.now();
const limit = Number(values.limit);
try {
  const tricks = [...TRICKS, ...(values.mount ? [MOUNT] : [])].filter(({ name }) =>
    name.includes(values.trick),
  );
  await Promise.all(
    tricks.map(async (trick) => {
      const random = new Random(`${trick.name} ${values.seed}`);
      const draw = () => random.below(1000) / 1000;
      const { times } = await playTrick(folder, trick, Number(values.repetitions), Number(values.lose), draw);
      const late = times.filter((time) => time > limit).length;
      if (late > 0) process.exitCode = 1;
      printLine(
        {
          figure: 'edits-seen',
          trick: trick.name,
          measured: times.length - late,
          unit: `edits within ${limit} ms`,
          late,
          medianMs: Math.round(times[times.length >> 1]),
          slowestMs: Math.round(times[times.length - 1]),
          lose: Number(values.lose),
          seed: values.seed,
        },
        startedAt,
      );
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
