/** A process that builds often keeps what the next build needs of the last one, and nothing of those before. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { ALL_TASKS } from '../../src/build/options.js';
import { LiveConfig } from '../../src/watch/live-config.js';
import { Rebuilder } from '../../src/watch/rebuilder.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { initialModel, MODEL_EDITS } from '../build/incremental/edits.js';
import { WorkspaceOnDisk } from '../build/incremental/workspace-on-disk.js';
import { temporaryFolder, workspaceOf } from '../build/rig.js';

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

it('keeps no build before the last', async () => {
  const root = join(temporaryFolder(), 'workspace');
  const model = initialModel();
  const disk = new WorkspaceOnDisk(root);
  const flags = { jobs: '1' };
  disk.follow(model);
  const config = new LiveConfig({ folder: root, flags, cores: 1 }, workspaceOf(root, flags), nodeFileSystem);
  const world = { files: nodeFileSystem, now: Date.now, mainThreadCells: Number.POSITIVE_INFINITY };
  const rebuilder = new Rebuilder(config, ALL_TASKS, world, () => {});
  // Whatever keeps a build keeps its signal.
  const signals: WeakRef<AbortSignal>[] = [];
  const rebuild = async () => {
    const { signal } = new AbortController();
    signals.push(new WeakRef(signal));
    await rebuilder.build(rebuilder.scan(), signal);
  };
  try {
    const edits = Object.keys(MODEL_EDITS);
    for (let round = 0; round < 6; round++) {
      MODEL_EDITS[edits[round % edits.length]](model, round, round + 1, round + 2);
      disk.follow(model);
      await rebuild();
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    collectGarbage();
    const kept = signals.flatMap((signal, build) => (signal.deref() === undefined ? [] : [build]));
    expect(kept.filter((build) => build < 4)).toEqual([]);
  } finally {
    await rebuilder.close();
  }
});
