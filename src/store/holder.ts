/** Who holds a lease: names a process so that others can tell whether it is still there. */

import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { randomId } from '../encoding/digest.js';

/**
 * Five words: which start of the system it runs under, in which space of process numbers, its number, when it started
 * (`-` where the system does not tell), and what tells holders within one process apart.
 */
export type Holder = string;

export function newHolder(): Holder {
  return [...place(), process.pid, startOf('self'), randomId()].join(' ');
}

/** The number of the process. */
export function processOf(holder: Holder): number {
  return Number(holder.split(' ')[2]);
}

/** Whether the process is certainly gone; of one whose number means nothing here (in a container), nobody knows. */
export function isGone(holder: Holder): boolean {
  const [boot, space, pid, started] = holder.split(' ');
  const [ourBoot, ourSpace] = place();
  // Those who share a store in WAL mode share its memory: they run on one system.
  if (boot !== ourBoot) return true;
  if (space !== ourSpace) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // Any other answer is one about a process that is there.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  // Numbers of processes are used again.
  const start = startOf(pid);
  return started !== '-' && start !== '-' && start !== started;
}

let here: readonly [boot: string, space: string] | null = null;

function place(): readonly [boot: string, space: string] {
  here ??= [
    whereSystemTells(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(), '-'),
    whereSystemTells(() => readlinkSync('/proc/self/ns/pid'), hostname().replace(/\s/g, '_')),
  ];
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
