/** Hostile task files: valid ones with pieces of JSON replaced by unexpected values, and some that are no JSON. */
import type { Random } from '../../workspace/random.js';
import { CONTROLS, NAMES, NUMBERS, TEXTS } from './words.js';

const KEYS = ['train', 'test', 'input', 'output', 'name', '', ...NAMES];

const DEEP = 10_000;

/** The text of a task file. */
export function hostileTask(random: Random): string {
  if (random.chance(0.02)) return deep(random);
  const text = random.chance(0.5) ? task(random) : combined(random);
  if (random.chance(0.7)) return text;
  const at = random.below(text.length);
  const word = random.pick(
    random.pick([NAMES, NUMBERS, CONTROLS, TEXTS, ['"', '\\', '{', '}', ',', ':', '[']]),
  );
  return random.chance(0.5) ? text.slice(0, at) : text.slice(0, at) + word + text.slice(at + random.below(3));
}

/** A file name; its stem is taken as the id of a task. */
export function hostileTaskName(random: Random): string {
  return `tasks/${random.pick(random.pick([NAMES, NAMES, NAMES, NAMES, TEXTS, CONTROLS]))}.json`;
}

function task(random: Random): string {
  const samples = (): string =>
    spoilt(random, 0.02, () => `[${list(1 + random.below(3), () => sample(random))}]`);
  return object(random, [
    ['train', samples()],
    ['test', samples()],
  ]);
}

function combined(random: Random): string {
  const entries = Array.from({ length: 1 + random.below(4) }, (): [string, string] => [
    random.pick(random.pick([NAMES, NAMES, NAMES, NAMES, TEXTS, CONTROLS])),
    task(random),
  ]);
  return object(random, entries);
}

function sample(random: Random): string {
  return spoilt(random, 0.01, () =>
    object(random, [
      ['input', grid(random)],
      ['output', grid(random)],
    ]),
  );
}

function grid(random: Random): string {
  const [height, width] = [random, random].map((one) => (one.chance(0.005) ? 31 : 1 + one.below(4)));
  const row = (): string => {
    const cell = (): string => spoilt(random, 0.001, () => String(random.below(10)));
    return spoilt(random, 0.003, () => `[${list(random.chance(0.003) ? 0 : width, cell)}]`);
  };
  return spoilt(random, 0.02, () => `[${list(height, row)}]`);
}

function object(random: Random, entries: readonly (readonly [string, string])[]): string {
  const all = entries.flatMap(([key, value]): (readonly [string, string])[] => {
    if (random.chance(0.005)) return [];
    if (random.chance(0.005)) return [[random.pick(KEYS), value]];
    return new Array<readonly [string, string]>(random.chance(0.01) ? 2 : 1).fill([key, value]);
  });
  return `{${all.map(([key, value]) => `${keyText(random, key)}:${value}`).join(',')}}`;
}

/** A key written with escapes is the same key. */
function keyText(random: Random, key: string): string {
  if (!random.chance(0.05)) return JSON.stringify(key);
  const units = Array.from({ length: key.length }, (_, k) => key.charCodeAt(k).toString(16).padStart(4, '0'));
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}

function list(length: number, item: () => string): string {
  return Array.from({ length }, item).join(',');
}

/** The value, or something else instead. */
function spoilt(random: Random, probability: number, value: () => string): string {
  if (!random.chance(probability)) return value();
  return random.pick(['null', 'true', '{}', '[]', '[[]]', '""', '"7"', '{"__proto__":[]}', ...NUMBERS]);
}

function deep(random: Random): string {
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"train":', '}'],
    ['{"__proto__":', '}'],
    ['[{"input":', '}]'],
  ]);
  return open.repeat(DEEP) + (random.chance(0.5) ? `1${close.repeat(DEEP)}` : '');
}
