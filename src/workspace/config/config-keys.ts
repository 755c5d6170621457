/** Every key of the config: its type, default and meaning. The JSON schema and the messages follow this table. */
import { delimiter } from 'node:path';
import { isServerAddress, withoutCredentials } from './server-address.js';

const LARGEST = Number.MAX_SAFE_INTEGER;

/** In seconds. */
const DAY = 86_400;

/** The type of a setting's value. */
export interface Kind<Value> {
  /** Completes "expected ...". */
  readonly expected: string;
  /** Checks a parsed JSON value; null if it is not of this type. */
  read(value: unknown): Value | null;
  /** The value of an option or an environment variable; null if the text is not of this type. */
  readText(text: string): Value | null;
  /** The type in JSON schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The part of a given text, valid or not, that may be printed; if absent, all of it. */
  readonly printed?: (text: string) => string;
}

export interface ConfigKey<Value> {
  readonly kind: Kind<Value>;
  /** Null if the default depends on the machine. */
  readonly fallback: Value | null;
  readonly description: string;
}

const PATHS: Kind<readonly string[]> = {
  expected: 'a path or a list of paths',
  read(value) {
    const list: unknown[] = Array.isArray(value) ? value : [value];
    return list.every(isPath) ? list : null;
  },
  /** As in PATH. */
  readText: (text) => PATHS.read(text.split(delimiter)),
  schema: {
    oneOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', items: { type: 'string', minLength: 1 } },
    ],
  },
};

const PATH: Kind<string> = {
  expected: 'a path',
  read: (value) => (isPath(value) ? value : null),
  readText: (text) => (isPath(text) ? text : null),
  schema: { type: 'string', minLength: 1 },
};

/** A list of texts, or a single text; `isItem` checks each text. */
function texts(expected: string, isItem: (text: string) => boolean): Kind<readonly string[]> {
  const isFit = (item: unknown): item is string => typeof item === 'string' && isItem(item);
  const read = (value: unknown): readonly string[] | null => {
    const list: unknown[] = Array.isArray(value) ? value : [value];
    return list.every(isFit) ? list : null;
  };
  return {
    expected,
    read,
    readText: (text) => read(text.split(',')),
    schema: {
      oneOf: [
        { type: 'string', minLength: 1 },
        { type: 'array', items: { type: 'string', minLength: 1 } },
      ],
    },
  };
}

/** Demo samples are always shown as "demo", so no list of samples may have that name. */
const LISTS = texts(
  'names of lists of samples, none of them "demo"',
  (text) => isText(text) && text !== 'demo',
);

const PATTERNS = texts('a pattern or a list of patterns', isText);

const SWITCH: Kind<boolean> = {
  expected: 'true or false',
  read: (value) => (typeof value === 'boolean' ? value : null),
  readText: (text) => (text === 'true' ? true : text === 'false' ? false : null),
  schema: { type: 'boolean' },
};

function isPath(value: unknown): value is string {
  return typeof value === 'string' && isText(value);
}

function isText(value: string): boolean {
  return value !== '' && !value.includes('\0');
}

/** An integer from 1 to `maximum`. */
function count(maximum: number): Kind<number> {
  const read = (value: unknown): number | null =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maximum ? value : null;
  return {
    expected: maximum === LARGEST ? 'an integer of at least 1' : `an integer from 1 to ${maximum}`,
    read,
    readText: (text) => (/^\d+$/.test(text) ? read(Number(text)) : null),
    schema: { type: 'integer', minimum: 1, maximum },
  };
}

/** A number of seconds above 0. */
function seconds(maximum: number): Kind<number> {
  const read = (value: unknown): number | null =>
    typeof value === 'number' && value > 0 && value <= maximum ? value : null;
  return {
    expected: `a number of seconds above 0, at most ${maximum}`,
    read,
    readText: (text) => (/^(\d+\.?\d*|\.\d+)$/.test(text) ? read(Number(text)) : null),
    schema: { type: 'number', exclusiveMinimum: 0, maximum },
  };
}

/** A name as Python has it; empty for none. */
const FUNCTION: Kind<string> = {
  expected: 'the name of a function',
  read: (value) => (typeof value === 'string' && /^([^\W\d]\w*)?$/u.test(value) ? value : null),
  readText: (text) => FUNCTION.read(text),
  schema: { type: 'string', pattern: '^([A-Za-z_][A-Za-z0-9_]*)?$' },
};

