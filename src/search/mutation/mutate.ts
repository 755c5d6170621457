/** Mutates programs: one to three small changes that keep types, chosen by a seeded generator. */
import { type BodyHash, languageOfProgram } from '../../lang/program/program.js';
import { inferTypes } from '../types/inference.js';
import { composition, crossover, deletion, insertion } from './insertion-deletion.js';
import type { Ancestor, Mutation } from './mutation-context.js';
import { argument, constant, exchange, primitive } from './point-mutations.js';
import { ProgramEditor } from './program-editor.js';
import type { Random } from './random.js';
import type { SampleFeatures } from './sample-features.js';

/** Names of the mutations, as written in lineages. */
export const MUTATIONS = [
  'constant',
  'primitive',
  'argument',
  'exchange',
  'insertion',
  'deletion',
  'composition',
  'crossover',
] as const;
export type MutationName = (typeof MUTATIONS)[number];

const PLAIN: Readonly<Record<Exclude<MutationName, 'crossover'>, Mutation>> = {
  constant,
  primitive,
  argument,
  exchange,
  insertion,
  deletion,
  composition,
};

/** Weights of the mutations, in the order of the names. */
const WEIGHTS = [5, 5, 3, 1, 3, 2, 1, 2];

/** Weights of one, two and three changes in a mutant. */
const CHANGES = [6, 3, 1];

/** Changes that are tried before a mutant is left with the changes that succeeded so far. */
const TRIES = 12;

/** Maximum number of nodes of a mutant, unless its parent has more. */
const LARGEST_PROGRAM = 160;

export interface Mutant extends Ancestor {
  /** The applied mutations, in order; at least one. */
  readonly mutations: readonly MutationName[];
  /** Body hashes of the programs that crossovers took parts from, in order. */
  readonly donors: readonly BodyHash[];
}

export interface MutationRequest {
  readonly parent: Ancestor;
  readonly features: SampleFeatures;
  readonly random: Random;
  /** Chooses a program in the parent's language to take a part from. */
  readonly donor: () => Ancestor;
}

const editor = new ProgramEditor();

/** A canonical program that differs from its parent and has no more type faults; null if none was found. */
export function mutate({ parent, features, random, donor }: MutationRequest): Mutant | null {
  const mutations: MutationName[] = [];
  const donors: BodyHash[] = [];
  const largest = Math.max(LARGEST_PROGRAM, parent.program.length);
  let { program, types, faults } = parent;
  let left = 1 + random.weighted(CHANGES);
  // A mutant without primitives on the way to another one stays in the language of its parent.
  const language = languageOfProgram(program);
  editor.open(program);
  for (let tries = 0; left > 0 && tries < TRIES; tries++) {
    const name = MUTATIONS[random.weighted(WEIGHTS)];
    const from = name === 'crossover' ? donor() : null;
    const mutation = name === 'crossover' ? crossover(from as Ancestor) : PLAIN[name];
    const result = mutation({ program, language, types, editor, random, features });
    if (result === null || result === editor.result) continue;
    const changed = editor.program(result);
    const inferred = changed.length > largest ? null : inferTypes(changed);
    if (inferred === null || inferred.faults > parent.faults) continue;
    program = changed;
    ({ types, faults } = inferred);
    editor.open(program);
    mutations.push(name);
    if (from !== null) donors.push(from.body);
    left--;
  }
  const body = editor.bodyOf(editor.result);
  // Two changes may cancel each other.
  return body === parent.body ? null : { program, body, types, faults, mutations, donors };
}
