/** Builds with a shared cache: what one machine ran another takes, and a server that fails costs nothing but time. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NGINX, startNginx } from '../../bench/measure/nginx.js';
import { MIRROR_TASK } from '../../bench/reliability/mirror-task.js';
import { CacheServer, FAULTS } from '../remote-cache/cache-server.js';
import { type BuildRequest, type Built, buildIn, linesOf, recordedIn, treeOf, writeFiles } from './rig.js';

const SOLVERS = `
def turn_rows(I):
    return vmirror(I)


def turn_all(I):
    return rot180(I)


def first_nine(I):
    x1 = ofcolor(I, NINE)
    return first(x1)
`;

/** Holds all workspaces: hooks need some, too. */
const scratch = mkdtempSync(join(tmpdir(), 'battbuild-shared-'));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A workspace of some tasks, as somebody checks it out: without a store, and nothing published. */
function checkout(tasks = 3): string {
  const root = mkdtempSync(join(scratch, 'machine-'));
  for (let k = 0; k < tasks; k++) {
    writeFiles(root, { [`tasks/mirror${k}.json`]: JSON.stringify(MIRROR_TASK) });
    writeFiles(root, {
      [`solvers/mirror${k}.py`]: `${SOLVERS}\n\ndef other${k}(I):\n    return hmirror(I)\n`,
    });
  }
  return root;
}

/** Builds as a machine that may write to the shared cache, or only read. */
function buildBy(root: string, url: string, mode: 'read' | 'readwrite', request: BuildRequest = {}) {
  writeFiles(root, {
    'config/battbuild.json': JSON.stringify({ 'cache.remote': url, 'cache.remote.mode': mode }),
  });
  const flags = { config: join(root, 'config/battbuild.json') };
  return buildIn(root, { ...request, flags });
}

/** Everything that a build leaves, apart from times and numbers of runs. */
function leftIn(root: string) {
  return { published: linesOf(treeOf(join(root, 'out'))), recorded: recordedIn(root) };
}

const codes = ({ diagnostics }: Built) => diagnostics.map(({ code }) => code);

/** What a build without a shared cache leaves. */
let alone: ReturnType<typeof leftIn>;

beforeAll(async () => {
  const root = checkout();
  await buildIn(root);
  alone = leftIn(root);
});

interface Started {
  readonly url: string;
  stop(): Promise<void>;
}

describe('another machine, with a server of the test,', () => anotherMachine(() => CacheServer.start()));

// Where nginx is not installed, the name of what is skipped says it.
describe.skipIf(NGINX === null)('another machine, with an nginx that is installed,', () =>
  anotherMachine(() => startNginx()),
);

function anotherMachine(start: () => Promise<Started>): void {
  let server: Started;
  let first: Built;
  beforeAll(async () => {
    server = await start();
    first = await buildBy(checkout(), server.url, 'readwrite');
  });
  afterAll(() => server.stop());

  it('runs no cell, and comes to the same', async () => {
    expect(first.summary).toMatchObject({ cellsRun: 36, remote: { hits: 0, unsent: 0, failures: 0 } });
    const root = checkout();
    const second = await buildBy(root, server.url, 'read');
    expect(second.ran).toEqual({});
    expect(second.summary).toMatchObject({ cellsRun: 0, cells: 36, diagnostics: 0 });
    expect(leftIn(root)).toEqual(alone);
  });

  it('is told what came from where, and how much went over the line', async () => {
    const { summary, events } = await buildBy(checkout(), server.url, 'read');
    const { remote, phases } = summary;
    expect(remote).toMatchObject({ hits: 63, phases: { load: 3, inline: 12, validate: 36, score: 12 } });
    expect(remote).toMatchObject({ sent: 0, sentBytes: 0, unsent: 0, failures: 0, off: false });
    expect(remote?.fetchedBytes).toBeGreaterThan(1000);
    expect(phases['validate']).toMatchObject({ hits: 36, misses: 0 });
    const fetched = events.filter(({ type }) => type === 'fetched');
    expect(fetched).toHaveLength(12);
  });

  it('has it in its own store afterwards, and asks no more', async () => {
    const root = checkout();
    await buildBy(root, server.url, 'read');
    const again = await buildBy(root, server.url, 'read', { force: false, selection: { ids: ['mirror1'] } });
    expect(again.ran).toEqual({});
    expect(again.summary.remote).toMatchObject({ hits: 0, fetchedBytes: 0 });
  });

  it('runs what is new to it, and shares only that', async () => {
    const root = checkout();
    writeFiles(root, {
      'solvers/mirror1.py': `${SERVED}\n\ndef fresh(I):\n    return vmirror(hmirror(I))\n`,
    });
    const built = await buildBy(root, server.url, 'readwrite');
    // What it comes to another program comes to as well: of the score, nothing is new.
    expect(built.summary).toMatchObject({ cellsRun: 3, remote: { sent: 2 } });
    const third = checkout();
    cpSync(join(root, 'solvers'), join(third, 'solvers'), { recursive: true });
    expect((await buildBy(third, server.url, 'read')).ran).toEqual({});
  });
}

