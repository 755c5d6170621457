/**
 * Judges hostile programs: `node dist-bench/bench/reliability/fuzz.js [--programs N] [--seed S] [--first ROUND]`.
 * Prints one JSON line with the number of programs and of each outcome. The first violation ends it with exit code 1,
 * and prints the round with which to reproduce it.
 */
import { parseArgs } from 'node:util';
import { fuzz } from './poison/campaign.js';
import { printLine } from './print.js';

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
  },
});
const startedAt = performance.now();
const { programs, tasks, endings, slowestMs } = fuzz(
  values.seed,
  Number(values.programs),
  Number(values.first),
);
printLine(
  {
    figure: 'programs-fuzzed',
    measured: programs,
    unit: 'hostile programs',
    tasks,
    seed: values.seed,
    endings: Object.fromEntries([...endings].sort(([a], [b]) => (a < b ? -1 : 1))),
    slowestMs: Number(slowestMs.toFixed(1)),
  },
  startedAt,
);
