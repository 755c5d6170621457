/** Runs programs and measures them from outside. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Summary } from '../../src/observe/event.js';
import { PROJECT } from '../places.js';

/** Milliseconds of wall time that a command takes, from its start to its end; throws when it fails. */
export function timeOf(command: string, args: readonly string[], folder: string): number {
  const startedAt = performance.now();
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: 'ignore' });
  const took = performance.now() - startedAt;
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
  return took;
}

/** The floor of every command: a Node process that does nothing. */
export function timeOfNothing(): number {
  return timeOf(process.execPath, ['-e', '0'], tmpdir());
}

/** battbuild as it was compiled; BATTBUILD_MAIN names another build of it. */
export function battbuild(): string {
  return process.env['BATTBUILD_MAIN'] ?? join(PROJECT, 'dist/cli/main.js');
}

export function timeOfBuild(workspace: string, ...options: readonly string[]): number {
  return timeOf(process.execPath, [battbuild(), 'build', ...options], workspace);
}

/** A build seen from inside and outside. */
export interface MeasuredBuild {
  readonly summary: Summary;
  readonly wallMs: number;
  /** Of all threads, user and system. */
  readonly cpuMs: number;
  /** Of all threads: the part of it spent on evaluating cells. */
  readonly evaluationMs: number;
  /** The largest resident size of the process. */
  readonly peakMegabytes: number;
}

/** Reports the resources of the process that it is loaded into, when that ends. */
const REPORTER = new URL('resource-reporter.js', import.meta.url);

export function measureBuild(workspace: string, ...options: readonly string[]): MeasuredBuild {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-bench-'));
  try {
    const events = join(folder, 'events');
    const report = join(folder, 'resources.json');
    const output = openSync(events, 'w');
    const args = [
      '--import',
      pathToFileURL(REPORTER.pathname).href,
      battbuild(),
      'build',
      '--json',
      ...options,
    ];
    const env = { ...process.env, BENCH_RESOURCES: report };
    const startedAt = performance.now();
    const { status, error } = spawnSync(process.execPath, args, {
      cwd: workspace,
      env,
      stdio: ['ignore', output, 'ignore'],
    });
    const wallMs = performance.now() - startedAt;
    closeSync(output);
    if (status !== 0) throw error ?? new Error(`battbuild build ended with ${status}`);
    return { wallMs, ...readEvents(readFileSync(events, 'utf8')), ...readResources(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readEvents(text: string): Pick<MeasuredBuild, 'summary' | 'evaluationMs'> {
  let summary: Summary | null = null;
  let evaluationMs = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const event = JSON.parse(line);
    if (event.type === 'ran' && event.phase === 'validate') evaluationMs += event.cpuMs;
    if (event.type === 'summary') summary = event as Summary;
  }
  if (summary === null) throw new Error('the build printed no summary');
  return { summary, evaluationMs };
}

function readResources(file: string): Pick<MeasuredBuild, 'cpuMs' | 'peakMegabytes'> {
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as NodeJS.ResourceUsage;
  // Microseconds and kibibytes.
  return { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMegabytes: (maxRSS * 1024) / 1e6 };
}
