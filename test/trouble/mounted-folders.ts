/** Places that refuse: small disks, read-only ones, and processes that may have little. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, temporaryFolder, treeOf } from '../build/rig.js';
import type { Ended } from '../child-output.js';
import { MAIN, TestWorkspace } from '../cli/rig.js';
import { writeInputs } from '../determinism/inputs.js';

/** A workspace in which all inputs can be built: its store takes some hundred kilobytes, what it publishes too. */
export function largeWorkspace(): TestWorkspace {
  const root = join(temporaryFolder(), 'workspace');
  writeInputs(root);
  rmSync(join(root, 'solvers/broken.py'));
  rmSync(join(root, 'differs'), { recursive: true });
  return new TestWorkspace(root);
}

/** What came of the workspace, wherever it stands: results and published files. */
export async function stateOf(workspace: TestWorkspace, out = 'out'): Promise<unknown> {
  const { stdout } = await workspace.run('results', '--format', 'jsonl', '--outputs');
  return { results: stdout, published: linesOf(treeOf(workspace.path(out))) };
}

let clean: Promise<unknown> | null = null;

/** What an undisturbed build comes to. */
export function undisturbed(): Promise<unknown> {
  clean ??= (async () => {
    const workspace = largeWorkspace();
    await workspace.build();
    return stateOf(workspace);
  })();
  return clean;
}

/** Runs lines of bash in the workspace; `battbuild` is the command. */
export function bash(workspace: TestWorkspace, script: string, wrapper: readonly string[] = []): Ended {
  const command = `battbuild() { '${process.execPath}' '${MAIN}' "$@"; }\n${script}`;
  const [program, ...args] = [...wrapper, 'bash', '-c', command];
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: workspace.folder, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** Programs that give a process mounts of its own: what it mounts goes with it. Null where that is not permitted. */
function namespaceWrapper(): readonly string[] | null {
  for (const wrapper of [
    ['unshare', '--mount'],
    ['unshare', '--user', '--map-root-user', '--mount'],
  ]) {
    const [program, ...args] = [...wrapper, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'];
    if (spawnSync(program, args).status === 0) return wrapper;
  }
  return null;
}

export const NAMESPACE = namespaceWrapper();
