/** The record of a selection: the stats of its inputs, the contents of each file, and the last summary. */
import type { Diagnostic } from '../../diagnostic.js';
import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import type { Summary } from '../../observe/event.js';
import { packTable, type StatTable, unpackTable } from '../../workspace/stat-table.js';
import type { StraySolver } from '../options.js';
import type { Surroundings } from '../selection/selection.js';
import type { PhaseWork } from './task-state.js';

/** A solver file that names no task belongs to every task. No id is empty. */
export const EVERY_TASK = '';

/** The record of an input file, besides its stat and content digest. */
export interface FileRecord {
  /** A task file: the ids that it defines. A solver file: the tasks that its functions belong to, or EVERY_TASK. */
  readonly tasks: readonly string[];
  /** A task file: ids of tasks that exist but cannot be used. */
  readonly rejected: readonly string[];
  /** Time to load it, in microseconds. */
  readonly micros: number;
  /** A solver file that was loaded: one step of the phase load. */
  readonly loads: number;
  /** A solver file: number of its functions that are candidates for every task. */
  readonly generic: number;
  /** A solver file: its functions that belong to no existing task. */
  readonly strays: readonly Stray[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A function that names a task that does not exist. */
export interface Stray {
  readonly name: string;
  /** Line of the `def`, from 1. */
  readonly line: number;
}

/** The strays of all files; names and records are in the same order. */
export function straysIn(names: readonly string[], records: readonly FileRecord[]): StraySolver[] {
  return records.flatMap(({ strays }, k) => strays.map(({ name, line }) => ({ file: names[k], line, name })));
}

/** The record of a file that was not read. */
export const NO_RECORD: FileRecord = {
  tasks: [],
  rejected: [],
  micros: 0,
  loads: 0,
  generic: 0,
  strays: [],
  diagnostics: [],
};

export interface SelectionState {
  /** The settings and the code on which results depend; null if nothing was built yet. */
  readonly surroundings: Surroundings | null;
  /** True if every task was complete, nothing was interrupted and everything could be written. */
  readonly complete: boolean;
  /**
   * The digests of the task states that belong to this scan of the inputs (task-state-head.ts). Other states in the
   * store belong to other inputs; a build that was interrupted or ran at the same time wrote them.
   */
  readonly tasks: Uint8Array;
  readonly summary: Summary;
  /** What a null build saves: the steps of the selection by phase, and the time that they took when they ran. */
  readonly work: Readonly<Record<string, PhaseWork>>;
  /** All diagnostics of the build. */
  readonly diagnostics: readonly Diagnostic[];
  readonly table: StatTable;
  /** By file, in the order of the table; decoded on demand. */
  readonly records: () => readonly FileRecord[];
}

const FORMAT = 2;

export function encodeSelectionState(
  state: Omit<SelectionState, 'records'>,
  records: readonly FileRecord[],
): Uint8Array {
  const { surroundings, complete, tasks: built, summary, work, diagnostics } = state;
  const writer = new ByteWriter(65_536).byte(FORMAT);
  writer
    .string(JSON.stringify({ surroundings, complete, summary, work, diagnostics }))
    .sized(built)
    .sized(packTable(state.table));
  const common = new Map<string, number>();
  const number = (task: string) => {
    if (!common.has(task)) common.set(task, common.size);
    return common.get(task) as number;
  };
  const body = new ByteWriter(65_536);
  for (const { tasks, rejected, micros, loads, generic, strays, diagnostics: reported } of records) {
    body.unsigned(tasks.length);
    for (const task of tasks) body.unsigned(number(task));
    body.unsigned(rejected.length);
    for (const task of rejected) body.unsigned(number(task));
    body.unsigned(micros).byte(loads).unsigned(generic).unsigned(strays.length);
    for (const { name, line } of strays) body.string(name).unsigned(line);
    body.string(reported.length === 0 ? '' : JSON.stringify(reported));
  }
  writer.unsigned(common.size);
  // One by one, because an id may contain any character.
  for (const name of common.keys()) writer.string(name);
  return writer.raw(body.view()).finish();
}

/** Null if the bytes are no state of this version. */
export function decodeSelectionState(bytes: Uint8Array): SelectionState | null {
  try {
    const reader = new ByteReader(bytes);
    if (reader.byte() !== FORMAT) return null;
    const head = JSON.parse(reader.string()) as Omit<SelectionState, 'records' | 'table' | 'tasks'>;
    const tasks = reader.sized();
    const table = unpackTable(reader.sized());
    if (table === null) return null;
    return {
      ...head,
      tasks,
      table,
      records: () => readRecords(reader.bytes.subarray(reader.at), table.names.length),
    };
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError)
      return null;
    throw error;
  }
}

function readRecords(bytes: Uint8Array, count: number): FileRecord[] {
  const reader = new ByteReader(bytes);
  const names = Array.from({ length: reader.unsigned() }, () => reader.string());
  const list = () => Array.from({ length: reader.unsigned() }, () => names[reader.unsigned()]);
  return Array.from({ length: count }, () => {
    const tasks = list();
    const rejected = list();
    const micros = reader.unsigned();
    const loads = reader.byte();
    const generic = reader.unsigned();
    const strays = Array.from({ length: reader.unsigned() }, () => {
      return { name: reader.string(), line: reader.unsigned() };
    });
    const reported = reader.string();
    const diagnostics = reported === '' ? [] : (JSON.parse(reported) as Diagnostic[]);
    return { tasks, rejected, micros, loads, generic, strays, diagnostics };
  });
}
