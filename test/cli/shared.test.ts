/** The shared cache on the command line: what is said of it, what is never said, and that nothing else changes. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, packUp, unpack } from '../../src/remote-cache/bundle.js';
import {
  bundlePath,
  decodeManifest,
  encodeManifest,
  type Manifest,
  manifestPath,
  type ShardName,
} from '../../src/remote-cache/manifest.js';
import type { Pack } from '../../src/store/pack.js';
import { LOADED } from '../launch/loaded.js';
import { CacheServer, FAULTS } from '../remote-cache/cache-server.js';
import { mirrorWorkspace, type TestWorkspace } from './rig.js';

let server: CacheServer;

beforeAll(async () => {
  server = await CacheServer.start();
});
afterAll(() => server.stop());

/** A machine that fills the cache. */
const WRITES = { BATTBUILD_CACHE_REMOTE_MODE: 'readwrite' };

/** What a second machine knows: nothing. */
function forget(workspace: TestWorkspace): void {
  for (const folder of ['cache', 'out']) rmSync(workspace.path(folder), { recursive: true, force: true });
}

/** A workspace whose results are on the server, and not here. */
async function secondMachine(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.runWith(WRITES, 'build', '--remote-cache', server.url);
  forget(workspace);
  return workspace;
}

describe('a build', () => {
  it('says what came from the shared cache, and what that saved', async () => {
    const workspace = await secondMachine();
    const { stdout, stderr, code } = await workspace.run('build', '--remote-cache', server.url);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('no cell executed');
    expect(stdout).toMatch(/^phase +hits +shared +misses +time saved$/m);
    expect(stdout).toMatch(/^validate +9 +9 +0 /m);
    expect(stdout).toMatch(/^shared cache: 16 of 16 hits, [\d.]+ \w+ fetched in .*$/m);
  });

  it('says what it sent', async () => {
    const workspace = mirrorWorkspace();
    const other = await CacheServer.start();
    const { stdout } = await workspace.runWith(WRITES, 'build', '--remote-cache', other.url);
    await other.stop();
    expect(stdout).toMatch(/^shared cache: 0 of 0 hits, .*, 2 bundles sent \(/m);
  });

  it('says nothing of it where none is configured', async () => {
    const { stdout } = await mirrorWorkspace().run('build');
    expect(stdout).not.toContain('shared');
  });

  it('says it in its events, and as JSON at its end', async () => {
    const workspace = await secondMachine();
    const lines = await workspace.json<{ type: string; remote?: object }>(
      ...['build', '--json', '--remote-cache', server.url],
    );
    expect(lines.filter(({ type }) => type === 'fetched')).toHaveLength(4);
    expect(lines.at(-1)?.remote).toMatchObject({
      hits: 16,
      phases: { validate: 9 },
      failures: 0,
      off: false,
    });
  });

  it('ends as it would without it, whatever it answers', async () => {
    const workspace = mirrorWorkspace();
    server.fault = FAULTS['answers 500'];
    const { code, stdout, stderr } = await workspace.run('build', '--remote-cache', server.url);
    server.fault = () => false;
    expect(code).toBe(0);
    expect(stderr.match(/CACHE001/g)).toHaveLength(1);
    expect(stdout).toContain('9 of 9 cells executed');
  });

  it('is as quiet as before when it is told to be', async () => {
    const workspace = mirrorWorkspace();
    const { code, stdout, stderr } = await workspace.run(
      ...['build', '--quiet', '--remote-cache', 'http://127.0.0.1:9'],
    );
    expect([code, stdout, stderr]).toEqual([0, '', '']);
  });

  it('has a span of its trace for what it fetched', async () => {
    const workspace = await secondMachine();
    await workspace.run('build', '--remote-cache', server.url, '--trace', 'trace.json');
    expect(workspace.read('trace.json').match(/"name":"shared cache"/g)).toHaveLength(4);
  });
});

describe('afterwards', () => {
  it('stats say it of the run, and of all runs together', async () => {
    const workspace = await secondMachine();
    await workspace.run('build', '--remote-cache', server.url);
    const { stdout } = await workspace.run('stats');
    expect(stdout).toMatch(/^shared cache: 16 of 16 hits, /m);
    const stats = JSON.parse((await workspace.run('stats', '--json')).stdout);
    expect(stats.last.remote).toMatchObject({ hits: 16 });
    expect(stats.total.remote).toMatchObject({ hits: 16 });
    await workspace.run('stats', '--html', 'stats.html');
    expect(workspace.read('stats.html')).toContain('Shared cache: 16 of 16 hits');
  });

  it('the report says it of the run', async () => {
    const workspace = await secondMachine();
    await workspace.run('build', '--remote-cache', server.url);
    const { stdout } = await workspace.run('report', '--json');
    expect(JSON.parse(stdout).runs.at(-1).shared).toMatch(/^16 of 16 hits, /);
  });

  it('explain says of a hit that another machine made it', async () => {
    const workspace = await secondMachine();
    await workspace.run('build', '--remote-cache', server.url);
    const { stdout } = await workspace.run('explain', 'mirror/turn_all', '--phase', 'validate');
    expect(stdout.match(/made by another machine, from the shared cache/g)).toHaveLength(3);
  });

  it('verify --recompute runs what came from another machine again', async () => {
    const workspace = await secondMachine();
    await workspace.run('build', '--remote-cache', server.url);
    const { code, stdout } = await workspace.run('verify', '--recompute', '100%', '--json');
    expect(code).toBe(0);
    const { steps, recomputed } = JSON.parse(stdout);
    expect([steps, recomputed]).toEqual([16, 16]);
  });

  it('and finds what another machine lied about', async () => {
    const workspace = await secondMachine();
    const liar = await CacheServer.start();
    for (const [path, content] of server.objects) liar.objects.set(path, content);
    await tellLies(liar, { phase: 'validate', shard: 'mirror' });
    await workspace.run('build', '--remote-cache', liar.url);
    await liar.stop();
    const { code, stdout } = await workspace.run('verify', '--recompute', '100%');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /validate of task mirror: \d+ stored steps come to something else .* \(\d+ from the shared cache\)/,
    );
  });
});

