/** Loaded into a measured process (`--import`): writes its resources to the file BENCH_RESOURCES when it ends. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env['BENCH_RESOURCES'];
if (isMainThread && file !== undefined) process.on('exit', () => report(file));

function report(to: string): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // Microseconds and kibibytes.
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  const resources = {
    cpuMs,
    kernelMs: systemCPUTime / 1000,
    mainMs: mainMs(),
    helpersMs: helpersMs(),
    peakMegabytes: (maxRSS * 1024) / 1e6,
  };
  writeFileSync(to, JSON.stringify(resources));
}

const TASKS = '/proc/self/task';

/** CPU time of a thread in milliseconds; throws if it is unknown. */
function threadMs(thread: string): number {
  // The first of three numbers: nanoseconds on a CPU.
  return Number.parseInt(readFileSync(`${TASKS}/${thread}/schedstat`, 'latin1'), 10) / 1e6;
}

/**
 * CPU time in milliseconds of the threads that run no JavaScript: V8's, which optimize code and collect garbage for
 * all others, and those of the file system. At the end of a build only these and the main thread remain. 0 if
 * unknown.
 */
function helpersMs(): number {
  try {
    const others = readdirSync(TASKS).filter((thread) => thread !== String(process.pid));
    return others.map(threadMs).reduce((sum, one) => sum + one, 0);
  } catch {
    return 0;
  }
}

/** The same for the main thread. */
function mainMs(): number {
  try {
    return threadMs(String(process.pid));
  } catch {
    return 0;
  }
}
