/**
 * Fingerprints of code: digests of a function's compiled text and of every declaration that it reaches, so that changing
 * an implementation invalidates what it computed, and nobody has to remember to raise a version number.
 */
import { createHash } from 'node:crypto';
import { type Declaration, idOf, readModules } from './declarations.js';

export interface Fingerprints {
  /** By primitive: its definition and everything that its implementation reaches. */
  readonly primitives: Readonly<Record<string, string>>;
  /** By phase: the code that computes its steps' outputs. */
  readonly phases: Readonly<Record<string, string>>;
  /** The code that reads and writes what the store remembers of selections. */
  readonly records: string;
}

/** What the outputs of the memoized phases depend on: the phase itself (its format included) and what it runs elsewhere. */
const PHASE_ROOTS: Readonly<Record<string, readonly string[]>> = {
  load: ['phases/load.js#load'],
  inline: ['phases/inline.js#inline'],
  validate: ['phases/validate.js#validate', 'engine/batch.js#evaluateBatch', 'build/evaluator.js#Evaluator'],
  score: ['phases/score.js#score', 'engine/differs.js#evaluateDiffers', 'build/evaluator.js#Evaluator'],
};

/** What reads and writes the store's memory of a selection. */
const RECORD_ROOTS: readonly string[] = [
  'build/selection-state.js#decodeSelectionState',
  'build/selection-state.js#encodeSelectionState',
  'build/task-state.js#decodeTaskState',
  'build/task-state.js#encodeTaskState',
  'build/task-result.js#decodeTaskResult',
  'build/task-result.js#encodeTaskResult',
];

/**
 * The table of primitives is reached by everything that parses or evaluates, but a program depends on the primitives in
 * it only: their fingerprints are in its keys one by one. What the language's front end reads of the table (names and
 * signatures) is added to the phases' fingerprints instead.
 */
const OPAQUE = 'dsl/table.js#';

/** Computes the fingerprints of the compiled program in `folder`. Throws when a root is missing. */
export function computeFingerprints(folder: string): Fingerprints {
  const modules = readModules(folder);
  const declarations = new Map<string, Declaration>();
  for (const facts of modules.values()) {
    for (const declaration of facts.declarations) declarations.set(idOf(declaration), declaration);
  }
  const calls = [...modules.values()].flatMap((facts) => facts.primitives);
  calls.sort((a, b) => (a.name < b.name ? -1 : 1));
  const signatures = calls.map((call) => `${call.name}(${call.signature})`).join('\n');
  const primitives = Object.fromEntries(
    calls.map((call) => [call.name, digest(call.text, reach(call.mentions, declarations))]),
  );
  const phases = Object.fromEntries(
    Object.entries(PHASE_ROOTS).map(([phase, roots]) => [
      phase,
      digest(signatures, reach(roots, declarations)),
    ]),
  );
  return { primitives, phases, records: digest('', reach(RECORD_ROOTS, declarations)) };
}

/** All declarations that can be reached from `ids`, by id. */
function reach(
  ids: readonly string[],
  declarations: ReadonlyMap<string, Declaration>,
): Map<string, Declaration> {
  const reached = new Map<string, Declaration>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id) || id.startsWith(OPAQUE)) continue;
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