/** Gives every step of a phase of a shard the output of the next one. */
async function tellLies(liar: CacheServer, { phase, shard }: ShardName): Promise<void> {
  const path = `/${manifestPath(shard)}`;
  const [reference] = decodeManifest(liar.objects.get(path) as Buffer) as Manifest;
  const bundle = await unpack(liar.objects.get(`/${bundlePath(reference)}`) as Buffer, reference);
  const { entries, blobs } = (bundle as Bundle).get(phase) as Pack;
  const lies = entries.map((entry, k) => ({ ...entry, value: entries[(k + 1) % entries.length].value }));
  const packed = await packUp(new Map([[phase, { entries: lies, blobs }]]));
  liar.objects.set(`/${bundlePath(packed.reference)}`, Buffer.from(packed.bytes));
  liar.objects.set(path, Buffer.from(encodeManifest([packed.reference])));
}

describe('credentials', () => {
  const PASSWORD = 'pass-word-of-the-test';
  const TOKEN = 'token-of-the-test';

  /** All bytes of files below a folder. */
  function bytesBelow(folder: string): string {
    if (!existsSync(folder)) return '';
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
      .join('\n');
  }

  it.each([
    ['a password in the variable', { BATTBUILD_CACHE_REMOTE: `//user:${PASSWORD}@` }, []],
    ['a token', { BATTBUILD_CACHE_REMOTE: '//', BATTBUILD_CACHE_REMOTE_TOKEN: TOKEN }, []],
    ['a password in the option', {}, ['--remote-cache', `//user:${PASSWORD}@`]],
  ])('%s: are sent, and neither printed nor stored', async (_, variables, options) => {
    const address = (text: string) => (text.startsWith('//') ? server.url.replace('//', text) : text);
    const env: Record<string, string> = Object.fromEntries(
      Object.entries({ ...variables, ...WRITES }).map(([name, value]) => [name, address(value)]),
    );
    const args = options.map(address);
    const workspace = mirrorWorkspace();
    const seen = server.requests.length;
    const ended = [
      await workspace.runWith(env, 'config', ...args),
      await workspace.runWith(env, 'config', '--json', ...args),
      await workspace.runWith(env, 'build', '--json', '--trace', 'trace.json', ...args),
      await workspace.runWith(env, 'build', '--force', '--problems', ...args),
      await workspace.runWith({ ...env, BATTBUILD_CACHE_REMOTE: '' }, 'stats', '--json'),
      await workspace.runWith(env, 'explain', 'mirror', '--json'),
      await workspace.runWith(env, 'report', '--json'),
    ];
    server.fault = FAULTS['answers 500'];
    forget(workspace);
    ended.push(await workspace.runWith({ ...env, BATTBUILD_DEBUG: '1' }, 'build', ...args));
    server.fault = () => false;
    expect(ended.at(-1)?.stderr).toContain('CACHE001');
    const sent = server.requests.slice(seen).map(({ headers }) => headers['authorization'] ?? '');
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.every((header) => /^(Basic|Bearer) ./.test(header))).toBe(true);
    const encoded = Buffer.from(`user:${PASSWORD}`).toString('base64');
    const said = ended.map(({ stdout, stderr }) => stdout + stderr).join('\n') + bytesBelow(workspace.folder);
    for (const secret of [PASSWORD, TOKEN, encoded]) expect(said).not.toContain(secret);
  });

  it.each([
    [['build', '--remote-cache', `htp://user:${PASSWORD}@host`], '{}'],
    [['build', '--remote-cache', `user:${PASSWORD}@host`], '{}'],
    [['build'], JSON.stringify({ 'cache.remote': `htp://user:${PASSWORD}@host` })],
  ])('in an address that is none are not printed', async (args, config) => {
    const workspace = mirrorWorkspace();
    workspace.write('config/battbuild.json', config);
    const { code, stdout, stderr } = await workspace.runWith({ FORCE_COLOR: '1' }, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('an address that begins with http:// or https://');
    expect(stderr).not.toContain(PASSWORD);
  });
});

