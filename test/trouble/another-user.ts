/** Commands of another user, who may read a workspace and write nothing. */
import { spawnSync } from 'node:child_process';
import type { Ended } from '../child-output.js';
import { MAIN, type TestWorkspace } from '../cli/rig.js';
import { bash } from './mounted-folders.js';

/** A program that changes the user of a process; null if there is none, or if others may not run this Node. */
export const ANOTHER_USER = anotherUser();

function anotherUser(): readonly string[] | null {
  const wrapper = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const [program, ...args] = [...wrapper, process.execPath, MAIN, '--version'];
  return spawnSync(program, args).status === 0 ? wrapper : null;
}

/** Only where ANOTHER_USER is not null. */
export function asAnotherUser(workspace: TestWorkspace, script: string): Ended {
  return bash(workspace, script, ANOTHER_USER as string[]);
}
