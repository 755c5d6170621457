/**
 * The memory of commands that show a few of many samples: for tasks with 1,000 samples each, and with 16 times as
 * many.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, type Figure } from '../measure/figure.js';
import { measureCommand, timeOfBuild } from '../measure/process.js';
import { median } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { makeManySamples } from '../workspace/many-samples.js';
import { type Bench, say } from './bench.js';

const TASKS = 4;
const PROGRAMS = 20;
const FEW = 1000;
const MANY = 16_000;

/** Peaks vary little. */
const REPETITIONS = 3;

const COMMANDS: readonly (readonly string[])[] = [
  ['show', 'many0'],
  ['results'],
  ['stats'],
  ['explain', 'many0/right'],
];

export const manySamples: Bench = async ({ folder, repetitions }) => {
  const [few, many] = [FEW, MANY].map((samples) => built(folder, samples));
  const times = Math.min(REPETITIONS, repetitions);
  const figures: Figure[] = [];
  for (const command of COMMANDS) {
    const [less, more] = [await peakOf(few, command, times), await peakOf(many, command, times)];
    const baseline = { name: `${FEW} samples`, value: less.megabytes };
    const name = `peak memory of ${command[0]}, ${TASKS} tasks x ${MANY} samples x ${PROGRAMS} programs`;
    figures.push({
      ...atMost(name, more.megabytes, baseline, TARGETS.manySamples, times, 'MB'),
      notes: { wallMs: Math.round(more.wallMs), wallMsOfFew: Math.round(less.wallMs) },
    });
  }
  return figures;
};

function built(folder: string, samples: number): string {
  const workspace = join(folder, `many-samples-${samples}`);
  if (!existsSync(workspace)) {
    say(`making a workspace of ${TASKS} tasks x ${samples} samples`);
    makeManySamples(workspace, { tasks: TASKS, samples, programs: PROGRAMS });
  }
  timeOfBuild(workspace);
  return workspace;
}

async function peakOf(workspace: string, command: readonly string[], repetitions: number) {
  const runs = [];
  for (let k = 0; k < repetitions; k++) runs.push(await measureCommand(workspace, ...command));
  return {
    megabytes: median(runs.map(({ peakMegabytes }) => peakMegabytes)),
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
  };
}
