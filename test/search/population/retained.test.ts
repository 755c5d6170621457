/** An evolution keeps what its next round needs, and nothing of the rounds before. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { ALL_TASKS } from '../../../src/build/options.js';
import { evolve } from '../../../src/search/population/evolve.js';
import type { FileSystem } from '../../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../../src/workspace/node-file-system.js';
import { temporaryFolder, workspaceOf, writeFiles } from '../../build/rig.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ROUNDS = 8;

/** What a build or a round had, with the round. */
const seen: { readonly round: number; readonly object: WeakRef<object> }[] = [];
let round = 1;

function note(object: object): void {
  seen.push({ round, object: new WeakRef(object) });
}

vi.mock('../../../src/search/population/lineage.js', async (original) => {
  const module = await original<typeof import('../../../src/search/population/lineage.js')>();
  return {
    ...module,
    lineagesOf(text: string) {
      const lineages = module.lineagesOf(text);
      note(lineages);
      return lineages;
    },
  };
});

it('keeps no build, and no file, of the rounds before the last', async () => {
  const root = join(temporaryFolder(), 'workspace');
  writeFiles(root, {
    'config/battbuild.json': '{}',
    'tasks/mirror.json': JSON.stringify({
      train: [{ input: [[1, 2]], output: [[2, 1]] }],
      test: [{ input: [[5, 0]], output: [[0, 5]] }],
    }),
    'solvers/mirror.py': 'def solve_mirror(I):\n    return hmirror(I)\n',
  });
  const workspace = workspaceOf(root, { jobs: '1' });
  const files: FileSystem = {
    ...nodeFileSystem,
    read(path) {
      const content = nodeFileSystem.read(path);
      note(content);
      return content;
    },
  };
  let kept: readonly number[] = [];
  const { kind } = await evolve({
    workspace,
    selection: ALL_TASKS,
    rounds: ROUNDS,
    seed: 1,
    perTask: 6,
    keep: 4,
    untilSolved: false,
    into: { path: join(root, 'out/population'), name: 'out/population' },
    world: { files, now: Date.now, mainThreadCells: Number.POSITIVE_INFINITY },
    emit: note,
    signal: new AbortController().signal,
    finished(result) {
      if (result.round === ROUNDS) {
        collectGarbage();
        kept = seen.flatMap(({ round: of, object }) => (object.deref() === undefined ? [] : [of]));
      }
      round = result.round + 1;
    },
  });
  expect(kind).toBe('done');
  expect(seen.filter(({ round: of }) => of < ROUNDS - 2).length).toBeGreaterThan(100);
  expect(kept.filter((of) => of < ROUNDS - 2)).toEqual([]);
});