describe('other commands', () => {
  it('evolve and submit take from the shared cache, too', async () => {
    const workspace = await secondMachine();
    const { stdout } = await workspace.run('submit', '--remote-cache', server.url);
    expect(stdout).not.toBe('');
    const [summary] = JSON.parse((await workspace.run('stats', '--json')).stdout).runs;
    expect(summary.remote).toMatchObject({ hits: 16 });
    forget(workspace);
    await workspace.run('evolve', '--rounds', '0', '--remote-cache', server.url);
    const { runs } = JSON.parse((await workspace.run('stats', '--json')).stdout);
    expect(runs[0]).toMatchObject({ cellsRun: 0, remote: { hits: 16 } });
  });

  it('watch sends what ran while it goes on', async () => {
    const other = await CacheServer.start();
    const workspace = mirrorWorkspace();
    const config = { 'cache.remote': other.url, 'cache.remote.mode': 'readwrite' };
    workspace.write('config/battbuild.json', JSON.stringify(config));
    const { code } = await workspace.runUntil(/watching for changes/, 'watch');
    expect(code).toBe(0);
    expect(other.paths('ac')).toHaveLength(2);
    forget(workspace);
    expect((await workspace.build()).cellsRun).toBe(0);
    await other.stop();
  });
});

it('nothing of it is loaded where none is configured, and where nothing changed', async () => {
  const workspace = mirrorWorkspace();
  const loaded = async (...options: string[]) => {
    const { stderr } = await workspace.runWith(
      { NODE_OPTIONS: `--require ${LOADED}` },
      'build',
      '--quiet',
      ...options,
    );
    return 'shared-cache.js' in JSON.parse(stderr);
  };
  expect(await loaded()).toBe(false);
  forget(workspace);
  expect(await loaded('--remote-cache', server.url)).toBe(true);
  expect(await loaded('--remote-cache', server.url)).toBe(false);
});
