/** Breeding: only new programs, from the given parents, reproducible by the seed. */
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/lang/program/facts.js';
import {
  bodyHashOf,
  decodeProgram,
  encodeProgram,
  languageOfProgram,
} from '../../../src/lang/program/program.js';
import { sampleFeatures } from '../../../src/search/mutation/sample-features.js';
import { type BreedRequest, breed } from '../../../src/search/population/breed.js';
import { GenePool } from '../../../src/search/population/gene-pool.js';
import { exampleTasks, functionsOf } from '../programs.js';

const [task] = exampleTasks();

function stored(expression: string) {
  const [{ body, program }] = functionsOf(`def solve(I):\n    return ${expression}\n`);
  return { body, program };
}

const TURN = stored('rot90(hmirror(I))');
const FILL = stored('fill(I, 3, box(ofcolor(I, 2)))');
const OTHER = stored('paint(I, shift(asobject(I), UP))');

function request(changes: Partial<BreedRequest> = {}): BreedRequest {
  return {
    task: 'task',
    features: sampleFeatures(task),
    known: [TURN.body, FILL.body],
    parents: [TURN, FILL],
    weights: [1, 1],
    pool: [TURN, FILL, OTHER],
    genePool: new GenePool(),
    count: 60,
    seed: 1,
    round: 0,
    ...changes,
  };
}

const ids = (changes: Partial<BreedRequest> = {}) => breed(request(changes)).map(({ id }) => id);

describe('offspring', () => {
  it('are in the dialect of their parent, whatever is left of it in between', () => {
    const theirs = ['mir_rot_t(I, R2)', 'o_g(I, R5)', 'rot90(canvas(RED, shape_t(I)))'].map(stored);
    const all = [TURN, FILL, ...theirs];
    const offspring = breed(
      request({ parents: all, weights: all.map(() => 1), pool: [OTHER, ...all], count: 400 }),
    );
    expect(offspring).toHaveLength(400);
    const languageOf = new Map(
      [OTHER, ...all].map(({ body, program }) => [
        body.slice(0, 8),
        languageOfProgram(decodeProgram(program)).name,
      ]),
    );
    let inTheirs = 0;
    for (const { program, lineage } of offspring) {
      const { primitives } = factsOf(program);
      const language = languageOf.get(lineage.parent);
      if (primitives.length > 0) expect(languageOfProgram(program).name).toBe(language);
      expect(new Set(primitives.map((name) => name.startsWith('tokpidjin.'))).size).toBeLessThan(2);
      if (language === 'tokpidjin') inTheirs++;
      for (const { donor } of lineage.changes) {
        if (donor !== null) expect(languageOf.get(donor)).toBe(language);
      }
    }
    expect(inTheirs).toBeGreaterThan(100);
  });

  it('are as many as asked for, distinct and new', () => {
    const offspring = breed(request());
    expect(offspring).toHaveLength(60);
    const bodies = offspring.map(({ program }) => bodyHashOf(encodeProgram(program)));
    expect(bodies).toEqual(offspring.map(({ body }) => body));
    expect(new Set([...bodies, TURN.body, FILL.body]).size).toBe(62);
    for (const { id, body } of offspring) expect(body.startsWith(id)).toBe(true);
  });

  it('are never what the task has already', () => {
    const first = breed(request()).map(({ body }) => body);
    const again = breed(request({ known: [TURN.body, FILL.body, ...first] })).map(({ body }) => body);
    expect(again).toHaveLength(60);
    expect(again.filter((body) => first.includes(body))).toEqual([]);
  });

  it('say what they descend from', () => {
    const parents = [TURN, FILL].map(({ body }) => body.slice(0, 8));
    const pool = [...parents, OTHER.body.slice(0, 8)];
    const offspring = breed(request({ seed: 7, round: 3 }));
    for (const { lineage } of offspring) {
      expect(parents).toContain(lineage.parent);
      expect([lineage.seed, lineage.round]).toEqual([7, 3]);
      for (const { mutation, donor } of lineage.changes) {
        if (mutation === 'crossover') expect(pool).toContain(donor);
        else expect(donor).toBeNull();
      }
    }
    expect(offspring.some(({ lineage }) => lineage.changes.some(({ donor }) => donor === pool[2]))).toBe(
      true,
    );
  });

  it('follow from task, seed and round, and from nothing else', () => {
    expect(ids()).toEqual(ids({ genePool: new GenePool() }));
    expect(ids({ count: 20 })).toEqual(ids().slice(0, 20));
    for (const changes of [{ seed: 2 }, { round: 1 }, { task: 'task2' }]) {
      expect(ids(changes)).not.toEqual(ids());
    }
  });

  it('come from parents as often as these weigh', () => {
    const [turn] = [TURN.body.slice(0, 8)];
    const offspring = breed(request({ weights: [9, 1], parents: [FILL, TURN], count: 200 }));
    const share = offspring.filter(({ lineage }) => lineage.parent === turn).length / 200;
    expect(share).toBeGreaterThan(0.03);
    expect(share).toBeLessThan(0.25);
  });

  it('of a task without programs come from those of others', () => {
    const offspring = breed(request({ known: [], parents: [], weights: [], pool: [OTHER] }));
    expect(offspring).toHaveLength(60);
    for (const { lineage } of offspring) expect(lineage.parent).toBe(OTHER.body.slice(0, 8));
  });

  it('are none where there is nothing to begin with', () => {
    expect(breed(request({ known: [], parents: [], weights: [], pool: [] }))).toEqual([]);
    expect(breed(request({ count: 0 }))).toEqual([]);
  });
});