/** The address of a server, which may hold credentials; empty for none. */
const SERVER: Kind<string> = {
  expected: 'an address that begins with http:// or https://',
  read: (value) => (typeof value === 'string' && (value === '' || isServerAddress(value)) ? value : null),
  readText: (text) => SERVER.read(text),
  schema: { type: 'string' },
  printed: withoutCredentials,
};

/** A percentage, from 0 to 100; as text with or without its sign. */
const PERCENT: Kind<number> = {
  expected: 'a percentage from 0 to 100',
  read: (value) => (typeof value === 'number' && value >= 0 && value <= 100 ? value : null),
  readText: (text) => (/^\d+(\.\d+)?%?$/.test(text) ? PERCENT.read(Number(text.replace('%', ''))) : null),
  schema: { type: 'number', minimum: 0, maximum: 100 },
};

/** The URL of a Redis server; empty for none. */
const REDIS_URL: Kind<string> = {
  expected: 'a URL that begins with redis:// or rediss://',
  read: (value) => (typeof value === 'string' && (value === '' || isRedisUrl(value)) ? value : null),
  readText: (text) => REDIS_URL.read(text),
  schema: { type: 'string', pattern: '^(rediss?://.+)?$' },
  printed: withoutPassword,
};

function isRedisUrl(text: string): boolean {
  return /^rediss?:\/\/./.test(text) && URL.canParse(text);
}

/** A URL without its user and password. */
function withoutPassword(url: string): string {
  return url.replace(/\/\/.*@/s, '//');
}

function oneOf<Word extends string>(...words: readonly Word[]): Kind<Word> {
  const read = (value: unknown): Word | null => words.find((word) => word === value) ?? null;
  return {
    expected: words.map((word) => `"${word}"`).join(' or '),
    read,
    readText: read,
    schema: { enum: words },
  };
}

function key<Value>(kind: Kind<Value>, fallback: Value | null, description: string): ConfigKey<Value> {
  return { kind, fallback, description };
}

/**
 * The default budget of a cell. A unit is one touched element, about 5 ns on a core of 2026, so the default is about
 * 100 ms of evaluation. Ordinary solvers of 30 x 30 tasks use less than a thousandth of it.
 */
export const DEFAULT_COST = 20_000_000;
export const DEFAULT_CELLS = 4_000_000;
export const DEFAULT_WALL_SECONDS = 10;

/** The default budget of a Python program: jumps backwards and calls, about a second of an endless loop. */
export const DEFAULT_EVENTS = 2_000_000;

