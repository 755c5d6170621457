/** Starts and ends the thread that serves the report. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Workspace } from '../../workspace/workspace.js';
import type { FromThread, ThreadStart, ToThread } from './messages.js';

export interface ServedLive {
  /** The address of the report for browsers on this machine. */
  readonly url: string;
  /** Tells browsers that a build of the workspace has finished. */
  built(workspace: Workspace): void;
  /** Ends all connections, and resolves when the thread has ended. Rejects if it ended by a bug. */
  end(): Promise<void>;
}

/**
 * Serves the report. If it cannot, returns the system's error code, such as EADDRINUSE. `script` is the compiled
 * thread-main.ts. `failed` is called if the thread fails later.
 */
export async function serveReport(
  start: ThreadStart,
  script: URL,
  failed: () => void,
): Promise<ServedLive | { readonly code: string }> {
  const worker = new Worker(script, { workerData: start });
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject).once('exit', () => resolve());
  });
  ended.catch(failed);
  const [message] = (await once(worker, 'message')) as [FromThread];
  if (message.type === 'failed') {
    await ended;
    return { code: message.code };
  }
  const send = (message: ToThread) => worker.postMessage(message);
  return {
    url: message.url,
    built: (workspace) => send({ type: 'built', workspace }),
    async end() {
      send({ type: 'end' });
      await ended;
    },
  };
}
