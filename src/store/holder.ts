/** The holder of a lease: identifies a process so that others can tell whether it still exists. */

import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { randomId } from '../encoding/digest.js';

/**
 * Five words: the boot of the system, the namespace of process numbers, the process number, the start time of the
 * process (`-` if the system does not tell), and a number that distinguishes holders within one process.
 */
export type Holder = string;

export function newHolder(): Holder {
  return [...systemAndNamespace(), process.pid, startOf('self'), randomId()].join(' ');
}

/** The number of the process. */
export function processOf(holder: Holder): number {
  return Number(holder.split(' ')[2]);
}

/**
 * Whether the process has certainly ended. If its number is from another namespace (in a container), that is unknown.
 */
export function isGone(holder: Holder): boolean {
  const [boot, space, pid, started] = holder.split(' ');
  const [ourBoot, ourSpace] = systemAndNamespace();
  // Processes that share a store in WAL mode share memory, so they run on one system.
  if (boot !== ourBoot) return true;
  if (space !== ourSpace) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // Any other error means that the process exists.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  // Process numbers are reused.
  const start = startOf(pid);
  return started !== '-' && start !== '-' && start !== started;
}

let here: readonly [boot: string, space: string] | null = null;

function systemAndNamespace(): readonly [boot: string, space: string] {
  here ??= [
    whereSystemTells(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(), '-'),
    whereSystemTells(() => readlinkSync('/proc/self/ns/pid'), hostname().replace(/\s/g, '_')),
  ];
  return here;
}

/** Field 22 of the process's `stat`, in ticks since boot; `-` if there is no such file, `ended` for a zombie. */
function startOf(pid: string): string {
  return whereSystemTells(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the command in parentheses, which may contain any character.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? 'ended' : fields[18];
  }, '-');
}

function whereSystemTells(read: () => string, otherwise: string): string {
  try {
    return read();
  } catch {
    // Not Linux, or not readable: the process number and the heartbeat must suffice.
    return otherwise;
  }
}
