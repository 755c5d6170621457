/** Inputs that change during a build: a mixture is never recorded, and the next build builds the current inputs. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSystem } from '../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { EXAMPLE, exampleWorkspace, MIRRORED, RECOLORED, task } from './example.js';
import { buildIn, codesOf, LATER, linesOf, recordedIn, treeOf } from './rig.js';

const stateOf = (root: string) => ({ results: recordedIn(root), out: linesOf(treeOf(join(root, 'out'))) });

/** Changes files after a build has scanned them and before it reads `path`. */
function meanwhile(path: string, act: () => void): FileSystem {
  let done = false;
  return {
    ...nodeFileSystem,
    read(file) {
      if (file === path && !done) {
        done = true;
        act();
      }
      return nodeFileSystem.read(file);
    },
  };
}

const OTHER: Readonly<Record<string, string>> = {
  [`tasks/${RECOLORED}.json`]: task(
    [{ input: [[1]], output: [[5]] }],
    [{ input: [[1, 1]], output: [[5, 5]] }],
  ),
  'solvers/recolor.py': `def solve_${MIRRORED}(I):\n    return rot180(I)\n`,
};

describe('a file that is read at once', () => {
  it.each(Object.keys(OTHER))('%s is built as it was read, and again when it changed after', async (name) => {
    const root = exampleWorkspace();
    const path = join(root, name);
    const files = meanwhile(path, () => writeFileSync(path, OTHER[name]));
    await buildIn(root, { world: { ...LATER, files } });
    await buildIn(root, { world: LATER });
    expect(stateOf(root)).toEqual(await cleanState({ [name]: OTHER[name] }));
  });
});

async function cleanState(files: Readonly<Record<string, string>>) {
  const root = exampleWorkspace(files);
  await buildIn(root);
  return stateOf(root);
}

/** An unchanged file is read again only if its contents are needed again; here, because of --force. */
describe('a file that was not to be read again', () => {
  const CHANGES: Readonly<Record<string, (path: string, name: string) => void>> = {
    'is edited': (path, name) => writeFileSync(path, OTHER[name]),
    'is deleted': (path) => rmSync(path),
  };
  for (const name of Object.keys(OTHER)) {
    for (const [change, act] of Object.entries(CHANGES)) {
      it(`${name} ${change}: what depends on it stays as it was, and the next build sees it`, async () => {
        const root = exampleWorkspace();
        await buildIn(root, { world: LATER });
        const before = stateOf(root);
        const path = join(root, name);
        const files = meanwhile(path, () => act(path, name));
        const { diagnostics } = await buildIn(root, { world: { ...LATER, files }, force: true });
        expect(codesOf(diagnostics)).toEqual([`FILE003 ${name}`]);
        expect(stateOf(root)).toEqual(before);

        // It may change back, or stay changed.
        await buildIn(root, { world: LATER });
        const clean = exampleWorkspace();
        act(join(clean, name), name);
        await buildIn(clean);
        expect(stateOf(root)).toEqual(stateOf(clean));
        writeFileSync(path, EXAMPLE[name]);
        const { ran } = await buildIn(root, { world: LATER });
        expect(Object.keys(ran)).toEqual([]);
        expect(stateOf(root)).toEqual(before);
      });
    }

    it(`${name} is edited and set back: the next build builds it as if nothing had been`, async () => {
      const root = exampleWorkspace();
      await buildIn(root, { world: LATER });
      const before = stateOf(root);
      const path = join(root, name);
      const files = meanwhile(path, () => writeFileSync(path, OTHER[name]));
      await buildIn(root, { world: { ...LATER, files }, force: true });
      writeFileSync(path, EXAMPLE[name]);
      const { diagnostics, ran } = await buildIn(root, { world: LATER });
      expect(diagnostics).toEqual([]);
      expect(ran).toEqual({});
      expect(stateOf(root)).toEqual(before);
    });
  }
});
