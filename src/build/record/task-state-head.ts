/** The beginning of an encoded task state: all of it that a null build needs. */
import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { PublishedState } from './published-state.js';

export interface TaskStateHead {
  /** Digest of everything that the task's results depend on. If it is equal, the task can be skipped. */
  readonly digest: string;
  readonly published: PublishedState;
}

const DIGEST_LENGTH = 32;

export function writeHead({ digest, published }: TaskStateHead, writer: ByteWriter): void {
  published.write(writer.latin1(digest));
}

/** Throws RangeError if the bytes are no task state. */
export function readHead(reader: ByteReader): TaskStateHead {
  return { digest: reader.latin1(DIGEST_LENGTH), published: PublishedState.read(reader) };
}

/** By task; null if some bytes are no task state. */
export function readHeads(states: ReadonlyMap<string, Uint8Array>): Map<string, TaskStateHead> | null {
  try {
    return new Map([...states].map(([task, state]) => [task, readHead(new ByteReader(state))]));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The digests of all tasks, independent of their order. They are compared as a list: a digest of the list would be
 * the only one that a null build computes.
 */
export function listTasks(states: ReadonlyMap<string, TaskStateHead>): Uint8Array {
  const writer = new ByteWriter(65_536);
  for (const task of [...states.keys()].sort()) {
    writer.string(task).latin1((states.get(task) as TaskStateHead).digest);
  }
  return writer.finish();
}

/** Whether a list (see `listTasks`) corresponds to `states`. */
export function isListOf(list: Uint8Array, states: ReadonlyMap<string, TaskStateHead>): boolean {
  const reader = new ByteReader(list);
  let listed = 0;
  for (; !reader.done; listed++)
    if (states.get(reader.string())?.digest !== reader.latin1(DIGEST_LENGTH)) return false;
  return listed === states.size;
}
