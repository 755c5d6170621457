/** Where published files are put in place: on a worker when there are any, since it takes as long as evaluating. */
import type { FileSystem } from '../workspace/file-system.js';
import { nodeFileSystem } from '../workspace/node-file-system.js';
import { type Placed, type Placement, placeFiles } from '../workspace/place-files.js';
import type { Workers } from './workers.js';

export async function place(
  placement: Placement,
  files: FileSystem,
  workers: Workers,
): Promise<Placed & { readonly cpuMs: number }> {
  // A worker knows the real file system only.
  if (workers.started && files === nodeFileSystem) {
    const pool = await workers.pool();
    const reply = await pool.run({ kind: 'place', placement });
    if (reply.kind === 'answer') return { ...(reply.answer as Placed), cpuMs: reply.cpuMs ?? reply.busyMs };
    // The worker was lost: what it did is found done here, and the rest is done here.
  }
  const startedAt = performance.now();
  const placed = placeFiles(placement, files);
  return { ...placed, cpuMs: performance.now() - startedAt };
}
