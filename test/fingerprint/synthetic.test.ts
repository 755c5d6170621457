/** Fingerprints of small compiled programs: a change affects exactly the code that can reach it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { computeFingerprints, type Roots } from '../../src/fingerprint/fingerprints.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Modules = Readonly<Record<string, string>>;

const ROOTS: Roots = {
  phases: { work: ['engine/work.js#work'] },
  records: ['engine/record.js#record'],
  tables: ['dsl/table.js'],
};

const MODULES: Modules = {
  'dsl/primitive.js':
    'export function primitive(family, name, signature, charge, run) { return { name, run }; }\n',
  'dsl/table.js': `import { numbers } from './numbers.js';
import { grids } from './grids.js';
export const primitives = [...numbers, ...grids];
`,
  'dsl/numbers.js': `import { primitive } from './primitive.js';
import { clamp as bounded } from './clamp.js';
import { Counter, start } from './counter.js';
const constant = () => 0;
export const numbers = [
  primitive('numbers', 'add', 'a: number, b: number -> number', constant, (a, b) => bounded(a + b)),
  primitive('numbers', 'negate', 'a: number -> number', constant, (a) => -a),
  primitive('numbers', 'count', 'a: any -> integer', () => 1, (a) => new Counter(start).count(a)),
];
`,
  'dsl/clamp.js': `import { LIMIT } from './limit.js';
export function clamp(value) { return inside(value) ? value : LIMIT; }
function inside(value) { return value < LIMIT; }
export function unused() { return 1; }
`,
  'dsl/limit.js': 'export const LIMIT = 1000, OTHER = 5;\n',
  'dsl/counter.js': `export let start = 0;
const table = new Map();
for (let k = 0; k < 10; k++) table.set(k, even(k) ? 1 : 2);
function even(k) { return k === 0 || odd(k - 1); }
function odd(k) { return k !== 0 && even(k - 1); }
export class Counter {
  constructor(from) { this.from = from; }
  count(a) { return this.from + table.get(a); }
}
`,
  'dsl/grids.js': `import { primitive } from './primitive.js';
import { turned } from './turned.js';
export const grids = [
  primitive('grids', 'turn', 'grid: grid -> grid', (g) => g.length, (g) => turned(g)),
  primitive('grids', 'turn_twice', 'grid: grid -> grid', (g) => g.length, (g) => turned(turned(g))),
];
`,
  'dsl/turned.js': `const { floor, max: most } = Math;
export const turned = (g) => floor(most(g));
`,
  'engine/work.js': `import { primitives } from '../dsl/table.js';
import { LIMIT } from '../dsl/limit.js';
import { createHash } from 'node:crypto';
export function work(id) { return helper(primitives[id]) + LIMIT + createHash('md5'); }
function helper(primitive) { return primitive.run(1); }
`,
  'engine/record.js': 'export function record(x) { return [x]; }\n',
};

function fingerprintsOf(modules: Modules): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(modules)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { primitives, phases, records } = computeFingerprints(folder, ROOTS);
  return new Map([...Object.entries(primitives), ...Object.entries(phases), ['records', records]]);
}

/** The fingerprints that change if `from` becomes `to` in a module. */
function changedBy(module: string, from: string | RegExp, to: string): string[] {
  const text = MODULES[module].replace(from, to);
  if (text === MODULES[module]) throw new Error('the edit changes nothing');
  const before = fingerprintsOf(MODULES);
  const after = fingerprintsOf({ ...MODULES, [module]: text });
  return [...before]
    .filter(([name, print]) => after.get(name) !== print)
    .map(([name]) => name)
    .sort();
}

describe('fingerprints', () => {
  it('are the same for the same code, wherever it lies', () => {
    expect(fingerprintsOf(MODULES)).toEqual(fingerprintsOf(MODULES));
  });

  it('are all different', () => {
    const prints = fingerprintsOf(MODULES);
    expect([...prints.keys()].sort()).toEqual([
      'add',
      'count',
      'negate',
      'records',
      'turn',
      'turn_twice',
      'work',
    ]);
    expect(new Set(prints.values()).size).toBe(7);
  });
});

