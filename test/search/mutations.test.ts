/** The effect of each mutation, by all of its results on small programs. */
import { describe, expect, it } from 'vitest';
import { Grid } from '../../src/dsl/value/value.js';
import { languageOfProgram } from '../../src/lang/program/program.js';
import { composition, crossover, deletion, insertion } from '../../src/search/mutation/insertion-deletion.js';
import type { Ancestor, Mutation } from '../../src/search/mutation/mutation-context.js';
import { argument, constant, exchange, primitive } from '../../src/search/mutation/point-mutations.js';
import { ProgramEditor } from '../../src/search/mutation/program-editor.js';
import { Random } from '../../src/search/mutation/random.js';
import { type SampleFeatures, sampleFeatures } from '../../src/search/mutation/sample-features.js';
import { inferTypes } from '../../src/search/types/inference.js';
import { returning, textOf } from './programs.js';

/** A grid of one row. */
function row(...cells: readonly number[]): Grid {
  return new Grid(1, cells.length, Int8Array.from(cells));
}

/** Inputs have 0 and 5 everywhere, some have 6; outputs have 0 and 7 everywhere, and are 1 x 4. */
const SHOWN = sampleFeatures({
  train: [
    { input: row(0, 5), output: row(0, 7, 7, 7) },
    { input: row(0, 5, 6), output: row(7, 7, 7, 0) },
  ],
  test: [{ input: row(5, 0), output: row(9, 9) }],
});

/** The results of a mutation of a program in many tries, each with its frequency. */
function resultsOf(
  mutation: Mutation,
  { program, types }: Ancestor,
  features: SampleFeatures = SHOWN,
): Map<string, number> {
  const editor = new ProgramEditor();
  const results = new Map<string, number>();
  for (let seed = 0; seed < 600; seed++) {
    editor.open(program);
    const result = mutation({
      program,
      language: languageOfProgram(program),
      types,
      editor,
      random: new Random(String(seed)),
      features,
    });
    if (result === null || result === editor.result) continue;
    const changed = editor.program(result);
    if (inferTypes(changed).faults > 0) continue;
    const text = textOf(changed);
    results.set(text, (results.get(text) ?? 0) + 1);
  }
  return results;
}

function all(mutation: Mutation, expression: string): string[] {
  return [...resultsOf(mutation, returning(expression)).keys()].sort();
}

/** The share of results that match. */
function share(results: ReadonlyMap<string, number>, pattern: RegExp): number {
  let matching = 0;
  let sum = 0;
  for (const [text, count] of results) {
    sum += count;
    if (pattern.test(text)) matching += count;
  }
  return matching / sum;
}

describe('a constant', () => {
  it('is exchanged alone', () => {
    for (const text of all(constant, 'fill(I, 7, ofcolor(I, 5))')) {
      expect(text).toMatch(/^fill\(I, (7, ofcolor\(I, [0-46-9]\)|[0-68-9], ofcolor\(I, 5\))\)$/);
    }
  });

  it('that is looked for becomes one of the colours that inputs show, most often one that all have', () => {
    const results = resultsOf(constant, returning('fill(I, leastcolor(I), ofcolor(I, 1))'));
    expect(share(results, /ofcolor\(I, [05]\)/)).toBeGreaterThan(0.85);
    expect(share(results, /ofcolor\(I, 6\)/)).toBeGreaterThan(0.03);
    expect(share(results, /ofcolor\(I, [2-4789]\)/)).toBeGreaterThan(0);
  });

  it('that is painted becomes one of the colours that outputs of demonstrations show', () => {
    const results = resultsOf(constant, returning('fill(I, 1, asindices(I))'));
    expect(share(results, /fill\(I, [07],/)).toBeGreaterThan(0.95);
  });

  it.each([
    ['rbind', 'fill(I, leastcolor(I), merge(apply(rbind(ofcolor, 1), (I, I))))', /rbind\(ofcolor, [05]\)/],
    ['matcher', 'fill(I, leastcolor(I), mfilter(partition(I), matcher(color, 1)))', /color, [05]\)/],
    ['equality', 'branch(equality(mostcolor(I), 1), I, rot90(I))', /\(I\), [05]\)/],
  ])('is known for a colour in %s, too', (_, expression, pattern) => {
    expect(share(resultsOf(constant, returning(expression)), pattern)).toBeGreaterThan(0.85);
  });

  it('that is a number of times stays positive', () => {
    expect(all(constant, 'upscale(I, 1)')).toEqual(['upscale(I, 2)', 'upscale(I, 3)', 'upscale(I, 4)']);
  });

  it('that is a flag is turned', () => {
    expect(all(constant, 'branch(True, I, rot90(I))')).toEqual(['branch(False, I, rot90(I))']);
  });

  it('that is a direction is exchanged as a whole', () => {
    const results = all(constant, 'move(I, asobject(I), (0, 1))');
    expect(results).toContain('move(I, asobject(I), (1, 1))');
    expect(results).toContain('move(I, asobject(I), (0, -1))');
    expect(results).not.toContain('move(I, asobject(I), (0, 9))');
  });

  it('that is a size is positive, and often that of an output', () => {
    const results = resultsOf(constant, returning('canvas(leastcolor(I), (2, 1))'));
    expect(share(results, /\(1, 4\)/)).toBeGreaterThan(0.1);
    expect(share(results, /\([1-9], [1-9]\)/)).toBe(1);
  });

  it('is not to be found everywhere', () => {
    expect(all(constant, 'rot90(I)')).toEqual([]);
  });
});

