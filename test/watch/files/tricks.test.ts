/** Folders and links that were replaced but keep their names: this is noticed, and their contents are seen again. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { playTrick } from '../../../bench/reliability/watching/campaign.js';
import { Place, TRICKS, type Trick } from '../../../bench/reliability/watching/tricks.js';
import { WatchedFolders } from '../../../src/watch/files/watched-folders.js';
import { WatchedPaths } from '../../../src/watch/files/watched-paths.js';
import { nodeFileSystem } from '../../../src/workspace/node-file-system.js';
import { openWorkspace } from '../../../src/workspace/workspace.js';
import { MAIN, mirrorWorkspace } from '../../cli/rig.js';
import { bash, NAMESPACE } from '../../trouble/mounted-folders.js';
import { Told } from '../told.js';

const TEXT = 'def solve_mirror(I):\n    return rot90(I)\n';

/** The watched folders of a workspace that is ready for the trick. */
function watchedFor(trick: Trick): { readonly folders: WatchedFolders; readonly place: Place } {
  const root = mkdtempSync(join(tmpdir(), 'battbuild-tricks-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'config'));
  writeFileSync(join(root, 'config/battbuild.json'), '{}');
  const place = new Place(root, TEXT);
  place.reset(trick);
  const { workspace } = openWorkspace({ folder: root, flags: {}, cores: 1 }, nodeFileSystem);
  if (workspace === null) throw new Error('the workspace cannot be opened');
  const paths = new WatchedPaths(workspace, join(root, 'config/battbuild.json'));
  const { present } = paths.anchors(nodeFileSystem);
  return { folders: new WatchedFolders(present, paths, nodeFileSystem, Date.now), place };
}

const ANY = TRICKS[0];
const UNTOLD = TRICKS.find(({ isUntold }) => isUntold) as Trick;

describe('what is watched', () => {
  it.each(TRICKS)('is another when $name', (trick) => {
    const { folders, place } = watchedFor(trick);
    expect(folders.compare()).toBe('none');
    trick.play(place);
    expect(folders.compare()).toBe(trick.isHarmless ? 'entries' : 'other');
    expect(folders.areUntouched()).toBe(false);
  });

  it('is the same when files come, go or change in it, which is told once', () => {
    const { folders, place } = watchedFor(ANY);
    place.write('solvers/sub/more.py');
    expect(folders.compare()).toBe('entries');
    expect(folders.compare()).toBe('none');
    place.write('solvers/sub/more.py', 'other');
    expect(folders.compare()).toBe('none');
    place.remove('solvers/sub/more.py');
    expect(folders.compare()).toBe('entries');
    // A temporary entry is known about nevertheless.
    expect(folders.areUntouched()).toBe(false);
  });

  it('is not what battbuild writes itself, nor hidden', () => {
    const { folders, place } = watchedFor(ANY);
    place.write('solvers/sub/.hidden/deep/a.py');
    expect(folders.compare()).toBe('entries');
    place.write('solvers/sub/.hidden/deep/b/c.py');
    expect(folders.compare()).toBe('none');
    place.write('out/solver_md5/a.py');
    folders.compare();
    place.write('out/differ_md5/a.py');
    expect(folders.compare()).not.toBe('entries');
  });

  it('may have links that lead in a circle', () => {
    const { folders, place } = watchedFor(ANY);
    place.link('solvers/sub/circle', '..');
    expect(folders.compare()).toBe('other');
    expect(
      watchedFor({ ...ANY, before: [...ANY.before, 'solvers/sub/circle -> ..'] }).folders.compare(),
    ).toBe('none');
  });
});

describe('an edit is told by the system', () => {
  it.each(TRICKS.filter(({ isUntold }) => !isUntold))('after $name', async (trick) => {
    const told = new Told();
    const place = new Place(told.root, TEXT);
    place.reset(trick);
    await told.begin();
    trick.play(place);
    await told.settle('sees');
    await told.calm();
    await told.hearAny(() => place.write(trick.edited, 'other'));
  });
});

describe('the program sees an edit', () => {
  it.each([
    [TRICKS[0].name, 0, TRICKS[0]],
    [TRICKS[0].name, 2, TRICKS[0]],
    [UNTOLD.name, 3, UNTOLD],
  ])('after %s, where every n-th event is lost: %i', async (_, lose, trick) => {
    const folder = mkdtempSync(join(tmpdir(), 'battbuild-tricks-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { times } = await playTrick(folder, trick, 2, lose, () => 0.5);
    expect(times).toHaveLength(2);
  });

  it.skipIf(NAMESPACE === null)(
    'below a mount that nobody told it of (skipped where nothing can be mounted)',
    () => {
      const workspace = mirrorWorkspace();
      workspace.write('solvers/sub/s.py', TEXT);
      workspace.write('elsewhere/s.py', TEXT);
      workspace.write('solvers/mirror.py', '');
      const { code } = bash(
        workspace,
        `'${process.execPath}' '${MAIN}' watch --json > log & watch=$!
         told() { for k in $(seq 600); do grep -q "$1" log && return; sleep 0.1; done; kill $watch; exit 1; }
         told '"waiting"'
         mount --bind elsewhere solvers/sub
         sleep 2
         printf 'def solve_mirror(I):\\n    return vmirror(I)\\n' > solvers/sub/s.py
         told '"solved":\\["mirror"\\]'
         kill -INT $watch; wait $watch`,
        NAMESPACE as string[],
      );
      expect(code).toBe(0);
    },
  );
});
