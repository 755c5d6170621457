/** Runs programs and measures them from outside. */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildEvent, Summary } from '../../src/observe/event.js';
import { PROJECT } from '../paths.js';

/** Wall time of a command in milliseconds; throws if it fails. */
export function timeOf(command: string, args: readonly string[], folder: string): number {
  const startedAt = performance.now();
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: 'ignore' });
  const took = performance.now() - startedAt;
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
  return took;
}

/** The baseline of every command: a Node process that does nothing. */
export function timeOfNothing(): number {
  return timeOf(process.execPath, ['-e', '0'], tmpdir());
}

/** The compiled battbuild; BATTBUILD_MAIN names another build of it. */
export function battbuild(): string {
  return process.env['BATTBUILD_MAIN'] ?? join(PROJECT, 'dist/bundle/main.js');
}

export function timeOfBuild(workspace: string, ...options: readonly string[]): number {
  return timeOf(process.execPath, [battbuild(), 'build', ...options], workspace);
}

/** A build, with its events and its use of resources. */
export interface MeasuredBuild extends Resources {
  readonly summary: Summary;
  /** All events, in order. */
  readonly events: readonly BuildEvent[];
  readonly wallMs: number;
  /** The part of the CPU time in which workers, or the main thread instead of them, evaluated cells. */
  readonly evaluationMs: number;
}

/** The report of resource-reporter.ts. */
interface Resources {
  /** CPU time of all threads, user and system. */
  readonly cpuMs: number;
  /** The part of it in the kernel, for all threads. */
  readonly kernelMs: number;
  /** The part of it on the main thread. */
  readonly mainMs: number;
  /**
   * The part of it on threads without JavaScript, which mostly optimize code, but also collect garbage and read
   * files.
   */
  readonly helpersMs: number;
  /** The maximum resident size of the process with all threads. */
  readonly peakMegabytes: number;
}

const REPORTER = new URL('resource-reporter.js', import.meta.url).href;

/** Builds a workspace; throws if the build fails. Nothing reads its events while it runs. */
export async function measureBuild(workspace: string, ...options: readonly string[]): Promise<MeasuredBuild> {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-bench-'));
  const [out, err, report] = ['events', 'messages', 'resources'].map((name) => join(folder, name));
  const outputs = [openSync(out, 'w'), openSync(err, 'w')];
  try {
    const args = ['--import', REPORTER, battbuild(), 'build', '--json', ...options];
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, {
      cwd: workspace,
      env: { ...process.env, BENCH_RESOURCES: report },
      stdio: ['ignore', ...outputs],
    });
    const status = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const wallMs = performance.now() - startedAt;
    const events = readEvents(readFileSync(out, 'utf8'));
    if (status !== 0) {
      const diagnosed = events.flatMap((event) =>
        event.type === 'diagnostic' ? [event.diagnostic.message] : [],
      );
      const messages = [readFileSync(err, 'utf8').trim(), ...diagnosed].join('\n');
      throw new Error(`battbuild build ended with ${status} in ${workspace}\n${messages}`);
    }
    const summary = events.at(-1);
    if (summary?.type !== 'summary') throw new Error('the build printed no summary');
    const resources = JSON.parse(readFileSync(report, 'utf8')) as Resources;
    return { summary, events, wallMs, evaluationMs: evaluationIn(events), ...resources };
  } finally {
    for (const output of outputs) closeSync(output);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs any command and measures its resources; throws if it fails. Its output is not read. */
export async function measureCommand(
  workspace: string,
  ...args: readonly string[]
): Promise<Resources & { readonly wallMs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-bench-'));
  const report = join(folder, 'resources');
  try {
    const startedAt = performance.now();
    const child = spawn(process.execPath, ['--import', REPORTER, battbuild(), ...args], {
      cwd: workspace,
      env: { ...process.env, BENCH_RESOURCES: report },
      stdio: 'ignore',
    });
    const status = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const wallMs = performance.now() - startedAt;
    if (status !== 0) throw new Error(`battbuild ${args.join(' ')} ended with ${status} in ${workspace}`);
    return { ...(JSON.parse(readFileSync(report, 'utf8')) as Resources), wallMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readEvents(text: string): BuildEvent[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as BuildEvent);
}

/** CPU milliseconds; elapsed time if the platform does not give a thread's CPU time. */
export function evaluationIn(events: readonly BuildEvent[]): number {
  let sum = 0;
  for (const event of events) {
    if (event.type === 'worked' && event.what === 'cells') sum += event.cpuMs ?? event.endMs - event.startMs;
  }
  return sum;
}
