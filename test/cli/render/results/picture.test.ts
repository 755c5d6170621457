/** Drawn tasks. */
import { describe, expect, it } from 'vitest';
import type { SamplePicture, TaskPicture } from '../../../../src/cli/queries/sample-pictures.js';
import { pictureLines } from '../../../../src/cli/render/results/picture.js';
import { Style } from '../../../../src/cli/render/style.js';

const PLAIN = new Style(1);

function picture(sample: Partial<SamplePicture>): TaskPicture {
  const grids = { input: [[1, 2]], expected: [[2, 1]], produced: [[2, 1]], outcome: null, match: true };
  const place = { name: 'turn', file: 'a.py', line: 1, rank: 1, programs: 1, dialect: 'arc-dsl' };
  const solver = { ...place, lineage: null, source: null, behaviour: 1, behaviours: 1, alike: [] };
  return { task: 't', solver, samples: [{ kind: 'demo', index: 0, ...grids, ...sample }], more: 0 };
}

/** The lines below the headings of the task, its solver and its only sample. */
function drawn(sample: Partial<SamplePicture>, width = 80, style = PLAIN): string[] {
  return pictureLines(picture(sample), { width }, style).slice(4);
}

describe('a picture', () => {
  it('has the three grids side by side', () => {
    expect(drawn({})).toEqual([
      'input 1 x 2   expected 1 x 2   produced 1 x 2',
      '1 2           2 1              2 1',
    ]);
  });

  it('puts below what does not fit beside', () => {
    expect(drawn({}, 35)).toEqual([
      'input 1 x 2   expected 1 x 2',
      '1 2           2 1',
      '',
      'produced 1 x 2',
      '2 1',
    ]);
  });

  it('marks the cells that differ, and those that should not be there', () => {
    expect(drawn({ produced: [[2, 3, 1]], match: false })[1]).toBe('1 2           2 1              2 3!1!');
  });

  it('says what is hidden and why there is no grid', () => {
    const lines = drawn({
      expected: null,
      produced: null,
      outcome: 'error: stop: nothing\u0007',
      match: null,
    });
    expect(lines).toEqual([
      'input 1 x 2   expected   produced',
      '1 2           hidden     error: stop: nothing\\x07',
    ]);
  });

  it('draws blocks in the colours of ARC, as finely as the terminal has them', () => {
    const block = (codes: string) => `\u001b[${codes}m  \u001b[0m`;
    const lines = (depth: number) => drawn({ input: [[0, 4]] }, 80, new Style(depth))[1];
    expect(lines(24)).toContain(block('48;2;0;0;0;97') + block('48;2;255;220;0;30'));
    expect(lines(8)).toContain(block('48;5;16;97') + block('48;5;220;30'));
    expect(lines(4)).toContain(block('40;97') + block('103;30'));
  });

  it('draws other numbers as such', () => {
    expect(drawn({ produced: [[-1, 10]] }, 80, new Style(24))[1]).toContain('-110');
  });
});
