/** What the file watcher reports of real files. It waits only for its reports. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, onTestFinished } from 'vitest';
import { Told } from '../told.js';

async function watching(): Promise<Told> {
  const told = new Told();
  await told.begin();
  return told;
}

describe('a change is told', () => {
  it('of a file that is written in place', async () => {
    const told = await watching();
    await told.hear('content', 'solvers/a.py', () => appendFileSync(told.path('solvers/a.py'), 'x'));
  });

  it('of a file that is replaced by another, and of the next write to that', async () => {
    const told = await watching();
    await told.hear('presence', 'solvers/a.py', () => {
      writeFileSync(told.path('solvers/.new'), 'x');
      renameSync(told.path('solvers/.new'), told.path('solvers/a.py'));
    });
    await told.hear('content', 'solvers/a.py', () => appendFileSync(told.path('solvers/a.py'), 'x'));
  });

  it('of files that come and go', async () => {
    const told = await watching();
    await told.hear('presence', 'solvers/b.py', () => writeFileSync(told.path('solvers/b.py'), 'x'));
    await told.hear('presence', 'solvers/a.py', () => rmSync(told.path('solvers/a.py')));
  });

  it('of files in a new folder', async () => {
    const told = await watching();
    await told.hear('presence', 'solvers/new', () => mkdirSync(told.path('solvers/new')));
    await told.settle('sees');
    const name = 'solvers/new/b.py';
    await told.hear('presence', name, () => writeFileSync(told.path(name), ''));
    await told.hear('content', name, () => appendFileSync(told.path(name), 'x'));
  });

  it('of a file that a link leads to', async () => {
    const told = new Told();
    const elsewhere = join(mkdtempSync(join(tmpdir(), 'battbuild-elsewhere-')), 'b.py');
    onTestFinished(() => rmSync(dirname(elsewhere), { recursive: true, force: true }));
    writeFileSync(elsewhere, 'x');
    symlinkSync(elsewhere, told.path('solvers/b.py'));
    await told.begin();
    await told.hearAny(() => appendFileSync(elsewhere, 'x'));
  });

  it('of files in a folder that a link leads to', async () => {
    const told = new Told();
    const elsewhere = mkdtempSync(join(tmpdir(), 'battbuild-elsewhere-'));
    onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
    symlinkSync(elsewhere, told.path('solvers/folder'));
    await told.begin();
    await told.hearAny(() => writeFileSync(join(elsewhere, 'c.py'), ''));
  });

  it('of the config', async () => {
    const told = await watching();
    const name = 'config/battbuild.json';
    await told.hear('content', name, () => appendFileSync(told.path(name), ' '));
  });

  it('of the store and the output folder, when they go', async () => {
    const told = new Told();
    mkdirSync(told.path('out/solver_md5'), { recursive: true });
    mkdirSync(told.path('cache'));
    writeFileSync(told.path('cache/battbuild.db'), '');
    await told.begin();
    for (const name of ['cache/battbuild.db', 'out/solver_md5', 'out', 'cache']) {
      await told.hear('presence', name, () => rmSync(told.path(name), { recursive: true }));
    }
  });
});

describe('folders that come and go', () => {
  it('are watched again when they are restored', async () => {
    const told = await watching();
    await told.hear('presence', 'solvers', () => rmSync(told.path('solvers'), { recursive: true }));
    await told.hear('presence', 'solvers', () => {
      mkdirSync(told.path('solvers/deep'), { recursive: true });
      writeFileSync(told.path('solvers/deep/b.py'), 'x');
    });
    await told.settle('sees');
    const name = 'solvers/deep/b.py';
    await told.hear('content', name, () => appendFileSync(told.path(name), 'x'));
  });

  it('are watched again though they came and went too fast for anybody to follow', async () => {
    const told = await watching();
    const name = 'solvers/deep/b.py';
    await told.hear('presence', 'solvers', () => {
      for (let k = 0; k < 5; k++) {
        rmSync(told.path('solvers'), { recursive: true });
        mkdirSync(told.path('solvers/deep'), { recursive: true });
        writeFileSync(told.path(name), 'x');
      }
    });
    await told.settle('sees');
    await told.hear('content', name, () => appendFileSync(told.path(name), 'x'));
  });

  it('are missed when the whole workspace goes, and watched again when it is back', async () => {
    const told = await watching();
    await told.hear('presence', 'solvers', () => rmSync(told.root, { recursive: true }));
    await told.settle('misses');
    mkdirSync(told.path('solvers'), { recursive: true });
    writeFileSync(told.path('solvers/a.py'), 'x');
    await told.settle('sees');
    await told.hear('content', 'solvers/a.py', () => appendFileSync(told.path('solvers/a.py'), 'x'));
  });
});
