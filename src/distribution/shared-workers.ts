/** The workers of a build: those of this machine and, if a queue is configured, those that serve it. */
import { type GivenWorkers, type Workers, workersOf } from '../workers/workers.js';
import type { Workspace } from '../workspace/workspace.js';

/** The modules of the queue are only loaded when requests wait, and only if a queue is configured. */
export function sharedWorkersOf(workspace: Workspace, given: GivenWorkers = {}): Workers {
  const { queue, verifyRemote } = workspace.settings;
  if (queue.value === '') return workersOf(workspace, given);
  return workersOf(workspace, given, async (language, listener) => {
    const { openRemotePool } = await import('./open-remote-pool.js');
    return openRemotePool(queue.value, verifyRemote.value / 100, language, listener);
  });
}
