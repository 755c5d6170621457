/** Programs in Python against CPython's own processes: one for each program, and one for each program and sample. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, below, Unmeasurable } from '../measure/figure.js';
import { battbuild, timeOfBuild, timeOfNothing } from '../measure/process.js';
import { alternate, median } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { makePythonWorkspace } from '../workspace/python-programs.js';
import { Random } from '../workspace/random.js';
import type { Bench } from './bench.js';
import { RunningWatch } from './watch-edit.js';

const PROGRAMS = 1000;
const SAMPLES = 5;
/** CPython is measured for this many programs; the others are taken to need the same time. */
const MEASURED = 100;

export const python: Bench = async ({ folder, repetitions }) => {
  // The command may be a script that finds the interpreter.
  const found = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  if (found.status !== 0) throw new Unmeasurable('there is no python3');
  const python3 = found.stdout.trim();
  const workspace = join(folder, 'python-programs');
  rmSync(workspace, { recursive: true, force: true });
  makePythonWorkspace(workspace, PROGRAMS, new Random('python'));
  const build = `${process.execPath} ${battbuild()} build --quiet`;
  const cold = cpuOf(`rm -rf cache out; ${build}`, workspace);
  const files = readdirSync(join(workspace, 'python')).slice(0, MEASURED);
  const share = PROGRAMS / MEASURED;
  const each = share * cpuOf(files.map((file) => `${python3} judge.py python/${file}`).join('\n'), workspace);
  const one = files.flatMap((file) =>
    Array.from({ length: SAMPLES }, (_, sample) => `${python3} judge.py python/${file} ${sample}`),
  );
  const every = share * cpuOf(one.join('\n'), workspace);
  const [nothing, unchanged] = await alternate(repetitions, [timeOfNothing, () => timeOfBuild(workspace)]);
  const file = join(workspace, 'python', files[0]);
  const original = readFileSync(file, 'utf8');
  let edits = Date.now() % 1_000_000;
  const edit = () => writeFileSync(file, original.replace('return grid\n', `return grid + [[${++edits}]]\n`));
  const edited = median(
    Array.from({ length: 3 }, () => {
      edit();
      return timeOfBuild(workspace);
    }),
  );
  const { edits: watched, megabytes } = await watchedEdits(workspace, edit);
  const wide = '1,000 programs in Python on 5 samples';
  return [
    atMost(`${wide}, cold`, cold, { name: 'python3 once a program', value: each }, 0.5, 1, 'ms of CPU'),
    atMost(
      `${wide}, cold`,
      cold,
      { name: 'python3 once a program and sample', value: every },
      0.1,
      1,
      'ms of CPU',
    ),
    atMost(
      `${wide}, nothing changed`,
      unchanged,
      { name: 'node -e 0', value: nothing },
      TARGETS.nullBuild.nodes,
      repetitions,
    ),
    below(`${wide}, one edited`, edited, 'ms', 1500, 3),
    below(`${wide}, one edited in a watch`, watched, 'ms', 300, 5),
    below(`${wide}, an interpreter's memory at most`, megabytes, 'MB', 300, 1),
  ];
};

/** The time of an edit in a watch, and the memory of an interpreter that then runs everything again. */
async function watchedEdits(
  workspace: string,
  edit: () => void,
): Promise<{ readonly edits: number; readonly megabytes: number }> {
  const watch = new RunningWatch(workspace);
  try {
    await watch.until('waiting');
    const times: number[] = [];
    for (let k = 0; k < 6; k++) {
      const startedAt = performance.now();
      edit();
      await watch.until('results');
      times.push(performance.now() - startedAt);
      await watch.until('waiting');
    }
    const config = join(workspace, 'config', 'battbuild.json');
    const settings = JSON.parse(readFileSync(config, 'utf8')) as object;
    // With another budget every cell runs again.
    writeFileSync(config, JSON.stringify({ ...settings, 'python.events': 1_999_999 }));
    await watch.until('results');
    await watch.until('waiting');
    const megabytes = Math.max(...peaksOfInterpreters(watch.pid));
    // The first edit starts the interpreter.
    return { edits: median(times.slice(1)), megabytes };
  } finally {
    await watch.end();
  }
}

/** The largest sizes so far, in megabytes, of the interpreters that a process started. */
function peaksOfInterpreters(parent: number): number[] {
  const peaks: number[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const field = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1]);
      if (field('PPid') !== parent) continue;
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('interpreter.mjs')) continue;
      peaks.push(field('VmHWM') / 1000);
    } catch {
      // It has ended.
    }
  }
  if (peaks.length === 0) throw new Unmeasurable('the system does not tell the memory of processes');
  return peaks;
}

/** Milliseconds of CPU that a script takes, with all processes that it starts and waits for. */
function cpuOf(script: string, folder: string): number {
  const { stderr, status } = spawnSync(
    'bash',
    ['-c', `TIMEFORMAT='%U %S'; time {\n${script}\n} >/dev/null 2>&1`],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const [user, system] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  if (status === null || !(user >= 0)) throw new Error(`cannot be measured: ${stderr}`);
  return (user + system) * 1000;
}
