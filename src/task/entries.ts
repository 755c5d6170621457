/** Finds the tasks of a file: a single task, several by their ids, or several such objects by the names of splits. */
import type { JsonFile } from './json-file.js';
import { type JsonNode, type JsonPath, offsetAt } from './json-source.js';
import { isRecord, type JsonRecord } from './json-value.js';

/** A value that may be a task. */
export interface TaskEntry {
  readonly id: string;
  readonly value: unknown;
  /** The path to it in the file. */
  readonly path: JsonPath;
  /** Its node in the text; null if no key is known to be repeated. */
  readonly node: JsonNode | null;
  /** Offset of its key; null if unknown, or if it has none. */
  readonly offset: number | null;
}

/** The tasks of a file; null if it holds none. `id` is that of a single task. */
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
  // The path leads to the first of repeated keys.
  return json.position(node === null ? [...path, ...place] : offsetAt(node, place));
}

/** Line and column of the task's key, or of the task if it has none. */
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

/** The members of an object, including those of repeated keys. */
function membersOf(json: JsonFile, { value, node }: Member): Member[] {
  const object = value as JsonRecord;
  if (node === null)
    return Object.keys(object).map((key) => ({ key, value: object[key], node, offset: null }));
  if (typeof node === 'number' || node.kind !== 'object') throw new Error('an object has another structure');
  const repeated = new Set(node.repeated.map(({ key }) => key));
  const first = [...node.entries].map(([key, { offset, value: place }]) => {
    // JSON.parse returned the last of the values, so the first is parsed separately.
    return { key, value: repeated.has(key) ? parseNode(json, place) : object[key], node: place, offset };
  });
  const more = node.repeated.map(({ key, offset, value: place }) => {
    return { key, value: parseNode(json, place), node: place, offset };
  });
  return [...first, ...more];
}

function parseNode({ text }: JsonFile, node: JsonNode): unknown {
  // A scalar is never a task.
  return typeof node === 'number' ? null : JSON.parse(text.slice(node.offset, node.end));
}

/** The levels at which "train" may be a name: of a split, or of a task in it. A text may nest deeper. */
const NAMED_LEVELS = 3;

function isTaskLike(value: unknown, levels = NAMED_LEVELS): boolean {
  if (Array.isArray(value)) return isRecord(value[0]) && Object.hasOwn(value[0], 'input');
  if (!isRecord(value)) return false;
  // A task may have the id "train".
  return ['train', 'test'].some((key) => {
    return (
      Object.hasOwn(value, key) && !(levels > 0 && isRecord(value[key]) && isTaskLike(value[key], levels - 1))
    );
  });
}

/** Tasks by their ids. A task itself is not such an object: its lists hold samples, not tasks. */
function isCombined(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return isTaskLike(value) ? false : Object.values(value).some((entry) => isTaskLike(entry));
}

/**
 * False only if no object of the text repeats a key: then the number of strings in the text equals the number of keys
 * and strings in its value. Far cheaper than reading the structure, which few correct files then need.
 */
function mayRepeatKeys({ text, value }: JsonFile): boolean {
  if (text.includes('\\')) return true;
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  return quotes !== 2 * stringsIn(value, 0);
}

/** Depth of splits, ids, lists, samples, and the fields of samples besides grids. */
const DEEPEST = 6;

/** Number of keys and strings of a value, as deep as tasks have any: not within grids. */
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
