/** Watches of real files with hints from the test: what is built, and what is reported. */
import { existsSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasStore } from '../../src/store/database.js';
import { CLOCK_STEP_MS } from '../../src/watch/input-changes.js';
import { POLL_MS, QUIET_MS } from '../../src/watch/watch.js';
import { changesIn, solver, WatchRig, workspaceFolder, write } from './rig.js';

async function restingRig(root = workspaceFolder()): Promise<WatchRig> {
  const rig = new WatchRig(root);
  await rig.rest();
  return rig;
}

const publishedIn = (root: string) => readdirSync(join(root, 'out/solver_md5')).length;

describe('the first build', () => {
  it('has nothing to be compared with', async () => {
    const rig = new WatchRig(workspaceFolder());
    const { events, results } = await rig.rest();
    expect(results).toMatchObject([{ compared: false, solved: [], tasks: [], sinceSaveMs: null }]);
    expect(changesIn(events)).toEqual([]);
    expect(events.find(({ type }) => type === 'summary')).toMatchObject({ tasks: 2, solved: 1 });
  });

  it('says which selected tasks are not there', async () => {
    const rig = new WatchRig(workspaceFolder(), { ids: ['miror'] });
    const { events } = await rig.rest();
    const tasks = [{ id: 'miror', suggestion: 'mirror' }];
    expect(events).toContainEqual({ type: 'unknown-tasks', tasks });
  });
});

describe('an edit', () => {
  it('is built, and its effect on the results told', async () => {
    const rig = await restingRig();
    rig.write('solvers/mirror.py', solver('solve_mirror', 'rot180(I)').replace('rot180', 'hmirror'));
    rig.tell();
    const { events, results } = await rig.rest();
    expect(changesIn(events)).toEqual([['input solvers/mirror.py']]);
    expect(results).toMatchObject([
      {
        compared: true,
        lost: ['mirror'],
        tasks: [
          {
            task: 'mirror',
            before: { verdict: 'solved', score: 3 },
            after: { verdict: 'unsolved', score: 0 },
            solvers: [{ name: 'solve_mirror', before: 3, after: 0 }],
          },
        ],
      },
    ]);
  });

  it('says how long it was from the save to the result', async () => {
    const rig = await restingRig();
    rig.write('solvers/mirror.py', solver('solve_mirror', 'I'));
    const { sinceSaveMs } = await rig.built();
    expect(sinceSaveMs).toBeGreaterThanOrEqual(0);
    expect(sinceSaveMs).toBeLessThan(60_000);
  });

  it('of a comment changes no result', async () => {
    const rig = await restingRig();
    rig.write('solvers/mirror.py', `${solver('solve_mirror', 'vmirror(I)')}# done\n`);
    expect(await rig.built()).toMatchObject({ compared: true, tasks: [] });
  });

  it('of a task concerns that task only', async () => {
    const rig = await restingRig();
    const same = JSON.stringify({
      train: [{ input: [[1, 2]], output: [[1, 2]] }],
      test: [{ input: [[3, 4]], output: [[3, 4]] }],
    });
    rig.write('tasks/mirror.json', same);
    expect(await rig.built()).toMatchObject({ lost: ['mirror'], tasks: [{ task: 'mirror', samples: 2 }] });
  });

  it('that is taken back at once builds nothing', async () => {
    const rig = await restingRig();
    const before = rig.events.length;
    rig.write('solvers/mirror.py', 'x');
    rig.watcher.listener.changed();
    rig.write('solvers/mirror.py', solver('solve_mirror', 'vmirror(I)'));
    rig.tell();
    expect(rig.events.slice(before)).toEqual([]);
  });

  it('of what is no input builds nothing', async () => {
    const rig = await restingRig();
    const before = rig.events.length;
    for (const name of ['.mirror.py.swp', '4913', 'mirror.py~', '.#mirror.py', '#mirror.py#', 'notes.txt']) {
      rig.write(`solvers/${name}`, 'x');
    }
    rig.tell();
    expect(rig.events.slice(before)).toEqual([]);
  });

  it('that cannot be read is told once, and is no reason to build for ever', async () => {
    const rig = await restingRig();
    unlinkSync(join(rig.root, 'solvers/mirror.py'));
    symlinkSync('mirror.py', join(rig.root, 'solvers/mirror.py'));
    const { lost } = await rig.built();
    expect(lost).toEqual(['mirror']);
    const before = rig.events.length;
    rig.tell();
    expect(rig.events.slice(before)).toEqual([]);
  });
});

