/** The same graph of small steps for ninja and make: 400 inputs, 150 steps that read each of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './bench.js';

const INPUTS = 400;
const STEPS_PER_INPUT = 150;
export const STEPS = INPUTS * STEPS_PER_INPUT;

/** The input that one step alone reads. */
export const SINGLE_INPUT = 'in/single';

/**
 * Makes the graph in `folder`, all of it up to date. The outputs are written here and not by 60,000 processes; ninja
 * takes them for its own because its rule is a `generator` (it then goes by times alone, as make does).
 */
export function makeStepGraph(folder: string): string {
  const graph = join(folder, 'step-graph');
  if (existsSync(join(graph, 'done'))) return graph;
  for (const part of ['in', 'out']) mkdirSync(join(graph, part), { recursive: true });
  const inputs = Array.from({ length: INPUTS }, (_, k) => `in/${k}`);
  const before = new Date(Date.now() - 60_000);
  for (const input of [...inputs, SINGLE_INPUT]) {
    writeFileSync(join(graph, input), 'input\n');
    utimesSync(join(graph, input), before, before);
  }
  const ninja = ['rule copy', '  command = cp $in $out', '  generator = 1'];
  const make = [];
  const outputs = [];
  for (let step = 0; step < STEPS; step++) {
    const input = step === 0 ? SINGLE_INPUT : inputs[step % INPUTS];
    const output = `out/${step}`;
    outputs.push(output);
    writeFileSync(join(graph, output), 'input\n');
    ninja.push(`build ${output}: copy ${input}`);
    make.push(`${output}: ${input}\n\tcp $< $@`);
  }
  writeFileSync(join(graph, 'build.ninja'), `${ninja.join('\n')}\n`);
  writeFileSync(join(graph, 'Makefile'), `all: ${outputs.join(' ')}\n${make.join('\n')}\n`);
  writeFileSync(join(graph, 'done'), '');
  return graph;
}

/** Whether a build tool is there; installs it from Debian's packages where that is possible, else says so. */
export function isInstalled(tool: 'ninja' | 'make'): boolean {
  if (answers(tool)) return true;
  if (process.getuid?.() === 0 && answers('apt-get')) {
    spawnSync('apt-get', ['install', '-y', tool === 'ninja' ? 'ninja-build' : 'make'], { stdio: 'ignore' });
    if (answers(tool)) return true;
  }
  say(`skipped: ${tool} is not installed (Debian's package: ${tool === 'ninja' ? 'ninja-build' : 'make'})`);
  return false;
}

function answers(tool: string): boolean {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0;
}
