/**
 * Fingerprints of code: digests of a function's compiled text and of every declaration that it depends on. A changed
 * implementation therefore invalidates its results, without a version number that somebody must remember to raise.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Declaration, idOf, type ModuleFacts, type PrimitiveCall, readModules } from './declarations.js';

export interface Fingerprints {
  /** By primitive: its definition and every declaration that its implementation depends on. */
  readonly primitives: Readonly<Record<string, string>>;
  /** By phase: the code that computes its steps' outputs. */
  readonly phases: Readonly<Record<string, string>>;
  /** The code that reads and writes the records of selections in the store. */
  readonly records: string;
}

/** Ids (`module#name`) of the declarations at which fingerprints begin. */
export interface Roots {
  readonly phases: Readonly<Record<string, readonly string[]>>;
  readonly records: readonly string[];
  /** Modules that contain all primitives, see `TABLES`. */
  readonly tables?: readonly string[];
}

/**
 * The outputs of a memoized phase depend on the phase itself, including its format, and on the code it runs
 * elsewhere.
 */
const ROOTS: Roots = {
  phases: {
    load: ['phases/load.js#load'],
    inline: ['phases/inline.js#inline'],
    validate: [
      'phases/validate.js#validate',
      'engine/batch.js#evaluateBatch',
      'build/run/evaluator.js#Evaluator',
    ],
    score: ['phases/score.js#score', 'engine/differs.js#evaluateDiffers', 'build/run/evaluator.js#Evaluator'],
  },
  records: [
    'build/record/selection-state.js#decodeSelectionState',
    'build/record/selection-state.js#encodeSelectionState',
    'build/record/task-state.js#decodeTaskState',
    'build/record/task-state.js#encodeTaskState',
    'build/record/task-result-codec.js#decodeTaskResult',
    'build/record/task-result-codec.js#encodeTaskResult',
    'build/record/solver-errors.js#SolverErrors',
  ],
};

/**
 * All code that parses or evaluates depends on the tables of primitives, but a program depends only on its own
 * primitives, whose fingerprints are in its keys. So a phase's fingerprint leaves the tables out. What the language's
 * front end reads of them (names and signatures) is added to it instead.
 */
const TABLES: readonly string[] = ['dsl/table.js', 'dsl/tokpidjin/table.js', 'dsl/dialects.js'];

/** Computes the fingerprints of the compiled program in `folder`. Throws if a required declaration is missing. */
export function computeFingerprints(folder: string, roots: Roots = ROOTS): Fingerprints {
  const entries = [...Object.values(roots.phases).flat(), ...roots.records].map(moduleOf);
  const tables = roots.tables ?? TABLES;
  const modules = readModules(folder, [...tables, ...entries]);
  const declarations = new Map<string, Declaration>();
  for (const facts of modules.values()) {
    for (const declaration of facts.declarations) declarations.set(idOf(declaration), declaration);
  }
  const calls = primitiveCalls(modules);
  const signatures = calls.map((call) => `${call.name}(${call.signature ?? ''})`).join('\n');
  const byName = new Map(calls.map((call) => [call.name, call]));
  const primitives: Record<string, string> = Object.fromEntries(
    calls.map((call) => {
      const { text, mentions } = withAdopted(call, byName);
      return [call.name, digest(text, reach(mentions, declarations, tables))];
    }),
  );
  if (existsSync(join(folder, 'python'))) primitives[INTERPRETER] = interpreterFingerprint(folder);
  const phases = Object.fromEntries(
    Object.entries(roots.phases).map(([phase, ids]) => [
      phase,
      digest(signatures, reach(ids, declarations, tables)),
    ]),
  );
  return { primitives, phases, records: digest('', reach(roots.records, declarations, tables)) };
}

/** In place of a primitive, for programs in Python (python/python-program.ts). */
const INTERPRETER = 'python.interpreter';

/** Modules that run in an interpreter's process, and those that say what it is asked and what its answers mean. */
const AROUND_PROGRAMS = [
  'interpreter/interpreter-main',
  'interpreter/interpreter',
  'interpreter/frozen-surroundings',
  'interpreter/requests',
  'interpreter-wire',
  'as-written',
  'python-cells',
  'python-file',
  'python-program',
];

/** Digest of CPython as it is installed, and of all that stands around a program. */
function interpreterFingerprint(folder: string): string {
  const sources = join(folder, 'python', 'interpreter');
  const scripts = readdirSync(sources).filter((name) => name.endsWith('.py'));
  // Says the version of CPython, and the digest of its memory after the start.
  const hash = createHash('sha256').update(readFileSync(join(folder, 'python-start.from')));
  for (const name of scripts.sort()) hash.update(`\0${name}\0`).update(readFileSync(join(sources, name)));
  for (const name of AROUND_PROGRAMS) {
    hash.update(`\0${name}\0`).update(readFileSync(join(folder, 'python', `${name}.js`)));
  }
  return hash.digest('hex').slice(0, 32);
}

/** A definition together with that of the primitive that it adopts. */
function withAdopted(
  call: PrimitiveCall,
  byName: ReadonlyMap<string, PrimitiveCall>,
): { readonly text: string; readonly mentions: readonly string[] } {
  if (call.adopts === null) return call;
  const adopted = byName.get(call.adopts);
  if (adopted === undefined) throw new Error(`${call.name} adopts ${call.adopts}, which is not defined`);
  return { text: `${call.text}\n${adopted.text}`, mentions: [...call.mentions, ...adopted.mentions] };
}

function primitiveCalls(modules: ReadonlyMap<string, ModuleFacts>): PrimitiveCall[] {
  const calls = [...modules.values()].flatMap((facts) => facts.primitives);
  calls.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  calls.forEach(({ name }, k) => {
    if (k > 0 && calls[k - 1].name === name) throw new Error(`the primitive ${name} is defined twice`);
  });
  return calls;
}

function moduleOf(id: string): string {
  return id.slice(0, id.indexOf('#'));
}

/** All declarations that `ids` depend on, by id. */
function reach(
  ids: readonly string[],
  declarations: ReadonlyMap<string, Declaration>,
  tables: readonly string[],
): Map<string, Declaration> {
  const reached = new Map<string, Declaration>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id) || tables.includes(moduleOf(id))) continue;
    const declaration = declarations.get(id);
    if (declaration === undefined) throw new Error(`${id} is mentioned but not declared`);
    reached.set(id, declaration);
    waiting.push(...declaration.mentions);
  }
  return reached;
}

function digest(head: string, reached: ReadonlyMap<string, Declaration>): string {
  const hash = createHash('sha256').update(head);
  for (const id of [...reached.keys()].sort())
    hash.update(`\0${id}\0${(reached.get(id) as Declaration).text}`);
  return hash.digest('hex').slice(0, 32);
}