describe('many files at once', () => {
  it('are one build: a folder renamed, and renamed back', async () => {
    const root = workspaceFolder();
    // Saved before the first scan, by more than the resolution of file times.
    await new Promise((resolve) => setTimeout(resolve, 2 * CLOCK_STEP_MS));
    const rig = await restingRig(root);
    renameSync(join(rig.root, 'solvers'), join(rig.root, 'moved'));
    expect(await rig.built()).toMatchObject({ lost: ['mirror'] });
    renameSync(join(rig.root, 'moved'), join(rig.root, 'solvers'));
    // No file was saved: the files are as old as they were.
    expect(await rig.built()).toMatchObject({ solved: ['mirror'], sinceSaveMs: null });
  });

  it('are one build: a new task with its solvers', async () => {
    const rig = await restingRig();
    const task = { train: [{ input: [[1]], output: [[1]] }], test: [{ input: [[2]], output: [[2]] }] };
    rig.write('tasks/same.json', JSON.stringify(task));
    for (let k = 0; k < 50; k++) rig.write(`solvers/same/${k}.py`, solver(`keep_${k}`, 'I'));
    const { solved, tasks } = await rig.built();
    expect(solved).toEqual(['same']);
    expect(tasks[0].solvers).toHaveLength(50);
    rig.remove('tasks/same.json');
    rig.remove('solvers/same');
    expect(await rig.built()).toMatchObject({ lost: ['same'], tasks: [{ task: 'same', after: null }] });
  });
});

describe('a stopped build', () => {
  it('leaves its causes and effects for the next one to tell', async () => {
    const rig = await restingRig();
    rig.write('solvers/mirror.py', solver('solve_mirror', 'I'));
    rig.tell();
    await rig.until('started');
    // During the build another file changes, and that is noticed at once.
    rig.write('solvers/other.py', solver('solve_other', 'vmirror(I)'));
    rig.tell();
    const { events, results } = await rig.rest();
    expect(changesIn(events)).toEqual([['input solvers/mirror.py', 'input +solvers/other.py']]);
    expect(results).toMatchObject([{ lost: ['mirror'], solved: ['other'] }]);
  });

  it('tells no causes that are older than the watch, be it the very first one', async () => {
    const rig = new WatchRig(workspaceFolder());
    await rig.until('started');
    rig.write('solvers/other.py', solver('solve_other', 'vmirror(I)'));
    rig.tell();
    const { events, results } = await rig.rest();
    expect(changesIn(events)).toEqual([['input +solvers/other.py']]);
    expect(results).toMatchObject([{ compared: false }]);
  });
});

