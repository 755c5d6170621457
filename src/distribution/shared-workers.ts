/** The workers of a build: those of this machine and, where a queue is configured, those that serve it. */
import { type Workers, workersOf } from '../workers/workers.js';
import type { Workspace } from '../workspace/workspace.js';

/** Nothing of the queue is loaded before requests wait, or without one. */
export function sharedWorkersOf(workspace: Workspace, workerUrl?: URL): Workers {
  const { queue, verifyRemote } = workspace.settings;
  if (queue.value === '') return workersOf(workspace, workerUrl);
  return workersOf(workspace, workerUrl, async (listener) => {
    const { openRemotePool } = await import('./open-remote-pool.js');
    return openRemotePool(queue.value, verifyRemote.value / 100, listener);
  });
}