describe('a primitive', () => {
  it('that is called becomes another that takes and gives the same', () => {
    expect(all(primitive, 'rot90(I)')).toEqual(
      [
        ...['bottomhalf', 'cmirror', 'compress', 'dedupe', 'dmirror', 'hmirror', 'lefthalf', 'righthalf'],
        ...['rot180', 'rot270', 'tophalf', 'totuple', 'trim', 'vmirror'],
      ].map((name) => `${name}(I)`),
    );
  });

  it('of containers becomes another that gives the same for these', () => {
    const results = all(primitive, 'paint(I, first(objects(I, True, False, True)))');
    expect(results).toContain('paint(I, last(objects(I, True, False, True)))');
    expect(results).toContain('paint(I, merge(objects(I, True, False, True)))');
    expect(results).toContain('underpaint(I, first(objects(I, True, False, True)))');
    expect(results.some((text) => text.includes('size('))).toBe(false);
  });

  it('that is a value becomes another of the same signature', () => {
    const results = all(primitive, 'paint(I, argmax(objects(I, True, False, True), width))');
    expect(results).toContain('paint(I, argmax(objects(I, True, False, True), height))');
    expect(results).toContain('paint(I, argmax(objects(I, True, False, True), color))');
    expect(results).toContain('paint(I, argmin(objects(I, True, False, True), width))');
    expect(results.some((text) => text.includes('rot90'))).toBe(false);
  });
});

describe('an argument', () => {
  it('becomes another value of its kind', () => {
    const results = all(argument, 'hconcat(I, rot90(I))');
    expect(results).toContain('hconcat(I, I)');
    expect(results).toContain('hconcat(rot90(I), rot90(I))');
  });

  it('that is a colour becomes a colour', () => {
    const results = all(argument, 'replace(I, leastcolor(I), 3)');
    expect(results).toContain('replace(I, leastcolor(I), leastcolor(I))');
    expect(results).toContain('replace(I, mostcolor(I), 3)');
    expect(results.some((text) => /height|width|numcolors/.test(text))).toBe(false);
  });

  it('does not come to need itself', () => {
    for (const text of all(argument, 'rot90(I)')) expect(text).not.toContain('rot90(rot90(');
  });
});

it('two arguments of one kind change places', () => {
  expect(all(exchange, 'hconcat(I, rot90(I))')).toEqual(['hconcat(rot90(I), I)']);
  expect(all(exchange, 'fill(I, 7, ofcolor(I, 5))')).toEqual([]);
});

describe('an insertion', () => {
  it('puts a call between a value and its reader, or after the result', () => {
    const results = all(insertion, 'rot90(I)');
    expect(results).toContain('rot90(hmirror(I))');
    expect(results).toContain('hmirror(rot90(I))');
    expect(results).toContain('rot90(hconcat(I, I))');
    expect(results.some((text) => /^replace\(rot90\(I\), 5, 7\)$/.test(text))).toBe(true);
  });

  it('keeps kinds', () => {
    for (const text of all(insertion, 'fill(I, 7, box(asobject(I)))')) {
      expect(inferTypes(returning(text.replace(/^.*; /, '')).program).faults).toBe(0);
    }
  });
});

it('a deletion leaves one of the operands', () => {
  expect(all(deletion, 'rot90(hmirror(I))')).toEqual(['hmirror(I)', 'rot90(I)']);
  expect(all(deletion, 'fill(I, 7, box(asobject(I)))')).toEqual(['I', 'fill(I, 7, asobject(I))']);
});

it('a composition changes what a function takes, or what it gives', () => {
  const results = all(composition, 'paint(I, extract(objects(I, True, False, True), square))');
  expect(results).toContain('paint(I, extract(objects(I, True, False, True), compose(flip, square)))');
  expect(results).toContain('paint(I, extract(objects(I, True, False, True), compose(square, box)))');
  expect(all(composition, 'rot90(I)')).toEqual([]);
});

it('a crossover takes a part of another program for a value of its kind', () => {
  const donor = returning('fill(I, 2, box(asobject(I)))');
  expect(all(crossover(donor), 'cover(I, ofcolor(I, 5))')).toEqual([
    'cover(I, asobject(I))',
    'cover(I, box(asobject(I)))',
    'cover(I, ofcolor(fill(I, 2, box(asobject(I))), 5))',
    'cover(fill(I, 2, box(asobject(I))), ofcolor(I, 5))',
    'fill(I, 2, box(asobject(I)))',
  ]);
});
