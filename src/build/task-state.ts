/** What the store remembers of a task in a selection, so that a build can skip it whole. */
import { ByteReader, ByteWriter } from '../encoding/bytes.js';
import type { FileKind, FileStat } from '../workspace/file-system.js';
import type { PhaseWork } from './run-phases.js';
import type { Verdict } from './task-result.js';

export interface TaskState {
  /** Digest of everything that the task's results depend on; equal: nothing of the task needs to be looked at. */
  readonly digest: string;
  /** Digest of the task's samples alone. */
  readonly samples: string;
  /** False when some outcome may not be kept (a timeout, a crash), so that the task is to be built again. */
  readonly complete: boolean;
  readonly verdict: Verdict;
  readonly candidates: number;
  readonly programs: number;
  readonly behaviours: number;
  readonly cells: number;
  /** Steps by phase, and what they took when they ran. */
  readonly work: ReadonlyMap<string, PhaseWork>;
  /** Published files by path below the output folder. */
  readonly published: ReadonlyMap<string, FileStat>;
}

const VERDICTS: readonly Verdict[] = ['solved', 'partly', 'unsolved'];
const KINDS: readonly FileKind[] = ['file', 'folder', 'link', 'other'];
const DIGEST_LENGTH = 32;
const STAT_COLUMNS = 6;

export function encodeTaskState(state: TaskState): Uint8Array {
  const writer = new ByteWriter(4096).latin1(state.digest).latin1(state.samples);
  writer.byte(state.complete ? 1 : 0).byte(VERDICTS.indexOf(state.verdict));
  writer.unsigned(state.candidates).unsigned(state.programs).unsigned(state.behaviours).unsigned(state.cells);
  writer.unsigned(state.work.size);
  for (const [phase, { steps, micros }] of state.work) writer.string(phase).unsigned(steps).unsigned(micros);
  const stats = new Float64Array(state.published.size * STAT_COLUMNS);
  [...state.published.values()].forEach((stat, k) => {
    const { kind, size, mtimeMs, ctimeMs, inode, device } = stat;
    stats.set([KINDS.indexOf(kind), size, mtimeMs, ctimeMs, inode, device], k * STAT_COLUMNS);
  });
  writer.unsigned(state.published.size).string([...state.published.keys()].join('\n'));
  return writer.raw(new Uint8Array(stats.buffer)).finish();
}

/** Throws RangeError when the bytes are no task state. */
export function decodeTaskState(bytes: Uint8Array): TaskState {
  const reader = new ByteReader(bytes);
  const digest = reader.latin1(DIGEST_LENGTH);
  const samples = reader.latin1(DIGEST_LENGTH);
  const complete = reader.byte() === 1;
  const verdict = VERDICTS[reader.byte()];
  const candidates = reader.unsigned();
  const programs = reader.unsigned();
  const behaviours = reader.unsigned();
  const cells = reader.unsigned();
  const work = new Map<string, PhaseWork>();
  for (let count = reader.unsigned(); count > 0; count--) {
    work.set(reader.string(), { steps: reader.unsigned(), micros: reader.unsigned() });
  }
  const count = reader.unsigned();
  const names = reader.string().split('\n');
  const stats = new Float64Array(reader.raw(count * STAT_COLUMNS * 8).slice().buffer);
  const published = new Map<string, FileStat>();
  for (let k = 0; k < count; k++) {
    const [kind, size, mtimeMs, ctimeMs, inode, device] = stats.subarray(
      k * STAT_COLUMNS,
      (k + 1) * STAT_COLUMNS,
    );
    published.set(names[k], { kind: KINDS[kind], size, mtimeMs, ctimeMs, inode, device });
  }
  return { digest, samples, complete, verdict, candidates, programs, behaviours, cells, work, published };
}
