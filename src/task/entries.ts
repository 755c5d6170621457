/** Where the tasks of a file stand: one alone, several by their ids, or several of such lists by the names of splits. */
import type { JsonFile } from './json-file.js';
import { type JsonNode, type JsonPath, offsetAt } from './json-source.js';
import { isRecord, type JsonRecord } from './json-value.js';

/** What may be a task. */
export interface TaskEntry {
  readonly id: string;
  readonly value: unknown;
  /** Where it stands in the file. */
  readonly path: JsonPath;
  /** Its place in the text; null where it is known that no key is repeated. */
  readonly node: JsonNode | null;
  /** Where its key stands; null where that is not known, or there is none. */
  readonly offset: number | null;
}

/** The tasks of a file; null when it holds none. `id` is that of a single task. */
export function taskEntries(json: JsonFile, id: string): TaskEntry[] | null {
  const { value } = json;
  const isSplit = isRecord(value) && Object.values(value).some(isCombined);
  if (!isSplit && !isTaskLike(value) && !Array.isArray(value) && !isCombined(value)) return null;
  const root: Member = { key: id, value, node: mayRepeatKeys(json) ? json.structure() : null, offset: null };
  if (isSplit) {
    return membersOf(json, root).flatMap((split) =>
      isCombined(split.value)
        ? membersOf(json, split).map((member) => entryOf(member, [split.key, member.key]))
        : [],
    );
  }
  if (isTaskLike(value) || Array.isArray(value)) return [entryOf(root, [])];
  return membersOf(json, root).map((member) => entryOf(member, [member.key]));
}

/** Line and column of a value of the task, or of the task itself. */
export function locate(json: JsonFile, { node, path }: TaskEntry, place: JsonPath | number) {
  if (typeof place === 'number') return json.position(place);
  // Of a repeated key, the path leads to the first.
  return json.position(node === null ? [...path, ...place] : offsetAt(node, place));
}

/** Line and column of the task's key, or of the task where it has none. */
export function locateKey(json: JsonFile, entry: TaskEntry) {
  return entry.offset === null ? locate(json, entry, []) : json.position(entry.offset);
}

/** The value of a key. */
interface Member {
  readonly key: string;
  readonly value: unknown;
  readonly node: JsonNode | null;
  readonly offset: number | null;
}

function entryOf({ key, value, node, offset }: Member, path: JsonPath): TaskEntry {
  return { id: key, value, path, node, offset };
}

/** The members of an object, those of repeated keys included. */
function membersOf(json: JsonFile, { value, node }: Member): Member[] {
  const object = value as JsonRecord;
  if (node === null)
    return Object.keys(object).map((key) => ({ key, value: object[key], node, offset: null }));
  if (typeof node === 'number' || node.kind !== 'object') throw new Error('an object has another structure');
  const repeated = new Set(node.repeated.map(({ key }) => key));
  const first = [...node.entries].map(([key, { offset, value: place }]) => {
    // JSON.parse kept the last of the values, so the first is parsed again.
    return { key, value: repeated.has(key) ? parseNode(json, place) : object[key], node: place, offset };
  });
  const more = node.repeated.map(({ key, offset, value: place }) => {
    return { key, value: parseNode(json, place), node: place, offset };
  });
  return [...first, ...more];
}

function parseNode({ text }: JsonFile, node: JsonNode): unknown {
  // A scalar is no task whatever it is.
  return typeof node === 'number' ? null : JSON.parse(text.slice(node.offset, node.end));
}

/** Levels on which "train" may be the name of something else: of a split, of a task in it. A text may nest deeper. */
const NAMED_LEVELS = 3;

function isTaskLike(value: unknown, levels = NAMED_LEVELS): boolean {
  if (Array.isArray(value)) return isRecord(value[0]) && Object.hasOwn(value[0], 'input');
  if (!isRecord(value)) return false;
  // A task may be called "train".
  return ['train', 'test'].some((key) => {
    return (
      Object.hasOwn(value, key) && !(levels > 0 && isRecord(value[key]) && isTaskLike(value[key], levels - 1))
    );
  });
}

/** Tasks by their ids. A task itself is none: its lists hold samples, not tasks. */
function isCombined(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return isTaskLike(value) ? false : Object.values(value).some((entry) => isTaskLike(entry));
}

/**
 * Says false only when no object of the text repeats a key: the text then has exactly as many strings as its value has
 * keys and strings. Far cheaper than reading the structure, which few good files then need.
 */
function mayRepeatKeys({ text, value }: JsonFile): boolean {
  if (text.includes('\\')) return true;
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  return quotes !== 2 * stringsIn(value, 0);
}

/** Splits, ids, lists, samples, and what samples hold besides grids. */
const DEEPEST = 6;

/** Keys and strings of a value, as far as they may stand in tasks: not within grids, nor deeper. */
function stringsIn(value: unknown, depth: number): number {
  if (typeof value === 'string') return 1;
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return 0;
  let strings = 0;
  if (Array.isArray(value)) {
    if (!Array.isArray(value[0])) for (const item of value) strings += stringsIn(item, depth + 1);
    return strings;
  }
  for (const key of Object.keys(value)) strings += 1 + stringsIn((value as JsonRecord)[key], depth + 1);
  return strings;
}
