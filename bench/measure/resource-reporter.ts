/** Loaded into a measured process (`--import`): writes its resources to the file BENCH_RESOURCES when it ends. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env['BENCH_RESOURCES'];
if (isMainThread && file !== undefined) process.on('exit', () => report(file));

function report(to: string): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // Microseconds and kibibytes.
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  writeFileSync(to, JSON.stringify({ cpuMs, helpersMs: helpersMs(), peakMegabytes: (maxRSS * 1024) / 1e6 }));
}

/**
 * Milliseconds of CPU of the threads that run no JavaScript: V8's, which optimize code and collect garbage for all others,
 * and those of the file system. When a build ends they are all that is left beside the main thread. 0 where that is not told.
 */
function helpersMs(): number {
  const folder = '/proc/self/task';
  try {
    const others = readdirSync(folder).filter((thread) => thread !== String(process.pid));
    // The first of three numbers: nanoseconds on a CPU.
    const nanoseconds = others.map((thread) =>
      Number.parseInt(readFileSync(`${folder}/${thread}/schedstat`, 'latin1'), 10),
    );
    return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
  } catch {
    return 0;
  }
}
