/** Who holds a lease: names a process so that others can tell whether it is still there. */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Four words: where the process runs (no two that number their processes apart have the same), its number, when it
 * started (`-` where the system does not tell), and what tells holders within one process apart.
 */
export type Holder = string;

export function newHolder(): Holder {
  return [place(), process.pid, startOf('self'), randomUUID()].join(' ');
}

/** The number of the process. */
export function processOf(holder: Holder): number {
  return Number(holder.split(' ')[1]);
}

/** Whether the process is certainly gone; of one that runs elsewhere, nobody here knows. */
export function isGone(holder: Holder): boolean {
  const [where, pid, started] = holder.split(' ');
  if (where !== place()) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // Any other answer is one about a process that is there.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  // Numbers of processes are used again.
  const start = startOf(pid);
  return start !== '-' && start !== started;
}

let here: string | null = null;

/** A boot of a system and, on Linux, a namespace of processes in it. */
function place(): string {
  here ??= whereSystemTells(
    () =>
      `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${readlinkSync('/proc/self/ns/pid')}`,
    hostname().replace(/\s/g, '_'),
  );
  return here;
}

/** Field 22 of its `stat`, in ticks since boot; `-` where there is no such file, `ended` for one that nobody has waited for. */
function startOf(pid: string): string {
  return whereSystemTells(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the command in parentheses, which may hold anything.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? 'ended' : fields[18];
  }, '-');
}

function whereSystemTells(read: () => string, otherwise: string): string {
  try {
    return read();
  } catch {
    // Not Linux, or not to be read: the number of the process and its heartbeat have to do.
    return otherwise;
  }
}
