/** Samples that are found in a text are those that a parser of the whole file reads. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTaskFile } from '../../src/task/parse.js';
import { findSamples } from '../../src/task/sample-finder.js';

const anyGrid = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.nat(9))
  .map(([height, width, color]) => Array.from({ length: height }, () => new Array(width).fill(color)));
const anyFurther = fc.dictionary(
  fc.string().filter((key) => !['input', 'output', '__proto__'].includes(key)),
  fc.jsonValue(),
  { maxKeys: 2 },
);
const anySample = fc.record({ input: anyGrid, output: anyGrid, more: anyFurther });
const anyTask = fc.record({
  before: anyFurther,
  train: fc.array(anySample, { minLength: 1, maxLength: 6 }),
  'arc-gen': fc.array(anySample, { maxLength: 6 }),
  test: fc.array(anySample, { minLength: 1, maxLength: 6 }),
  'say "train": [{}]\\': fc.string(),
});

it('finds what a parser reads, in any layout', () => {
  const property = fc.property(anyTask, fc.constantFrom(undefined, 1, '\t'), (task, space) => {
    const lists = [task.train, task.test, task['arc-gen']];
    for (const list of lists) {
      for (const sample of list) Object.assign(sample, sample.more);
    }
    const text = JSON.stringify(task, null, space);
    const bytes = new TextEncoder().encode(text);
    const [parsed] = parseTaskFile({ name: 't.json', bytes }, null, ['arc-gen']).tasks;
    const wanted = ['train', 'test', 'arc-gen'].map((key) => ({ key, indices: [0, 2, 5] }));
    const found = findSamples(text, wanted);
    const whole = { train: parsed.train, test: parsed.test, 'arc-gen': parsed.further[0].samples };
    for (const [key, samples] of Object.entries(whole)) {
      const list = found?.get(key);
      expect(list?.count).toBe(samples.length);
      for (const k of [0, 2, 5]) expect(list?.samples.get(k)).toEqual(samples[k]);
      expect(list?.samples.get(1)).toBeUndefined();
    }
  });
  fc.assert(property);
});

it('leaves other forms alone', () => {
  const wanted = [{ key: 'train', indices: [0] }];
  const sample = '{"input": [[1]], "output": [[2]]}';
  for (const text of [
    `[${sample}]`,
    '17',
    `{"train": [${sample}], "train": [${sample}]}`,
    '{"train": {"a": 1}}',
    '{"train": [7]}',
    '{"train": [{"input": [[1, 2], [3]], "output": [[2]]}]}',
    '{"train": [{"input": [["1"]], "output": [[2]]}]}',
  ])
    expect(findSamples(text, wanted)).toBeNull();
  expect(findSamples('{ }', wanted)?.size).toBe(0);
  expect(findSamples('{"train" : [ ] }', wanted)?.get('train')?.count).toBe(0);
});
