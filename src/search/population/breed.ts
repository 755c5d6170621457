/** Breeds the candidates of one task: distinct programs that the task does not have yet, with their lineages. */
import type { Language } from '../../lang/language.js';
import { type BodyHash, languageOfProgram, type Program } from '../../lang/program/program.js';
import { type Mutant, mutate } from '../mutation/mutate.js';
import { Random } from '../mutation/random.js';
import type { SampleFeatures } from '../mutation/sample-features.js';
import type { EncodedProgram, GenePool } from './gene-pool.js';
import type { Change, Lineage } from './lineage.js';

export interface BreedRequest {
  readonly task: string;
  readonly features: SampleFeatures;
  /** All programs of the task: none of them is generated again. */
  readonly known: readonly BodyHash[];
  /** Parents with their weights (above 0). If there are none, the programs of the pool are the parents. */
  readonly parents: readonly EncodedProgram[];
  readonly weights: readonly number[];
  /** Programs of any task, for crossovers. */
  readonly pool: readonly EncodedProgram[];
  readonly genePool: GenePool;
  readonly count: number;
  readonly seed: number;
  readonly round: number;
}

export interface Offspring {
  /** The first eight digits of the body hash; distinct from those of all other programs of the task. */
  readonly id: string;
  readonly body: BodyHash;
  readonly program: Program;
  readonly lineage: Lineage;
}

/** After this many mutants in a row that are already known, the task gets no more. */
const MOST_FAILURES = 200;

/** Probability that a crossover takes its part from the pool instead of another parent. */
const FOREIGN = 0.5;

/**
 * At most `count` programs; fewer if no more are found. The same request gives the same programs in the same order,
 * whatever other tasks get.
 */
export function breed(request: BreedRequest): Offspring[] {
  const { task, features, known, parents, weights, pool, genePool, count, seed, round } = request;
  const own = parents.length > 0;
  if (!own && pool.length === 0) return [];
  const random = new Random(`card ${seed} ${round} ${task}`);
  const taken = new Set(known.map(shortHash));
  const offspring: Offspring[] = [];
  const kinOf = kinship(request);
  const parent = () => genePool.get(own ? parents[random.weighted(weights)] : random.choose(pool));
  for (let failures = 0; offspring.length < count && failures < MOST_FAILURES; failures++) {
    const chosen = parent();
    const kin = kinOf(languageOfProgram(chosen.program));
    const kindred = () => (own ? kin.parents[random.weighted(kin.weights)] : random.choose(kin.pool));
    const donor = () =>
      genePool.get(kin.pool.length > 0 && random.chance(FOREIGN) ? random.choose(kin.pool) : kindred());
    const mutant = mutate({ parent: chosen, features, random, donor });
    if (mutant === null || taken.has(shortHash(mutant.body))) continue;
    const { body, program } = mutant;
    taken.add(shortHash(body));
    const lineage = { parent: shortHash(chosen.body), changes: changesOf(mutant), seed, round };
    offspring.push({ id: shortHash(body), body, program, lineage });
    failures = -1;
  }
  return offspring;
}

type Kin = Pick<BreedRequest, 'parents' | 'weights' | 'pool'>;

/** Parents and pool by language: crossovers only combine programs of one language. */
function kinship({ parents, weights, pool, genePool }: BreedRequest): (language: Language) => Kin {
  const found = new Map<Language, Kin>();
  return (language) => {
    let kin = found.get(language);
    if (kin === undefined) {
      const isKin = (stored: EncodedProgram) => genePool.languageOf(stored) === language;
      kin = {
        parents: parents.filter(isKin),
        weights: weights.filter((_, k) => isKin(parents[k])),
        pool: pool.filter(isKin),
      };
      found.set(language, kin);
    }
    return kin;
  };
}

/** The digits of a body hash that names and lineages show. */
export function shortHash(body: BodyHash): string {
  return body.slice(0, 8);
}

function changesOf({ mutations, donors }: Mutant): Change[] {
  let used = 0;
  return mutations.map((mutation) => {
    return { mutation, donor: mutation === 'crossover' ? shortHash(donors[used++]) : null };
  });
}
