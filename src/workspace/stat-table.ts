/**
 * The stats of all files at one moment, in a compact form: it tells which files must be read again without opening
 * any.
 *
 * A recorded digest may be reused if and only if
 *  - size, mtime, ctime and inode are unchanged (the ctime also reveals an edit whose mtime was set back), and
 *  - the file was *settled* when the digest was recorded: its last change was longer ago than one tick of the file
 *    system's clock. Otherwise a change right after the scan could have left the same times ("racily clean").
 */

import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import { sha256 } from '../encoding/digest.js';
import { type Clock, FileProblem, type FileStat, type FileSystem } from './file-system.js';
import { compareNames, type NamedPath } from './paths.js';

export interface StatTable {
  /** Milliseconds since the epoch; before the first stat of the scan. */
  readonly scannedAt: number;
  /** Sorted by code points; distinct. */
  readonly names: readonly string[];
  /** Four numbers for each file: size, mtime and ctime in milliseconds, inode. */
  readonly stats: Float64Array;
  /** 32 bytes for each file: SHA-256 of its content; zeros if unknown. */
  readonly digests: Uint8Array;
}

export interface StatScan {
  /** The existing files. Suspects have their last recorded digests, or zeros. */
  readonly table: StatTable;
  /** Indices of the suspects, which must be read, ascending: pass each to `settle` or to `forget`. */
  readonly suspects: readonly number[];
  /** For each file of the table: its index among the scanned files. */
  readonly sources: Int32Array;
  /** Recorded names of files that no longer exist. */
  readonly removed: readonly string[];
  /** Files whose stat failed; they are not in the table. */
  readonly problems: readonly { readonly file: NamedPath; readonly problem: FileProblem }[];
}

const COLUMNS = 4;
const DIGEST_BYTES = 32;

/** Resolution of file times in milliseconds; network and old file systems count seconds. */
const TICK = 20;
const COARSE_TICK = 2000;

/**
 * Maximum size of a file in bytes. Processing a hostile text can take about thirty times its size in memory, and one
 * file must not break a build.
 */
const LARGEST_INPUT = 2 ** 25;

export const EMPTY_TABLE: StatTable = {
  scannedAt: 0,
  names: [],
  stats: new Float64Array(0),
  digests: new Uint8Array(0),
};

/**
 * Stats files and compares them with the recorded table; one pass, no reads. `files` are sorted by name. Links are
 * followed.
 */
export function statFiles(
  files: readonly NamedPath[],
  recorded: StatTable,
  fileSystem: FileSystem,
  clock: Clock,
): StatScan {
  const scannedAt = clock();
  const names: string[] = [];
  const stats = new Float64Array(files.length * COLUMNS);
  const digests = new Uint8Array(files.length * DIGEST_BYTES);
  const sources = new Int32Array(files.length);
  const suspects: number[] = [];
  const removed: string[] = [];
  const problems: StatScan['problems'][number][] = [];
  let next = 0;
  for (let source = 0; source < files.length; source++) {
    const file = files[source];
    const stat = statInput(fileSystem, file.path);
    if (stat instanceof FileProblem) {
      problems.push({ file, problem: stat });
      continue;
    }
    const index = names.push(file.name) - 1;
    sources[index] = source;
    const column = index * COLUMNS;
    stats[column] = stat.size;
    stats[column + 1] = stat.mtimeMs;
    stats[column + 2] = stat.ctimeMs;
    stats[column + 3] = stat.inode;
    while (next < recorded.names.length && isBefore(recorded.names[next], file.name)) {
      removed.push(recorded.names[next++]);
    }
    if (recorded.names[next] !== file.name) {
      suspects.push(index);
      continue;
    }
    const digest = recorded.digests.subarray(next * DIGEST_BYTES, (next + 1) * DIGEST_BYTES);
    digests.set(digest, index * DIGEST_BYTES);
    if (!isTrusted(recorded, next, stats, column)) suspects.push(index);
    next++;
  }
  while (next < recorded.names.length) removed.push(recorded.names[next++]);
  const count = names.length;
  const table = {
    scannedAt,
    names,
    stats: stats.subarray(0, count * COLUMNS),
    digests: digests.subarray(0, count * DIGEST_BYTES),
  };
  return { table, suspects, sources: sources.subarray(0, count), removed, problems };
}

function statInput(fileSystem: FileSystem, path: string): FileStat | FileProblem {
  const stat = fileSystem.stat(path);
  if (stat instanceof FileProblem) return stat;
  if (stat.kind === 'file') return stat.size > LARGEST_INPUT ? new FileProblem('TOO_LARGE', path) : stat;
  return new FileProblem(stat.kind === 'folder' ? 'EISDIR' : 'NOT_A_FILE', path);
}

