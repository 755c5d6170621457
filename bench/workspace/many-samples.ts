/** Makes workspaces whose tasks have thousands of samples, like the files that a generator of examples leaves. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from './random.js';

export interface ManySamples {
  readonly tasks: number;
  /** Samples of the list "arc-gen" of a task, besides three demonstrations and a test. */
  readonly samples: number;
  /** Distinct programs that are tried on every task. */
  readonly programs: number;
}

const SIDE = 10;

/** Fills `folder`, which may not exist. Each task is solved by mirroring rows. The same size gives the same bytes. */
export function makeManySamples(folder: string, { tasks, samples, programs }: ManySamples): void {
  for (const part of ['config', 'tasks', 'solvers']) mkdirSync(join(folder, part), { recursive: true });
  const config = { samples: ['train', 'test', 'arc-gen'], pairing: 'all' };
  writeFileSync(join(folder, 'config/battbuild.json'), JSON.stringify(config));
  for (let task = 0; task < tasks; task++) {
    const random = new Random(`many samples ${task}`);
    const list = (count: number) => Array.from({ length: count }, () => sampleOf(random));
    const text = JSON.stringify({ train: list(3), test: list(1), 'arc-gen': list(samples) });
    writeFileSync(join(folder, `tasks/many${task}.json`), text);
  }
  writeFileSync(join(folder, 'solvers/all.py'), solversOf(programs));
}

function sampleOf(random: Random) {
  const input = Array.from({ length: SIDE }, () => Array.from({ length: SIDE }, () => random.below(10)));
  return { input, output: input.map((row) => row.toReversed()) };
}

/** The first one is right; the others exchange colours, so that no two outputs are equal. */
function solversOf(programs: number): string {
  const others = Array.from({ length: programs - 1 }, (_, k) => {
    const [from, to] = [k % 10, (k + 1 + Math.floor(k / 10)) % 10];
    return `def other${k}(I):\n    x1 = vmirror(I)\n    return replace(x1, ${from}, ${to})\n`;
  });
  return ['def right(I):\n    return vmirror(I)\n', ...others].join('\n');
}
