/** The same graph of small steps for ninja and make: 400 inputs, and 150 steps for each of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './bench.js';

const INPUTS = 400;
const STEPS_PER_INPUT = 150;
export const STEPS = INPUTS * STEPS_PER_INPUT;

/** An input that only one step reads. */
export const SINGLE_INPUT = 'in/single';

/**
 * Creates the graph in `folder`, fully up to date. The outputs are written here instead of by 60,000 processes; ninja
 * accepts them because its rule is a `generator` (then only times count, as in make).
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

/**
 * Checks for a build tool, and installs it from Debian's packages if possible; otherwise reports that it is missing.
 */
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