function isBefore(recorded: string, name: string): boolean {
  return recorded !== name && compareNames(recorded, name) < 0;
}

function isTrusted(recorded: StatTable, index: number, stats: Float64Array, column: number): boolean {
  const before = index * COLUMNS;
  for (let k = 0; k < COLUMNS; k++) {
    if (recorded.stats[before + k] !== stats[column + k]) return false;
  }
  const at = lastChange(stats, column);
  const tick = at % 1000 === 0 ? COARSE_TICK : TICK;
  return at + tick <= recorded.scannedAt && isKnown(recorded.digests, index);
}

/**
 * The ctime, not the mtime: users may set the mtime to any time, even a future one. Some file systems have no ctime.
 */
function lastChange(stats: Float64Array, column: number): number {
  return stats[column + 2] > 0 ? stats[column + 2] : stats[column + 1];
}

/** When a file last changed, in milliseconds since the epoch. */
export function changedAt(table: StatTable, index: number): number {
  return lastChange(table.stats, index * COLUMNS);
}

function isKnown(digests: Uint8Array, index: number): boolean {
  for (let k = index * DIGEST_BYTES; k < (index + 1) * DIGEST_BYTES; k++) {
    if (digests[k] !== 0) return true;
  }
  return false;
}

/** SHA-256 of a file's content, as 32 characters of one byte each. */
export type ContentDigest = string & { readonly kind: 'ContentDigest' };

/** The recorded digest of a file's content; undefined if unknown. */
export function contentDigest(table: StatTable, index: number): ContentDigest | undefined {
  if (!isKnown(table.digests, index)) return undefined;
  const { buffer, byteOffset } = table.digests;
  const bytes = Buffer.from(buffer, byteOffset + index * DIGEST_BYTES, DIGEST_BYTES);
  return bytes.toString('latin1') as ContentDigest;
}

/** The same by the file's name; undefined also for a file that is not in the table. */
export function contentDigestOf(table: StatTable, name: string): ContentDigest | undefined {
  let low = 0;
  let high = table.names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareNames(table.names[middle], name) < 0) low = middle + 1;
    else high = middle;
  }
  return table.names[low] === name ? contentDigest(table, low) : undefined;
}

/**
 * Records the content of a suspect, read after the scan. Returns true if it differs from the recorded content or none
 * was recorded; false if the file was only touched.
 */
export function settle(table: StatTable, index: number, content: Uint8Array): boolean {
  const digest = sha256(content);
  const at = index * DIGEST_BYTES;
  const same = digest.every((byte, k) => byte === table.digests[at + k]);
  table.digests.set(digest, at);
  return !same;
}

/** Whether a file's content is the recorded one. */
export function isContent(table: StatTable, index: number, content: Uint8Array): boolean {
  const digest = sha256(content);
  const at = index * DIGEST_BYTES;
  return digest.every((byte, k) => byte === table.digests[at + k]);
}

/** Records that a suspect could not be read, so its content is unknown: it stays a suspect. */
export function forget(table: StatTable, index: number): void {
  table.digests.fill(0, index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
}

/** The first number of every packed table; another layout needs another number. */
const FORMAT = 1;

/** Packs a table: 64 bytes for each file, and the names, separated by NUL, which no name contains. */
export function packTable(table: StatTable): Uint8Array {
  const { stats, digests } = table;
  const writer = new ByteWriter(table.names.length * 128 + 64).byte(FORMAT).number(table.scannedAt);
  writer.unsigned(table.names.length).string(table.names.join('\0'));
  return writer
    .raw(new Uint8Array(stats.buffer, stats.byteOffset, stats.byteLength))
    .raw(digests)
    .finish();
}

/** Reads what `packTable` wrote; null if it has another format or is damaged. */
export function unpackTable(bytes: Uint8Array): StatTable | null {
  const reader = new ByteReader(bytes);
  try {
    if (reader.byte() !== FORMAT) return null;
    const scannedAt = reader.number();
    const count = reader.unsigned();
    const joined = reader.string();
    const names = count === 0 ? [] : joined.split('\0');
    if (names.length !== count) return null;
    // Copied, because 8-byte numbers must be aligned to 8 bytes.
    const stats = new Float64Array(reader.raw(count * COLUMNS * 8).slice().buffer);
    return { scannedAt, names, stats, digests: reader.raw(count * DIGEST_BYTES) };
  } catch (error) {
    // RangeError: it is too short. TypeError: the names are not UTF-8.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}