describe('a change is seen by what reaches it:', () => {
  const cases: [string, string, string | RegExp, string, string[]][] = [
    ['a primitive itself', 'dsl/numbers.js', '=> -a', '=> 0 - a', ['negate']],
    [
      'its charge',
      'dsl/grids.js',
      '(g) => g.length, (g) => turned(g)',
      '(g) => 2, (g) => turned(g)',
      ['turn'],
    ],
    ['a helper imported under another name', 'dsl/clamp.js', '? value : LIMIT', '? value : 0', ['add']],
    ['a helper of a helper', 'dsl/clamp.js', 'value < LIMIT', 'value <= LIMIT', ['add']],
    ['a constant that two reach', 'dsl/limit.js', '1000', '1001', ['add', 'work']],
    ['its neighbour in the same declaration, which nobody reaches', 'dsl/limit.js', '5', '6', []],
    ['a function that nobody reaches', 'dsl/clamp.js', 'return 1', 'return 2', []],
    [
      'a helper of all in its module',
      'dsl/numbers.js',
      'constant = () => 0',
      'constant = () => 1',
      ['add', 'negate'],
    ],
    ['a class', 'dsl/counter.js', 'this.from + table', 'this.from - table', ['count']],
    ['a table that a class reads', 'dsl/counter.js', 'new Map()', 'new Map([])', ['count']],
    ['what fills the table when its module is loaded', 'dsl/counter.js', '? 1 : 2', '? 2 : 1', ['count']],
    ['functions that call each other', 'dsl/counter.js', 'k !== 0 &&', 'k > 0 &&', ['count']],
    ['a variable', 'dsl/counter.js', 'start = 0', 'start = 1', ['count']],
    ['a value taken apart', 'dsl/turned.js', 'max: most', 'min: most', ['turn', 'turn_twice']],
    ['what a phase runs', 'engine/work.js', 'run(1)', 'run(2)', ['work']],
    ['what the records are made by', 'engine/record.js', '[x]', '[x, x]', ['records']],
    [
      'a name or a signature, of which the phases read all',
      'dsl/grids.js',
      "'grid: grid",
      "'g: grid",
      ['turn', 'work'],
    ],
    [
      'the table, which nobody sees as a whole',
      'dsl/table.js',
      '...numbers, ...grids',
      '...grids, ...numbers',
      [],
    ],
  ];

  it.each(cases)('%s', (_what, module, from, to, changed) => {
    expect(changedBy(module, from, to)).toEqual(changed);
  });

  it('a new primitive changes none of the others, but the phases', () => {
    const more = "primitive('grids', 'more', 'grid: grid -> grid', () => 0, (g) => g),\n];";
    expect(changedBy('dsl/grids.js', '];', more)).toEqual(['work']);
  });

  it('comments between declarations and blank lines are not code', () => {
    expect(changedBy('dsl/clamp.js', 'function inside', '// text\n\nfunction inside')).toEqual([]);
  });
});

describe('what does not belong to the program', () => {
  it('is not looked at, whatever it holds', () => {
    const leftover = `import { primitive } from './primitive.js';
export const old = [primitive('numbers', 'add', 'a: number -> number', null, (a) => a)];
`;
    const others = { 'dsl/leftover.js': leftover, 'bundle/main.js': 'this is no module (' };
    expect(fingerprintsOf({ ...MODULES, ...others })).toEqual(fingerprintsOf(MODULES));
  });
});

describe('code that cannot be followed is refused, not guessed at:', () => {
  const refused: [string, Modules, RegExp][] = [
    [
      'a missing root',
      { 'engine/work.js': 'export function other() {}\n' },
      /engine\/work\.js#work is mentioned/,
    ],
    [
      'a missing module',
      { 'dsl/turned.js': "import { x } from './gone.js';\n" },
      /gone\.js, which does not exist/,
    ],
    [
      'a missing declaration',
      { 'dsl/limit.js': 'export const OTHER = 1;\n' },
      /limit\.js#LIMIT is mentioned/,
    ],
    [
      'all of a module under one name',
      { 'dsl/turned.js': "import * as all from './limit.js';\n" },
      /only named imports/,
    ],
    [
      'a primitive with a computed name',
      { 'dsl/grids.js': MODULES['dsl/grids.js'].replace("'turn'", "'tu' + 'rn'") },
      /name or a signature that is no literal/,
    ],
    [
      'two primitives of one name',
      { 'dsl/grids.js': MODULES['dsl/grids.js'].replace("'turn_twice'", "'turn'") },
      /turn is defined twice/,
    ],
  ];

  it.each(refused)('%s', (_what, modules, message) => {
    expect(() => fingerprintsOf({ ...MODULES, ...modules })).toThrow(message);
  });
});
