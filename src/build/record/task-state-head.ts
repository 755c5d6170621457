/** What an encoded task state begins with: all that a build in which nothing changed needs of it. */
import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { PublishedState } from './published-state.js';

export interface TaskStateHead {
  /** Digest of everything that the task's results depend on; equal: nothing of the task needs to be looked at. */
  readonly digest: string;
  readonly published: PublishedState;
}

const DIGEST_LENGTH = 32;

export function writeHead({ digest, published }: TaskStateHead, writer: ByteWriter): void {
  published.write(writer.latin1(digest));
}

/** Throws RangeError when the bytes are no task state. */
export function readHead(reader: ByteReader): TaskStateHead {
  return { digest: reader.latin1(DIGEST_LENGTH), published: PublishedState.read(reader) };
}

/** By task; null when some bytes are no task state. */
export function readHeads(states: ReadonlyMap<string, Uint8Array>): Map<string, TaskStateHead> | null {
  try {
    return new Map([...states].map(([task, state]) => [task, readHead(new ByteReader(state))]));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * What the results of all tasks depend on, whatever their order. Compared as it is: its digest would be the only one
 * that a build in which nothing changed computes.
 */
export function listTasks(states: ReadonlyMap<string, TaskStateHead>): Uint8Array {
  const writer = new ByteWriter(65_536);
  for (const task of [...states.keys()].sort()) {
    writer.string(task).latin1((states.get(task) as TaskStateHead).digest);
  }
  return writer.finish();
}

/** Whether a list (see `listTasks`) is that of `states`. */
export function isListOf(list: Uint8Array, states: ReadonlyMap<string, TaskStateHead>): boolean {
  return Buffer.compare(list, listTasks(states)) === 0;
}
