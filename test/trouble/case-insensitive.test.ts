/** An output folder that ignores upper and lower case, and tasks whose ids differ only by case. */
import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { FileProblem, type FileSystem } from '../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { EXAMPLE, exampleWorkspace, MIRRORED } from '../build/example.js';
import { buildIn, LATER, treeOf } from '../build/rig.js';

/** Finds entries of `folder` in any case, and keeps the name that each was first given. */
function caseInsensitive(folder: string): FileSystem {
  const found = (path: string): string => {
    if (!path.startsWith(`${folder}/`)) return path;
    const parent = found(dirname(path));
    const entries = nodeFileSystem.list(parent);
    const name = basename(path);
    if (entries instanceof FileProblem) return join(parent, name);
    const same = entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
    return join(parent, same?.name ?? name);
  };
  const { list, stat, statLink, read, readLink, create, link, hardLink, rename, remove, removeFolder } =
    nodeFileSystem;
  const makeFolder = (path: string): FileProblem | null => {
    const problem = path.startsWith(`${folder}/`) ? makeFolder(dirname(path)) : null;
    return problem ?? nodeFileSystem.makeFolder(found(path));
  };
  return {
    list: (path) => list(found(path)),
    stat: (path) => stat(found(path)),
    statLink: (path) => statLink(found(path)),
    inFolder: (path, body) => body(`${found(path)}/`),
    read: (path) => read(found(path)),
    readLink: (path) => readLink(found(path)),
    create: (path, bytes) => create(found(path), bytes),
    link: (path, target) => link(found(path), target),
    hardLink: (path, of) => hardLink(found(path), found(of)),
    rename: (from, to) => rename(found(from), found(to)),
    remove: (path) => remove(found(path)),
    makeFolder,
    removeFolder: (path) => removeFolder(found(path)),
  };
}

const UPPER = MIRRORED.toUpperCase();
const TWINS = {
  [`tasks/${UPPER}.json`]: EXAMPLE[`tasks/${MIRRORED}.json`],
  [`solvers/${UPPER}.py`]: `def solve_${UPPER}(I):\n    return vmirror(I)\ndef solve_${UPPER}_00000001(I):\n    return I\n`,
};

/** The published files, by names without case. */
const namesIn = (root: string) =>
  [...treeOf(join(root, 'out')).keys()].map((name) => name.toLowerCase()).sort();

it('has the files of both, once, and those of one when the other goes', async () => {
  const clean = exampleWorkspace(TWINS);
  await buildIn(clean);
  const wanted = [...new Set(namesIn(clean))];
  expect(wanted.length).toBeLessThan(namesIn(clean).length);

  const root = exampleWorkspace(TWINS);
  const world = { ...LATER, files: caseInsensitive(join(root, 'out')) };
  expect((await buildIn(root, { world })).diagnostics).toEqual([]);
  expect(namesIn(root)).toEqual(wanted);
  // A file that one task wrote after the other had checked is checked once more, and no more.
  await buildIn(root, { world });
  const settled = await buildIn(root, { world });
  expect([settled.ran, settled.summary.publishedChanged]).toEqual([{}, 0]);
  expect(namesIn(root)).toEqual(wanted);

  for (const name of Object.keys(TWINS)) rmSync(join(root, name));
  await buildIn(root, { world });
  await buildIn(root, { world });
  const single = exampleWorkspace();
  await buildIn(single);
  expect(namesIn(root)).toEqual(namesIn(single));
});