/** By dotted name: `budget.cost` is the key `cost` in the object `budget`. */
export const CONFIG_KEYS = {
  tasks: key(
    PATHS,
    ['tasks'],
    'Folders of ARC task files (*.json), task files, or combined challenges files.',
  ),
  solvers: key(PATHS, ['solvers'], 'Folders of solver files (*.py), or solver files.'),
  differs: key(PATHS, ['differs'], 'Folders of differ files (*.py), or differ files.'),
  python: key(
    PATHS,
    [],
    'Folders of programs in Python (*.py), or such files: what is in them is never in the language of solvers.',
  ),
  'python.entry': key(
    FUNCTION,
    '',
    'The function of a Python program that is called. Default: transform, solve, main, p, solve_<task> or the only one.',
  ),
  'python.events': key(
    count(4_000_000_000),
    DEFAULT_EVENTS,
    'Loops and calls that a Python program may make on one sample; the same on every machine.',
  ),
  'python.packages': key(
    PATHS,
    [],
    'Wheels of pure Python (*.whl), or folders of such: what programs in Python may import besides the standard modules.',
  ),
  cache: key(PATH, 'cache', 'The folder of the store. It may be deleted at any time; that costs only time.'),
  'cache.remote': key(
    SERVER,
    '',
    'The address of a shared cache: a server of the HTTP cache protocol of Bazel. Steps that other machines have run are taken from there.',
  ),
  'cache.remote.mode': key(
    oneOf('read', 'readwrite'),
    'read',
    'Whether the shared cache is only read, or gets what runs here as well.',
  ),
  'cache.remote.uploadSeconds': key(
    seconds(DAY),
    5,
    'Seconds that a build waits at its end for what is still on its way to the shared cache.',
  ),
  'cache.remote.maxMegabytes': key(
    count(4096),
    64,
    'Size of an answer of the shared cache, in millions of bytes, above which it is dropped; nothing larger is sent either.',
  ),
  out: key(PATH, 'out', 'The folder in which solvers and differs are published.'),
  pairing: key(
    oneOf('own', 'all'),
    'own',
    'Which tasks a solver is tried on: "own" for the task that its name, file or folder names (all tasks if none is named), "all" for every task whatever its name.',
  ),
  dialect: key(
    oneOf('by-file', 'arc-dsl', 'tokpidjin'),
    'by-file',
    'The dialect of solvers and differs that do not say theirs in a comment "# dialect: NAME": "by-file" goes by the names that a file uses.',
  ),
  samples: key(
    LISTS,
    ['train', 'test'],
    'The lists of samples of a task that are judged: "train" and "test" always, and others that tasks have, such as "arc-gen".',
  ),
  ignore: key(
    PATTERNS,
    [],
    'Files and folders that are no inputs: names, or paths from the workspace, in which * stands for anything but /, and ** for anything.',
  ),
  jobs: key(
    count(512),
    null,
    'How many workers evaluate at once, at most. Default: one less than there are cores.',
  ),
  'budget.cost': key(
    count(LARGEST),
    DEFAULT_COST,
    'Units of cost that one program may spend on one sample; the same on every machine.',
  ),
  'budget.cells': key(
    count(LARGEST),
    DEFAULT_CELLS,
    'Elements that one program may have allocated at once on one sample.',
  ),
  'budget.wallSeconds': key(
    seconds(DAY),
    DEFAULT_WALL_SECONDS,
    'Seconds after which a worker that does not answer is replaced: the last net, not the budget.',
  ),
  queue: key(
    REDIS_URL,
    '',
    'The Redis server by which workers of other machines take part (battbuild worker). Its password belongs into the environment.',
  ),
  verifyRemote: key(
    PERCENT,
    0,
    'How many of the answers of other machines are compared with what they are here, in percent.',
  ),
  'publish.enabled': key(SWITCH, true, 'Whether solvers and differs are published at all.'),
  'publish.keep': key(count(LARGEST), 32, 'How many solvers of a task stay published: the best.'),
  'publish.links': key(
    oneOf('hard', 'symbolic'),
    'hard',
    'What stands in the folders of tasks: "hard" links to the published texts, symbolic ones where the file system refuses; or "symbolic" ones only.',
  ),
  'watch.poll': key(
    SWITCH,
    false,
    'Whether watch looks at all inputs once a second instead of listening: for network and container file systems.',
  ),
  'gc.maxAgeDays': key(count(36_500), 30, 'Days after which the store forgets what no build has used.'),
  'gc.maxMegabytes': key(
    count(LARGEST),
    2048,
    'Size of the store, in millions of bytes, above which it forgets what was used least recently.',
  ),
} as const;

export type SettingName = keyof typeof CONFIG_KEYS;

export type SettingValue<Name extends SettingName> =
  (typeof CONFIG_KEYS)[Name] extends ConfigKey<infer Value> ? Value : never;

/** The options for a setting: `verifyRemote` is `--verify-remote`. */
export const FLAG_OF = {
  tasks: 'tasks',
  solvers: 'solvers',
  differs: 'differs',
  python: 'python',
  cache: 'cache',
  'cache.remote': 'remoteCache',
  out: 'out',
  jobs: 'jobs',
  'budget.cost': 'budget',
  'budget.wallSeconds': 'timeout',
  'watch.poll': 'poll',
  queue: 'queue',
  verifyRemote: 'verifyRemote',
} as const satisfies { readonly [Name in SettingName]?: string };

/** The environment variable for a setting: `BATTBUILD_BUDGET_WALL_SECONDS` for `budget.wallSeconds`. */
export function variableOf(name: SettingName): string {
  const words = name.replaceAll('.', '_').replace(/[A-Z]/g, '_$&');
  return `BATTBUILD_${words.toUpperCase()}`;
}

/** The names of a setting in the config: group and key, or one dotted name if the group is a setting itself. */
export function pathOf(name: SettingName): readonly string[] {
  return Object.hasOwn(CONFIG_GROUPS, name.split('.')[0]) ? name.split('.') : [name];
}

/** The descriptions of the config's groups. */
export const CONFIG_GROUPS = {
  budget: 'What one program may use on one sample.',
  publish: 'What is written to the output folder.',
  watch: 'How changes are seen.',
  gc: 'How long the store remembers, and how much.',
} as const;
