/** Loaded into a measured process (`--import`, with `--expose-gc`): tells its parent its memory whenever it is asked. */
import { isMainThread } from 'node:worker_threads';

/** In megabytes: of the whole process, and what of the main thread's heap a collection leaves. */
export interface MemoryNow {
  readonly rss: number;
  readonly heap: number;
  /** Buffers outside of the heap. */
  readonly buffers: number;
}

if (isMainThread && process.channel) {
  process.on('message', () => process.send?.(memoryNow()));
  // The process ends as it would without a parent that asks.
  process.channel.unref();
}

function memoryNow(): MemoryNow {
  const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
  // First, because a collection gives memory back.
  const rss = megabytes(process.memoryUsage.rss());
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { rss, heap: megabytes(heapUsed), buffers: megabytes(external) };
}
