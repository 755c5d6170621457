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
}

/** The functions that compute the outputs of the memoized phases. */
const PHASE_ROOTS: Readonly<Record<string, string>> = {
  load: 'lang/load.js#loadSource',
  inline: 'phases/inline.js#inlineProgram',
  validate: 'engine/batch.js#evaluateBatch',
  score: 'phases/score.js#scoreProgram',
};

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
    Object.entries(PHASE_ROOTS).map(([phase, root]) => {
      if (!declarations.has(root))
        throw new Error(`there is no ${root} to take the fingerprint of ${phase} from`);
      return [phase, digest(signatures, reach([root], declarations))];
    }),
  );
  return { primitives, phases };
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