const SERVED = `${SOLVERS}\n\ndef other1(I):\n    return hmirror(I)\n`;

describe('a server that', () => {
  let server: CacheServer;
  beforeAll(async () => {
    server = await CacheServer.start();
    await buildBy(checkout(), server.url, 'readwrite');
  });
  afterAll(() => server.stop());

  it.each(Object.keys(FAULTS))('%s changes no result and no exit code, and is told of once', async (name) => {
    server.fault = FAULTS[name];
    const root = checkout();
    const built = await buildBy(root, server.url, 'readwrite', { world: { sharedTimeoutMs: 300 } });
    server.fault = () => false;
    expect(codes(built)).toEqual(['CACHE001']);
    expect(built.diagnostics[0]).toMatchObject({ severity: 'warning', file: 'config/battbuild.json' });
    expect(built.diagnostics[0].message).toContain(server.url);
    expect(leftIn(root)).toEqual(alone);
    // Nothing of it is taken for true later.
    expect((await buildIn(root)).summary.cellsRun).toBe(0);
  });

  it('is gone in the middle leaves the rest to be run here', async () => {
    const other = await CacheServer.start();
    for (const [path, content] of server.objects) other.objects.set(path, content);
    const root = checkout();
    let left = 3;
    other.fault = (_, response) => {
      if (left-- > 0) return false;
      response.destroy();
      void other.stop();
      return true;
    };
    const built = await buildBy(root, other.url, 'readwrite');
    expect(codes(built)).toEqual(['CACHE001']);
    expect(leftIn(root)).toEqual(alone);
  });

  it('is not there at all is asked five times', async () => {
    const root = checkout();
    const built = await buildBy(root, 'http://127.0.0.1:9', 'readwrite');
    expect(codes(built)).toEqual(['CACHE001']);
    expect(built.summary.remote).toMatchObject({ off: true, hits: 0 });
    expect(leftIn(root)).toEqual(alone);
  });

  it('has lost its bundles is as good as empty', async () => {
    const other = await CacheServer.start();
    // The manifests without the bundles that stand in them.
    for (const path of server.paths('ac')) {
      const content = server.objects.get(path) as Buffer;
      other.objects.set(path, content.subarray(0, content.indexOf('\n') + 1));
    }
    const root = checkout();
    const built = await buildBy(root, other.url, 'read');
    expect([codes(built), built.summary.cellsRun]).toEqual([[], 36]);
    await other.stop();
  });
});

describe('a build', () => {
  let server: CacheServer;
  beforeAll(async () => {
    server = await CacheServer.start();
  });
  afterAll(() => server.stop());

  it('that may only read sends nothing', async () => {
    await buildBy(checkout(), server.url, 'read');
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('that runs dry asks, and neither stores nor sends', async () => {
    await buildBy(checkout(), server.url, 'readwrite');
    const sent = server.objects.size;
    const root = checkout();
    const dry = await buildBy(root, server.url, 'readwrite', { dryRun: true });
    expect(dry.ran).toEqual({});
    expect(dry.summary.remote?.hits).toBeGreaterThan(0);
    expect(server.objects.size).toBe(sent);
    writeFiles(root, { 'config/battbuild.json': '{}' });
    expect((await buildIn(root)).summary.cellsRun).toBe(36);
  });

  it('that is forced takes nothing from it', async () => {
    const built = await buildBy(checkout(), server.url, 'read', { force: true });
    expect(built.summary).toMatchObject({ cellsRun: 36, remote: { hits: 0 } });
  });

  it('that is told to stop does not wait for what is on its way', async () => {
    const stop = new AbortController();
    server.fault = ({ method }) => method === 'PUT';
    const root = checkout();
    writeFiles(root, { 'solvers/mirror0.py': 'def unheard(I):\n    return rot90(rot90(rot90(I)))\n' });
    const built = await buildBy(root, server.url, 'readwrite', {
      signal: stop.signal,
      watch: (event) => {
        if (event.type === 'task-finished' && event.task === 'mirror0') stop.abort();
      },
    });
    server.fault = () => false;
    expect(built.summary.remote?.unsent).toBeGreaterThan(0);
  });

  it('in which nothing changed asks nothing, and says nothing of it', async () => {
    const root = checkout();
    await buildBy(root, server.url, 'read');
    const asked = server.requests.length;
    const again = await buildBy(root, server.url, 'read');
    expect(again.summary.remote).toBeUndefined();
    expect(server.requests).toHaveLength(asked);
  });
});
