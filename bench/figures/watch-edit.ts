/** A watch: the time from saving an edited solver to its result. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { QUIET_MS } from '../../src/watch/watch.js';
import { below } from '../measure/figure.js';
import { battbuild } from '../measure/process.js';
import { median } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type Bench, builtWorkspaceOf } from './bench.js';

export const watchEdit: Bench = async (options) => {
  const { repetitions } = options;
  const workspace = builtWorkspaceOf(options);
  const files = readdirSync(join(workspace, 'solvers')).sort();
  const file = join(workspace, 'solvers', files[files.length >> 1]);
  const original = readFileSync(file, 'utf8');
  const watch = new RunningWatch(workspace);
  try {
    await watch.until('waiting');
    const times: number[] = [];
    // The first round is not counted.
    for (let edit = 0; edit <= repetitions; edit++) {
      // Two constants beyond all colours, so that each edit gives a new program with the same cost.
      const fresh = `    return replace(I, ${Date.now() % 1_000_000_000}, ${edit})\n`;
      const startedAt = performance.now();
      writeFileSync(file, original.replace(/ {4}return .*\n/, fresh));
      await watch.until('results');
      times.push(performance.now() - startedAt);
      await watch.until('waiting');
    }
    const [, ...counted] = times;
    const whole = median(counted);
    const name = 'one solver edited while watching, from the save to its result, without the wait for quiet';
    const notes = {
      quietMs: QUIET_MS,
      wholeMs: Math.round(whole),
      slowestMs: Math.round(Math.max(...counted)),
    };
    return [{ ...below(name, whole - QUIET_MS, 'ms', TARGETS.watchEdit.ms, repetitions), notes }];
  } finally {
    writeFileSync(file, original);
    await watch.end();
  }
};

/** A watch as a separate process, read through its JSON lines. */
export class RunningWatch {
  private readonly child;
  private readonly closed: Promise<unknown>;
  private readonly types: string[] = [];
  private arrived: () => void = () => {};

  constructor(workspace: string) {
    this.child = spawn(process.execPath, [battbuild(), 'watch', '--json'], {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.types.push((JSON.parse(line) as { type: string }).type);
      this.arrived();
    });
    this.closed = new Promise((resolve) => this.child.on('close', resolve));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves at the next line of this type; earlier lines are skipped. */
  async until(type: string): Promise<void> {
    for (;;) {
      const at = this.types.indexOf(type);
      if (at >= 0) {
        this.types.splice(0, at + 1);
        return;
      }
      await new Promise<void>((resolve) => {
        this.arrived = resolve;
      });
    }
  }

  async end(): Promise<void> {
    this.child.kill('SIGINT');
    await this.closed;
  }
}