describe('what battbuild wrote itself', () => {
  it('is published again when its folder is removed', async () => {
    const rig = await restingRig();
    const published = publishedIn(rig.root);
    rig.remove('out');
    rig.tell();
    const { events, results } = await rig.rest();
    expect(changesIn(events)).toEqual([['output -out/solver_dir', 'output -out/solver_md5']]);
    expect(results).toMatchObject([{ compared: true, tasks: [] }]);
    expect(publishedIn(rig.root)).toBe(published);
  });

  it('is left alone while somebody is removing it', async () => {
    const rig = await restingRig();
    const before = rig.events.length;
    rig.remove('out/solver_dir');
    const changedAt = statSync(join(rig.root, 'out')).ctimeMs;
    rig.clock = () => changedAt + 299;
    rig.tell();
    expect(rig.events.slice(before)).toEqual([]);
    rig.clock = () => changedAt + 300;
    rig.timers.pass(QUIET_MS);
    await rig.rest();
    expect(readdirSync(join(rig.root, 'out')).sort()).toEqual(['solver_dir', 'solver_md5']);
    expect(publishedIn(rig.root)).toBeGreaterThan(0);
  });

  it('is made again when the store is removed', async () => {
    const rig = await restingRig();
    rig.remove('cache');
    rig.tell();
    const { events, results } = await rig.rest();
    expect(changesIn(events)).toEqual([['store -cache']]);
    expect(results).toMatchObject([{ compared: false }]);
    expect(events.find(({ type }) => type === 'summary')).toMatchObject({ cellsRun: 3 });
    expect(hasStore(join(rig.root, 'cache'))).toBe(true);

    rig.write('solvers/other.py', solver('solve_other', 'vmirror(I)'));
    expect(await rig.built()).toMatchObject({ compared: true, solved: ['other'] });
    await rig.end();
    const again = new WatchRig(rig.root);
    const { events: none } = await again.rest();
    expect(none.find(({ type }) => type === 'summary')).toMatchObject({ cellsRun: 0, solved: 2 });
  });
});

describe('the config', () => {
  it('is opened again when it is edited, and other files are watched', async () => {
    const rig = await restingRig();
    write(rig.root, 'mine/other.py', solver('solve_other', 'vmirror(I)'));
    rig.write('config/battbuild.json', '{"solvers": "mine"}');
    rig.tell();
    const { events } = await rig.rest();
    expect(changesIn(events)).toEqual([
      ['config config/battbuild.json', 'input +mine/other.py', 'input -solvers/mirror.py'],
    ]);
    expect(rig.watchers.map(({ isOpen }) => isOpen)).toEqual([false, true]);
    expect(rig.watcher.paths.concerns(join(rig.root, 'mine/other.py'), false)).toBe(true);
    expect(rig.watcher.paths.concerns(join(rig.root, 'solvers/mirror.py'), false)).toBe(false);
  });

  it('that cannot be used is told once; the last good one stays in force until it is mended', async () => {
    const rig = await restingRig();
    rig.write('config/battbuild.json', '{');
    rig.tell();
    expect(await rig.until('config')).toMatchObject([{ diagnostics: [{ code: 'CONF002' }] }]);
    await rig.until('waiting');
    rig.write('solvers/other.py', solver('solve_other', 'vmirror(I)'));
    rig.tell();
    const { events, results } = await rig.rest();
    expect(results).toMatchObject([{ solved: ['other'] }]);
    expect(events.filter(({ type }) => type === 'config')).toEqual([]);
    rig.write('config/battbuild.json', '{ }');
    rig.tell();
    const mended = await rig.until('waiting');
    expect(mended).toEqual([{ type: 'config', diagnostics: [] }, { type: 'waiting' }]);
  });

  it('that is gone is missed, and not replaced by defaults', async () => {
    const root = workspaceFolder();
    write(root, 'config/battbuild.json', '{"out": "published"}');
    const rig = await restingRig(root);
    rmSync(join(root, 'config'), { recursive: true });
    rig.tell();
    expect(await rig.until('config')).toMatchObject([{ diagnostics: [{ code: 'CONF001' }] }]);
    rig.write('solvers/other.py', solver('solve_other', 'vmirror(I)'));
    rig.tell();
    await rig.until('results');
    expect(existsSync(join(root, 'out'))).toBe(false);
  });

  it('that names a folder which is not there yet is good when the folder is', async () => {
    const rig = await restingRig();
    rig.write('config/battbuild.json', '{"solvers": ["solvers", "more"]}');
    rig.tell();
    expect(await rig.until('config')).toMatchObject([{ diagnostics: [{ code: 'CONF005' }] }]);
    await rig.until('waiting');
    rig.write('more/other.py', solver('solve_other', 'vmirror(I)'));
    rig.tell();
    const { events, results } = await rig.rest();
    expect(events[0]).toEqual({ type: 'config', diagnostics: [] });
    expect(results).toMatchObject([{ solved: ['other'] }]);
  });

  it('of a store elsewhere moves there', async () => {
    const rig = await restingRig();
    rig.write('config/battbuild.json', '{"cache": "elsewhere"}');
    expect(await rig.built()).toMatchObject({ compared: false });
    expect(hasStore(join(rig.root, 'elsewhere'))).toBe(true);
  });

  it('with another budget has its effect on the results told', async () => {
    const rig = await restingRig();
    rig.write('config/battbuild.json', '{"budget": {"cost": 1}}');
    expect(await rig.built()).toMatchObject({ compared: true, lost: ['mirror'] });
  });
});

