/** The total of published files, counted as a whole and by its differences from the last build. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PublishedState } from '../../../src/build/record/published-state.js';
import { publishedTotal } from '../../../src/build/record/published-total.js';
import type { FileStat } from '../../../src/workspace/file-system.js';

const STAT: FileStat = { kind: 'file', size: 1, mtimeMs: 1, ctimeMs: 1, inode: 1, device: 1, birthMs: 1 };

/** A task that publishes these texts, each with a link, of which `copies` were replaced by copies. */
function stateOf(texts: readonly number[], copies: number): PublishedState {
  const paths = texts.map((text) => `solver_md5/${text}.py`);
  const folder = 'solver_dir/solve_solver_md5/1/2';
  const copied = texts.slice(0, copies).map((text) => `${folder}/${text}.py`);
  const stats = [...paths, folder, ...copied].map((path) => [path, STAT] as const);
  return PublishedState.of(new Map(stats), texts.length * 2);
}

const anyTask = fc
  .tuple(fc.uniqueArray(fc.nat(12), { maxLength: 5 }), fc.nat(2))
  .map(([texts, copies]) => stateOf(texts, copies));

it('counts a text of several tasks once', () => {
  expect(publishedTotal([stateOf([1, 2], 0), stateOf([2, 3, 4], 1)])).toEqual({ files: 4, links: 5 });
});

it('is the same by differences, however many there are', () => {
  const anyTasks = fc.array(anyTask, { maxLength: 6 });
  fc.assert(
    fc.property(anyTasks, anyTasks, anyTasks, (kept, removed, added) => {
      const former = [...kept, ...removed];
      const states = [...added, ...kept];
      const total = publishedTotal(states, { states: former, total: publishedTotal(former) });
      expect(total).toEqual(publishedTotal(states));
    }),
  );
});
