/**
 * Reads SQLite's write-ahead log: which pages its complete transactions replace. It is for a store that cannot be
 * written, because SQLite itself would create files beside a log to read it. The format is documented and does not
 * change (https://sqlite.org/fileformat2.html#the_write_ahead_log).
 */
const LOG_HEADER = 32;
const FRAME_HEADER = 24;

/** The last bit gives the byte order of the checksums. */
const MAGIC = 0x377f0682;

/** `database` as it is after its log is applied; unchanged if the log has no complete transaction. */
export function withLog(database: Uint8Array, log: Uint8Array): Uint8Array {
  const pages = new Map<number, Uint8Array>();
  let size = 0;
  let begun: [number, Uint8Array][] = [];
  for (const { page, content, sizeAfter } of framesOf(log)) {
    begun.push([page, content]);
    if (sizeAfter === 0) continue;
    // A transaction is complete with its last frame: only that frame has the size of the file.
    for (const [at, bytes] of begun) pages.set(at, bytes);
    begun = [];
    size = sizeAfter;
  }
  if (size === 0) return database;
  const pageSize = viewOf(log).getUint32(8);
  const result = new Uint8Array(size * pageSize);
  result.set(database.subarray(0, result.length));
  for (const [page, content] of pages) {
    if (page <= size) result.set(content, (page - 1) * pageSize);
  }
  return result;
}

interface Frame {
  /** From 1. */
  readonly page: number;
  readonly content: Uint8Array;
  /** In a transaction's last frame: number of pages of the file afterwards; else 0. */
  readonly sizeAfter: number;
}

/** The frames up to the first that does not belong to this log: the rest is from an earlier log, or incomplete. */
function* framesOf(log: Uint8Array): Generator<Frame> {
  if (log.length < LOG_HEADER) return;
  const view = viewOf(log);
  const magic = view.getUint32(0);
  if ((magic & ~1) >>> 0 !== MAGIC) return;
  const littleEndian = (magic & 1) === 0;
  const pageSize = view.getUint32(8);
  let sum = sumOf(view, 0, 24, littleEndian, [0, 0]);
  if (!isSum(view, 24, sum)) return;
  const frame = FRAME_HEADER + pageSize;
  for (let at = LOG_HEADER; at + frame <= log.length; at += frame) {
    if (view.getUint32(at + 8) !== view.getUint32(16) || view.getUint32(at + 12) !== view.getUint32(20))
      return;
    sum = sumOf(view, at, 8, littleEndian, sum);
    sum = sumOf(view, at + FRAME_HEADER, pageSize, littleEndian, sum);
    if (!isSum(view, at + 16, sum)) return;
    yield {
      page: view.getUint32(at),
      content: log.subarray(at + FRAME_HEADER, at + frame),
      sizeAfter: view.getUint32(at + 4),
    };
  }
}

type Sum = readonly [number, number];

function sumOf(view: DataView, from: number, length: number, littleEndian: boolean, before: Sum): Sum {
  let [a, b] = before;
  for (let at = from; at < from + length; at += 8) {
    a = (a + view.getUint32(at, littleEndian) + b) >>> 0;
    b = (b + view.getUint32(at + 4, littleEndian) + a) >>> 0;
  }
  return [a, b];
}

function isSum(view: DataView, at: number, [a, b]: Sum): boolean {
  return view.getUint32(at) === a && view.getUint32(at + 4) === b;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
