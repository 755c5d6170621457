/** Which files and folders a watch needs events for. */
import { describe, expect, it } from 'vitest';
import { WatchedPaths } from '../../../src/watch/files/watched-paths.js';
import { openWorkspace, type WorkspaceFlags } from '../../../src/workspace/workspace.js';
import { MemoryFileSystem } from '../../workspace/memory-file-system.js';

const CONFIG = '/work/config/battbuild.json';

function pathsOf(files: MemoryFileSystem, flags: WorkspaceFlags = {}): WatchedPaths {
  const { workspace, diagnostics } = openWorkspace({ folder: '/work', flags, cores: 1 }, files);
  if (workspace === null) throw new Error(JSON.stringify(diagnostics));
  return new WatchedPaths(workspace, CONFIG);
}

function workspaceFiles(config: object = {}): MemoryFileSystem {
  const files = new MemoryFileSystem({ [CONFIG]: JSON.stringify(config) });
  for (const folder of ['/work/tasks', '/work/solvers', '/work/differs']) files.makeFolder(folder);
  return files;
}

describe('content', () => {
  const paths = pathsOf(workspaceFiles());

  it.each(['tasks/a.json', 'tasks/deep/er/a.json', 'solvers/a.py', 'differs/a.py', 'config/battbuild.json'])(
    'of %s matters',
    (name) => {
      expect(paths.concerns(`/work/${name}`, false)).toBe(true);
    },
  );

  it.each([
    'tasks/a.py',
    'solvers/a.json',
    'solvers/a.py~',
    'solvers/.a.py.swp',
    'solvers/.hidden/a.py',
    'solvers/__pycache__/a.py',
    'solvers/node_modules/a.py',
    'config/other.json',
    'cache/battbuild.db',
    'cache/battbuild.db-wal',
    'out/solver_md5/a.py',
    'notes.py',
    'solvers2/a.py',
  ])('of %s does not', (name) => {
    expect(paths.concerns(`/work/${name}`, false)).toBe(false);
  });
});

describe('presence', () => {
  const paths = pathsOf(workspaceFiles());

  it.each([
    'tasks',
    'solvers',
    'solvers/folder',
    'solvers/a.py',
    'config',
    'cache',
    'cache/battbuild.db',
    'out',
    'out/solver_md5',
  ])('of %s matters', (name) => {
    expect(paths.concerns(`/work/${name}`, true)).toBe(true);
  });

  it.each([
    'cache/battbuild.db-wal',
    'out/solver_md5/a.py',
    'solvers/.a.py.swp',
    'docs',
    'config/other.json',
  ])('of %s does not', (name) => {
    expect(paths.concerns(`/work/${name}`, true)).toBe(false);
  });
});

describe('folders and links', () => {
  const paths = pathsOf(workspaceFiles());

  it.each(['', '/solvers', '/solvers/folder', '/config', '/config/battbuild.json', '/cache', '/out'])(
    'lead to what matters: /work%s',
    (name) => {
      expect(paths.leads(`/work${name}`)).toBe(true);
    },
  );

  it.each(['/docs', '/solvers/.git', '/solvers/node_modules', '/out/solver_md5', '/cache/other'])(
    'lead nowhere: /work%s',
    (name) => {
      expect(paths.leads(`/work${name}`)).toBe(false);
    },
  );
});

describe('a workspace whose output lies among its inputs', () => {
  it('does not take what it publishes for inputs', () => {
    const files = workspaceFiles({ solvers: '.', out: 'out', cache: 'cache' });
    const paths = pathsOf(files);
    expect(paths.concerns('/work/any/a.py', false)).toBe(true);
    expect(paths.concerns('/work/out/solver_md5/a.py', false)).toBe(false);
    expect(paths.concerns('/work/cache/a.py', false)).toBe(false);
  });

  it('takes published solvers for inputs where they are named as such', () => {
    const files = workspaceFiles({ solvers: 'out/solver_md5' });
    files.makeFolder('/work/out/solver_md5');
    files.tick();
    expect(pathsOf(files).concerns('/work/out/solver_md5/a.py', false)).toBe(true);
  });
});

describe('a combined file', () => {
  it('matters with the solutions beside it', () => {
    const files = workspaceFiles({ tasks: '/data/x_challenges.json' });
    files.write('/data/x_challenges.json', '{}');
    const paths = pathsOf(files);
    expect(paths.concerns('/data/x_challenges.json', false)).toBe(true);
    expect(paths.concerns('/data/x_solutions.json', true)).toBe(true);
    expect(paths.concerns('/data/y.json', false)).toBe(false);
    expect(paths.anchors(files)).toEqual({ present: ['/work', '/data'], missing: [] });
  });
});

describe('anchors', () => {
  it('are the workspace alone when all is in it', () => {
    const files = workspaceFiles();
    expect(pathsOf(files).anchors(files)).toEqual({ present: ['/work'], missing: [] });
  });

  it('are what is elsewhere, too', () => {
    const files = workspaceFiles({ solvers: '/data/solvers', out: '/data/out', cache: '/cache' });
    for (const folder of ['/data/solvers', '/data/out', '/cache']) files.makeFolder(folder);
    const paths = pathsOf(files);
    const all = ['/work', '/data/solvers', '/cache', '/data/out'];
    expect(paths.anchors(files)).toEqual({ present: all, missing: [] });
    files.removeFolder('/cache');
    files.removeFolder('/data/solvers');
    // A missing store does not matter: only inputs may come back.
    expect(paths.anchors(files)).toEqual({ present: ['/work', '/data/out'], missing: ['/data/solvers'] });
  });

  it('begin at the highest of several that lie in each other', () => {
    const files = workspaceFiles({ solvers: '/data/solvers', tasks: '/data', cache: '/data/cache' });
    for (const folder of ['/data/solvers', '/data/cache']) files.makeFolder(folder);
    expect(pathsOf(files).anchors(files)).toEqual({ present: ['/work', '/data'], missing: [] });
  });

  it('are missed when the workspace itself is gone', () => {
    const files = workspaceFiles({ solvers: '/data/solvers' });
    files.makeFolder('/data/solvers');
    const paths = pathsOf(files);
    files.fail('stat', '/work', 'ENOENT');
    files.fail('stat', '/work/config', 'ENOENT');
    expect(paths.anchors(files)).toEqual({
      present: ['/data/solvers'],
      missing: ['/work', '/work/config'],
    });
  });
});
