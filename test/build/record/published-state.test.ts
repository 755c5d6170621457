/** What a record of published files says after files were edited, removed, or published besides them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PublishedState } from '../../../src/build/record/published-state.js';
import { FileProblem, type FileStat } from '../../../src/workspace/file-system.js';
import { nodeFileSystem } from '../../../src/workspace/node-file-system.js';
import { temporaryFolder } from '../rig.js';

const never = () => false;

/** A folder with some texts, and their stats. */
function published(...texts: readonly string[]) {
  const out = temporaryFolder();
  mkdirSync(join(out, 'solver_md5'));
  for (const text of texts) writeFileSync(join(out, text), text);
  const statOf = (text: string): FileStat => {
    const stat = nodeFileSystem.statLink(join(out, text));
    if (stat instanceof FileProblem) throw new Error(stat.describe());
    return stat;
  };
  const isIntact = (state: PublishedState, seen = new Map<number, string>()) =>
    state.isIntact(`${out}/`, nodeFileSystem, seen, never);
  return { out, statOf, isIntact };
}

it('looks at a text of two tasks once', () => {
  const { out, statOf, isIntact } = published('solver_md5/a.py');
  const state = PublishedState.of(new Map([['solver_md5/a.py', statOf('solver_md5/a.py')]]), 2);
  const seen = new Map<number, string>();
  expect(isIntact(state, seen)).toBe(true);
  rmSync(join(out, 'solver_md5/a.py'));
  expect(isIntact(state, seen)).toBe(true);
  expect(isIntact(state)).toBe(false);
});

it('misses a text whose inode another one has now', () => {
  const { statOf, isIntact } = published('solver_md5/new.py');
  const stat = statOf('solver_md5/new.py');
  const seen = new Map<number, string>();
  expect(isIntact(PublishedState.of(new Map([['solver_md5/new.py', stat]]), 2), seen)).toBe(true);
  expect(isIntact(PublishedState.of(new Map([['solver_md5/gone.py', stat]]), 2), seen)).toBe(false);
});

it('is never intact once it is outdated, and only once longer', () => {
  const { statOf, isIntact } = published('solver_md5/a.py');
  const state = PublishedState.of(new Map([['solver_md5/a.py', statOf('solver_md5/a.py')]]), 2);
  expect([isIntact(state.outdated), isIntact(PublishedState.EMPTY.outdated)]).toEqual([false, false]);
  expect(state.outdated.outdated.fileStats()).toEqual(state.outdated.fileStats());
  expect([state.outdated.count, state.outdated.texts]).toEqual([2, ['solver_md5/a.py']]);
});
