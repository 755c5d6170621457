/** Restricted folders: small disks, read-only disks, and processes with few rights. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, temporaryFolder, treeOf } from '../build/rig.js';
import type { Ended } from '../child-output.js';
import { MAIN, TestWorkspace } from '../cli/rig.js';
import { writeInputs } from '../determinism/inputs.js';

/** A workspace in which all inputs can be built; store and published files take some hundred kilobytes each. */
export function largeWorkspace(): TestWorkspace {
  const root = join(temporaryFolder(), 'workspace');
  writeInputs(root);
  rmSync(join(root, 'solvers/broken.py'));
  rmSync(join(root, 'differs'), { recursive: true });
  return new TestWorkspace(root);
}

/** The results and published files of the workspace, independent of its path. */
export async function stateOf(workspace: TestWorkspace, out = 'out'): Promise<unknown> {
  const { stdout } = await workspace.run('results', '--format', 'jsonl', '--outputs');
  return { results: stdout, published: linesOf(treeOf(workspace.path(out))) };
}

let clean: Promise<unknown> | null = null;

/** The outcome of an undisturbed build. */
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
  // Node's pipes are sockets: bash takes itself for a remote shell then, and would read the user's own settings.
  const [program, ...args] = [...wrapper, 'bash', '--norc', '-c', command];
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: workspace.folder, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** Programs that give a process its own mounts, which disappear with it. Null if that is not permitted. */
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
