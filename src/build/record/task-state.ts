/** The record of a task in a selection, with which a build can skip the task as a whole. */
import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { STATUSES } from '../../engine/outcome.js';
import { PHASE_ORDER } from '../../text/phase-order.js';
import type { Verdict } from './task-result.js';
import { readHead, type TaskStateHead, writeHead } from './task-state-head.js';

/** A subject's steps of a phase, and the time that they took when they ran: what is saved by skipping them. */
export interface PhaseWork {
  readonly steps: number;
  readonly micros: number;
}

export interface TaskState extends TaskStateHead {
  /** Digest of the task's samples alone. */
  readonly samples: string;
  /** False if some outcome must not be stored (a timeout, a crash), so that the task is built again. */
  readonly complete: boolean;
  readonly verdict: Verdict;
  readonly candidates: number;
  readonly programs: number;
  /** Number of the programs that are in Python. */
  readonly pythonPrograms: number;
  readonly behaviours: number;
  readonly cells: number;
  /** Number of cells by outcome, in the order of STATUSES. */
  readonly statuses: readonly number[];
  /** Number of steps by phase, and the time that they took when they ran. */
  readonly work: ReadonlyMap<string, PhaseWork>;
  /** Number of comparisons without a score, by file, line and name of the differ, separated by line breaks. */
  readonly differFailures: ReadonlyMap<string, number>;
}

const VERDICTS: readonly Verdict[] = ['solved', 'partly', 'unsolved'];
const DIGEST_LENGTH = 32;

export function encodeTaskState(state: TaskState): Uint8Array {
  const writer = new ByteWriter(4096);
  writeHead(state, writer);
  writer.latin1(state.samples);
  writer.byte(state.complete ? 1 : 0).byte(VERDICTS.indexOf(state.verdict));
  writer.unsigned(state.candidates).unsigned(state.programs).unsigned(state.behaviours).unsigned(state.cells);
  writer.unsigned(state.pythonPrograms);
  for (const cells of state.statuses) writer.unsigned(cells);
  writer.unsigned(state.work.size);
  for (const [phase, { steps, micros }] of state.work)
    writer.byte(PHASE_ORDER.indexOf(phase)).unsigned(steps).unsigned(micros);
  writer.unsigned(state.differFailures.size);
  for (const [differ, count] of state.differFailures) writer.string(differ).unsigned(count);
  return writer.finish();
}

/** Null if the bytes are no task state. */
export function decodeTaskState(bytes: Uint8Array): TaskState | null {
  try {
    return readTaskState(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readTaskState(bytes: Uint8Array): TaskState {
  const reader = new ByteReader(bytes);
  const head = readHead(reader);
  const samples = reader.latin1(DIGEST_LENGTH);
  const complete = reader.byte() === 1;
  const verdict = VERDICTS[reader.byte()];
  const candidates = reader.unsigned();
  const programs = reader.unsigned();
  const behaviours = reader.unsigned();
  const cells = reader.unsigned();
  const pythonPrograms = reader.unsigned();
  const statuses = STATUSES.map(() => reader.unsigned());
  const work = new Map<string, PhaseWork>();
  for (let count = reader.unsigned(); count > 0; count--) {
    work.set(PHASE_ORDER[reader.byte()], { steps: reader.unsigned(), micros: reader.unsigned() });
  }
  const differFailures = new Map<string, number>();
  for (let left = reader.unsigned(); left > 0; left--) differFailures.set(reader.string(), reader.unsigned());
  const counts = { candidates, programs, pythonPrograms, behaviours, cells, statuses };
  return { ...head, samples, complete, verdict, ...counts, work, differFailures };
}