describe('the watcher of files', () => {
  it('is told when all is quiet', async () => {
    const rig = await restingRig();
    const settled = rig.watcher.settled;
    expect(settled).toBeGreaterThan(0);
    rig.tell();
    expect(rig.watcher.settled).toBe(settled + 1);
  });

  it('is believed when it says that it may miss changes', async () => {
    const rig = await restingRig();
    rig.watcher.listener.misses('there are too many folders');
    expect(await rig.until('unseen')).toEqual([{ type: 'unseen', reason: 'there are too many folders' }]);
    rig.timers.pass(100);
    await rig.until('waiting');
    rig.write('solvers/other.py', solver('solve_other', 'vmirror(I)'));
    rig.timers.pass(2000);
    const { results } = await rig.rest();
    expect(results).toMatchObject([{ solved: ['other'] }]);
    rig.watcher.listener.sees();
    expect(await rig.until('unseen')).toEqual([{ type: 'unseen', reason: null }]);
  });
});

describe('a watcher of files that loses what it should tell', () => {
  it.each([1, 2, 3])('every hint of %i, costs 3 s at most', async (every) => {
    const rig = await restingRig();
    for (let k = 1; k <= 6; k++) {
      rig.write('solvers/mirror.py', solver('solve_mirror', k % 2 === 0 ? 'vmirror(I)' : 'I'));
      if (k % every !== 0) rig.watcher.listener.changed();
      rig.timers.pass(3000);
      const { results } = await rig.rest();
      expect(results).toMatchObject([k % 2 === 0 ? { solved: ['mirror'] } : { lost: ['mirror'] }]);
    }
  });

  it('is not asked at all with `watch.poll`, and the inputs are looked at once a second', async () => {
    const rig = await restingRig();
    rig.write('config/battbuild.json', '{"watch": {"poll": true}}');
    await rig.built();
    expect(rig.watcher.isOpen).toBe(false);
    expect(rig.watchers).toHaveLength(1);
    rig.write('solvers/mirror.py', solver('solve_mirror', 'I'));
    rig.timers.pass(POLL_MS + QUIET_MS);
    expect((await rig.rest()).results).toMatchObject([{ lost: ['mirror'] }]);
    rig.write('config/battbuild.json', '{"watch": {"poll": false}}');
    rig.timers.pass(POLL_MS + QUIET_MS);
    await rig.rest();
    expect(rig.watchers).toHaveLength(2);
  });
});

describe('the end', () => {
  it('closes the watcher, the workers and the store', async () => {
    const rig = await restingRig();
    await rig.end();
    expect(rig.watcher.isOpen).toBe(false);
    expect(rig.timers.running).toBe(0);
    // SQLite removes its journal when the last connection is closed.
    expect(readdirSync(join(rig.root, 'cache')).sort()).toEqual([
      'CACHEDIR.TAG',
      'battbuild.db',
      'battbuild.db-lock',
    ]);
  });

  it('keeps what a build finished that is stopped by it', async () => {
    const rig = new WatchRig(workspaceFolder());
    await rig.until('task-finished');
    await rig.end();
    const again = new WatchRig(rig.root);
    const { events } = await again.rest();
    const summary = events.find((event) => event.type === 'summary');
    expect(summary).toMatchObject({ interrupted: false, solved: 1 });
  });
});
