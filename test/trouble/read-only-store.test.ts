/**
 * Stores that can only be read: hits are hits, all commands that read work, and it is reported that nothing is
 * stored.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Ended } from '../child-output.js';
import type { TestWorkspace } from '../cli/rig.js';
import { ANOTHER_USER, asAnotherUser } from './another-user.js';
import { bash, largeWorkspace, NAMESPACE } from './mounted-folders.js';

function canMakeDisks(): boolean {
  if (NAMESPACE === null) return false;
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-disk-'));
  const [program, ...args] = NAMESPACE;
  const script = 'truncate -s 1M disk && mkfs.ext4 -q disk && mkdir at && mount -o loop,ro disk at';
  const { status } = spawnSync(program, [...args, 'sh', '-c', script], { cwd: folder });
  rmSync(folder, { recursive: true });
  return status === 0;
}

/** The state of the store's log when it is read. */
const LOGS = {
  'that was closed': () => {},
  /** A process was killed, and the system went down: the log's contents are nowhere else. */
  'with all that it has in its log': (cache: string) => leaveLog(cache, false),
  'with a log, and what processes share of it': (cache: string) => leaveLog(cache, true),
};

function leaveLog(cache: string, shared: boolean): void {
  const open = `${cache}-open`;
  cpSync(cache, open, { recursive: true });
  const database = new Sqlite(join(open, 'battbuild.db'));
  database.pragma('wal_autocheckpoint = 0');
  // Whole tables, so that without the log nothing is known of any task.
  database.exec(
    'CREATE TEMP TABLE kept AS SELECT * FROM selection; DELETE FROM selection; PRAGMA wal_checkpoint(TRUNCATE)',
  );
  database.exec('INSERT INTO selection SELECT * FROM kept');
  for (const suffix of ['', '-wal', ...(shared ? ['-shm'] : [])])
    cpSync(join(open, `battbuild.db${suffix}`), join(cache, `battbuild.db${suffix}`));
  database.close();
  rmSync(open, { recursive: true });
}

interface Place {
  /** Runs lines of bash where the store cannot be written. */
  run(workspace: TestWorkspace, script: string): Ended;
  readonly reason: string;
}

const OF_ANOTHER_USER = 'of another user (skipped where nobody else can be played)';

const PLACES: Readonly<Record<string, Place | null>> = {
  [OF_ANOTHER_USER]: ANOTHER_USER && {
    run(workspace, script) {
      chmodSync(workspace.folder, 0o755);
      chmodSync(join(workspace.folder, '..'), 0o755);
      return asAnotherUser(workspace, script);
    },
    reason: 'permission denied',
  },
  'on a read-only mount (skipped where nothing can be mounted)': NAMESPACE && {
    run: (workspace, script) =>
      bash(
        workspace,
        `mount --bind cache cache && mount -o remount,ro,bind cache\n${script}`,
        NAMESPACE as string[],
      ),
    reason: 'the file system is read-only',
  },
  'on a disk like a CD (skipped where none can be made)': canMakeDisks()
    ? {
        run: (workspace, script) =>
          bash(
            workspace,
            `truncate -s 32M ../disk && mkfs.ext4 -q -d cache ../disk && mount -o loop,ro ../disk cache\n${script}`,
            NAMESPACE as string[],
          ),
        reason: 'the file system is read-only',
      }
    : null,
};

describe.each(Object.entries(PLACES))('a store %s', (_, place) => {
  const logs = Object.entries(LOGS).slice(place === PLACES[OF_ANOTHER_USER] ? 0 : 1, 3);
  it.skipIf(place === null).each(logs)('%s, is read', async (_name, leave) => {
    const { run, reason } = place as Place;
    const workspace = largeWorkspace();
    await workspace.build();
    const expected = (await workspace.run('results', '--format', 'jsonl', '--outputs')).stdout;
    const cache = realpathSync(workspace.path('cache'));
    leave(cache);
    const files = readdirSync(cache).sort();
    const { stdout, stderr } = run(
      workspace,
      `set -o pipefail
       battbuild build | grep cell; echo "code $?"
       for command in 'stats' 'explain task0' 'explain --last'; do
         battbuild $command >/dev/null; echo "code $?"
       done
       battbuild results --format jsonl --outputs
       battbuild verify`,
    );
    const [first, ...codes] = stdout.slice(0, stdout.indexOf('{')).trimEnd().split('\n');
    expect(first).toBe('no cell executed: everything was up to date');
    expect(codes).toEqual(Array.from({ length: 4 }, () => 'code 0'));
    expect(stdout).toContain(expected);
    expect(stdout).toContain('nothing is wrong');
    const note = `warning STORE005: the store can only be read (${reason}): this build is not remembered`;
    expect(stderr.trimEnd().split('\n')).toEqual([`${cache}/battbuild.db: ${note}`]);
    expect(readdirSync(cache).sort()).toEqual(files);
  });
});

describe.skipIf(NAMESPACE === null)(
  'a store that can only be read (skipped where nothing can be mounted)',
  () => {
    const { run } = (PLACES['on a read-only mount (skipped where nothing can be mounted)'] ?? {}) as Place;

    it('saves what it knows of a build in which something changed, and the next one knows no more', async () => {
      const workspace = largeWorkspace();
      await workspace.build();
      writeFileSync(workspace.path('solvers/late.py'), 'def solve_task0_0000ffff(I):\n    return rot90(I)\n');
      const { stdout } = run(
        workspace,
        `for k in 1 2; do battbuild build --json | tail -n 1; done
       rm solvers/late.py
       battbuild build | grep cell`,
      );
      const [first, second, last] = stdout.split('\n');
      const { cellsRun, cells } = JSON.parse(first) as { cellsRun: number; cells: number };
      expect(cellsRun).toBeGreaterThan(0);
      expect(cellsRun).toBeLessThan(cells / 4);
      expect(JSON.parse(second)).toMatchObject({ cellsRun });
      expect(last).toBe('no cell executed: everything was up to date');
    });

    it('is not thinned out, repaired or cleaned, and it is said why', async () => {
      const workspace = largeWorkspace();
      await workspace.build();
      const { stdout, stderr } = run(
        workspace,
        `battbuild gc; echo "code $?"
       rm -r out/solver_md5; battbuild verify --repair | tail -n 1; echo "code \${PIPESTATUS[0]}"
       battbuild clean --store; echo "code $?"`,
      );
      expect(stdout.match(/code \d/g)).toEqual(['code 1', 'code 1', 'code 1']);
      expect(stderr).toContain(
        'the store can only be read (the file system is read-only): nothing was forgotten',
      );
      expect(stderr).toContain(
        'the store can only be read (the file system is read-only): nothing was dropped',
      );
      expect(stderr).toContain('battbuild.db cannot be removed: the file system is read-only');
    });

    it('that is of another version says so, and is left as it is', async () => {
      const workspace = largeWorkspace();
      mkdirSync(workspace.path('cache'));
      const database = new Sqlite(workspace.path('cache/battbuild.db'));
      database.pragma('user_version = 99');
      database.close();
      const { stdout, stderr } = run(workspace, 'battbuild build --quiet; echo "code $?"; ls cache');
      expect(stderr).toContain(
        'error STORE002: the store cannot be written (the file system is read-only, and it cannot be read: it is a database of another program)',
      );
      expect(stdout).toBe('code 1\nbattbuild.db\n');
    });
  },
);
