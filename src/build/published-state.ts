/** The published files of a task as they were left, packed so that a null build can check them with little work. */
import { ByteReader, type ByteWriter } from '../encoding/bytes.js';
import {
  type FileKind,
  FileProblem,
  type FileStat,
  type FileSystem,
  sameStat,
} from '../workspace/file-system.js';

const KINDS: readonly FileKind[] = ['file', 'folder', 'link', 'other'];
const COLUMNS = 6;

/** `published` is by path below the output folder. */
export function writePublished(published: ReadonlyMap<string, FileStat>, writer: ByteWriter): void {
  const stats = new Float64Array(published.size * COLUMNS);
  let at = 0;
  for (const { kind, size, mtimeMs, ctimeMs, inode, device } of published.values()) {
    stats.set([KINDS.indexOf(kind), size, mtimeMs, ctimeMs, inode, device], at);
    at += COLUMNS;
  }
  writer.unsigned(published.size).string([...published.keys()].join('\n'));
  writer.raw(new Uint8Array(stats.buffer));
}

/** Throws RangeError when the bytes are no published files. */
export function readPublished(reader: ByteReader): Map<string, FileStat> {
  const count = reader.unsigned();
  const names = reader.string().split('\n');
  // Copied, because 8-byte numbers must begin at a multiple of 8.
  const stats = new Float64Array(reader.raw(count * COLUMNS * 8).slice().buffer);
  const published = new Map<string, FileStat>();
  for (let k = 0; k < count; k++) {
    const [kind, size, mtimeMs, ctimeMs, inode, device] = stats.subarray(k * COLUMNS, (k + 1) * COLUMNS);
    published.set(names[k], { kind: KINDS[kind], size, mtimeMs, ctimeMs, inode, device });
  }
  return published;
}

/** Whether every published file is as it was left. Links are looked at themselves. */
export function arePublished(
  published: ReadonlyMap<string, FileStat>,
  out: string,
  files: FileSystem,
): boolean {
  for (const [file, before] of published) {
    const now = files.statLink(`${out}/${file}`);
    if (now instanceof FileProblem || !sameStat(now, before)) return false;
  }
  return true;
}

/** The same of an encoded task state, which begins with its published files; false when it is none. */
export function isPublishedIntact(taskState: Uint8Array, out: string, files: FileSystem): boolean {
  try {
    return arePublished(readPublished(new ByteReader(taskState)), out, files);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
