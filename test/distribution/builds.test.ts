/** Whole commands that share a queue with `battbuild worker`: as a user runs them, and what is left of it. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Ended, outputOf } from '../child-output.js';
import { emptyWorkspace, type TestWorkspace } from '../cli/rig.js';
import { LOADED } from '../launch/loaded.js';
import { CacheServer } from '../remote-cache/cache-server.js';
import { freePort, type RedisProcess, redisCommand, startRedis } from './redis-server.js';
import { slowWorkspace } from './slow-workspace.js';

const PASSWORD = 'geheim:/@';

/** Names and contents of all that is published. */
function published(workspace: TestWorkspace, out: string): string[] {
  const root = workspace.path(out);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile())
    .map((name) => `${name} ${readFileSync(join(root, name), 'latin1')}`)
    .sort();
}

interface Summary {
  readonly cellsRun: number;
  readonly queue?: { readonly workers: number; readonly cells: number };
}

describe.skipIf(redisCommand === null)('with a queue', () => {
  let server: RedisProcess;
  let env: Record<string, string>;
  beforeAll(async () => {
    server = await startRedis('--requirepass', PASSWORD);
    env = { BATTBUILD_QUEUE: server.url.replace('//', `//:${encodeURIComponent(PASSWORD)}@`) };
  });

  interface Worker {
    readonly child: ChildProcessWithoutNullStreams;
    readonly ended: Promise<Ended>;
  }

  /** A worker that serves when this resolves. */
  async function worker(workspace: TestWorkspace, ...args: readonly string[]): Promise<Worker> {
    const child = workspace.start(['worker', '--json', '-j', '1', ...args], env);
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = outputOf(child);
    let stdout = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    await vi.waitUntil(() => stdout.includes('"connected"'), { timeout: 60_000 });
    return { child, ended };
  }

  const summaryOf = ({ stdout }: Ended) => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Summary;

  it('a build shares its cells with two workers, and comes to what it comes to alone', async () => {
    const workspace = slowWorkspace();
    expect((await workspace.run('build', '--cache', 'alone', '--out', 'alone-out')).code).toBe(0);
    await worker(workspace);
    await worker(workspace);
    const built = await workspace.runWith(env, 'build', '-j', '1', '--json', '--trace', 'trace.json');
    expect(built).toMatchObject({ code: 0, stderr: '' });
    const { cellsRun, queue } = summaryOf(built);
    expect(cellsRun).toBe(48 * 8 * 3);
    expect(queue?.cells).toBeGreaterThan(0);
    expect(queue?.cells).toBeLessThan(cellsRun);
    const results = async (...options: string[]) =>
      (await workspace.run('results', '--format', 'jsonl', '--outputs', ...options)).stdout;
    expect(await results()).toBe(await results('--cache', 'alone', '--out', 'alone-out'));
    expect(published(workspace, 'out')).toEqual(published(workspace, 'alone-out'));
    expect(workspace.read('trace.json')).toMatch(/"process_name".*"worker [^"]+\/\d+-[0-9a-f]+"/);
    const [stats] = await workspace.json<{ last: { queue: unknown } }>('stats', '--json');
    expect(stats.last.queue).toEqual(queue);
    expect((await workspace.run('stats')).stdout).toMatch(
      /^on other machines: .* by \d workers? on \S+, in .* of theirs \(busy [\d.]+ % of the time\)$/m,
    );
    // A null build did nothing elsewhere, and asks nobody.
    const again = await workspace.runWith(
      { BATTBUILD_QUEUE: `redis://127.0.0.1:${await freePort()}` },
      'build',
      '--json',
    );
    expect(again.code).toBe(0);
    expect(summaryOf(again)).not.toHaveProperty('queue');
    expect(again.stdout).not.toContain('QUEUE001');
    expect(await server.lasting(PASSWORD)).toEqual([]);
  });

  it('several builds share one worker at once, and each comes to what it comes to alone', async () => {
    const workspaces = [slowWorkspace(30), slowWorkspace(40)];
    await worker(workspaces[0]);
    const built = await Promise.all(workspaces.map((one) => one.runWith(env, 'build', '-j', '1', '--json')));
    for (const [k, workspace] of workspaces.entries()) {
      expect(built[k]).toMatchObject({ code: 0, stderr: '' });
      expect(summaryOf(built[k]).queue?.cells).toBeGreaterThan(0);
      await workspace.run('build', '--cache', 'alone', '--out', 'alone-out');
      const results = async (...options: string[]) =>
        (await workspace.run('results', '--format', 'jsonl', '--outputs', ...options)).stdout;
      expect(await results()).toBe(await results('--cache', 'alone', '--out', 'alone-out'));
    }
  });

  it('what workers evaluated for one machine is in the shared cache for all others', async () => {
    const cache = await CacheServer.start();
    onTestFinished(() => cache.stop());
    const shared = { ...env, BATTBUILD_CACHE_REMOTE: cache.url, BATTBUILD_CACHE_REMOTE_MODE: 'readwrite' };
    await worker(slowWorkspace(0));
    const first = await slowWorkspace().runWith(shared, 'build', '-j', '1', '--json');
    expect(summaryOf(first).queue?.cells).toBeGreaterThan(0);
    const second = await slowWorkspace().runWith(shared, 'build', '-j', '1', '--json');
    expect(summaryOf(second)).toMatchObject({ cellsRun: 0, remote: { phases: { validate: 48 * 8 * 3 } } });
    expect(summaryOf(second).queue?.cells ?? 0).toBe(0);
  });

  it('all answers may be compared, and none differs', async () => {
    const workspace = slowWorkspace(6);
    await worker(workspace);
    const built = await workspace.runWith(env, 'build', '-j', '1', '--json', '--verify-remote', '100%');
    expect(built.code).toBe(0);
    expect(built.stdout).not.toContain('QUEUE003');
  });

  it('a worker that is told to end finishes what it has', async () => {
    const workspace = slowWorkspace();
    const { child, ended } = await worker(workspace);
    let isTold = false;
    child.stdout.on('data', (data) => {
      if (isTold || !String(data).includes('"job"')) return;
      isTold = true;
      child.kill('SIGTERM');
    });
    const built = await workspace.runWith(env, 'build', '-j', '1', '--json');
    expect(built.code).toBe(0);
    // On a busy machine the build may have been faster than the worker's first job.
    if (!isTold) child.kill('SIGTERM');
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; jobs?: number });
    expect(
      events
        .slice(0, 2)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['connected', 'started']);
    expect(events.at(-1)).toMatchObject({ type: 'stopped', dropped: 0 });
    expect(events.at(-1)?.jobs).toBe(events.filter(({ type }) => type === 'job').length);
  });

  it('a worker takes every core unless it is told otherwise', async () => {
    const workspace = slowWorkspace();
    const child = workspace.start(['worker', '--json'], env);
    onTestFinished(() => void child.kill('SIGKILL'));
    let stdout = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    await vi.waitUntil(() => stdout.includes('"started"'), { timeout: 60_000 });
    expect(stdout).toContain(`"slots":${availableParallelism()}`);
  });

  it('Ctrl-C ends a build, and cancels what it had sent', async () => {
    const workspace = slowWorkspace();
    await worker(workspace);
    const child = workspace.start(['build', '-j', '1', '--json'], env);
    child.stdout.on('data', (data) => {
      if (/"type":"elsewhere".*"out":[1-9]/.test(String(data)) && !child.killed) child.kill('SIGINT');
    });
    const { code, stderr } = await outputOf(child);
    expect(code, stderr).toBe(130);
    // What waits is removed; what the worker is at ends with it.
    const left = () =>
      server.with(
        async (client) => (await client.keys('battbuild:cells-*')).filter((key) => /-\d+$/.test(key)),
        PASSWORD,
      );
    await vi.waitUntil(async () => (await left()).length === 0, { timeout: 60_000 });
    const finished = await workspace.runWith(env, 'build', '-j', '1', '--json');
    expect(finished.code).toBe(0);
    expect((await workspace.run('verify')).code).toBe(0);
    expect(await server.lasting(PASSWORD)).toEqual([]);
  });

  it.each([
    ['watch', ['watch', '--json', '-j', '1'], /"type":"waiting"/],
    ['evolve', ['evolve', '--rounds', '1', '--per-task', '8', '-j', '1', '--verify-remote', '10'], null],
  ])('%s shares, too', async (_name, args, end) => {
    const workspace = slowWorkspace(72);
    const serving = await worker(workspace);
    const child = workspace.start(args, env);
    let stdout = '';
    child.stdout.on('data', (data) => {
      stdout += data;
      if (end?.test(stdout) && !child.killed) child.kill('SIGINT');
    });
    const { code, stderr } = await outputOf(child);
    expect(code, stderr).toBe(0);
    serving.child.kill('SIGTERM');
    expect((await serving.ended).stdout).toContain('"type":"job"');
  });

  it('a server that is stopped keeps no build from its end, and no worker', async () => {
    const stopped = await startRedis();
    const workspace = slowWorkspace(12);
    const serving = workspace.start(['worker', '--json', '-j', '1', '--queue', stopped.url]);
    const ended = outputOf(serving);
    await vi.waitUntil(() => stopped.with((client) => client.exists('battbuild:workers')), {
      timeout: 60_000,
      interval: 50,
    });
    const child = workspace.start(['build', '-j', '1', '--json', '--queue', stopped.url]);
    let isStopped = false;
    child.stdout.on('data', (data) => {
      if (isStopped || !/"type":"elsewhere".*"out":[1-9]/.test(String(data))) return;
      isStopped = true;
      stopped.freeze();
    });
    const { code, stdout, stderr } = await outputOf(child);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ cellsRun: 12 * 8 * 3 });
    expect(isStopped).toBe(true);
    serving.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    stopped.thaw();
  });

  it('the password is printed nowhere', async () => {
    const workspace = slowWorkspace(4);
    const secrets = [PASSWORD, encodeURIComponent(PASSWORD)];
    const serving = workspace.start(['worker', '-j', '1'], env);
    await new Promise((resolve) => serving.stderr.once('data', resolve));
    const unreachable = env['BATTBUILD_QUEUE'].replace(/\d+$/, String(await freePort()));
    workspace.write('config/battbuild.json', `{ "queue": ${JSON.stringify(unreachable)} }`);
    const ran = [
      await workspace.runWith(env, 'build', '--json', '-j', '1'),
      await workspace.run('build', '--force', '-j', '1'),
      await workspace.run('config'),
      await workspace.run('config', '--json'),
      await workspace.run('stats', '--json'),
      await workspace.run('build', '--queue', `http://u:${PASSWORD}@host`),
    ];
    workspace.write('config/battbuild.json', `{ "queue": "http://u:${PASSWORD}@host" }`);
    ran.push(await workspace.runWith({ FORCE_COLOR: '1' }, 'build'));
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 2, 2]);
    expect(ran[1].stderr).toContain('QUEUE001');
    serving.kill('SIGTERM');
    ran.push(await outputOf(serving));
    for (const { stdout, stderr } of ran) {
      for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
    }
  });
});

it('a worker without a queue says how to name one', async () => {
  const { code, stderr } = await emptyWorkspace().run('worker');
  expect(code).toBe(2);
  expect(stderr).toContain('--queue redis://HOST:6379');
});

it('without a queue, nothing of it is loaded', async () => {
  const workspace = slowWorkspace(4);
  const { stderr } = await workspace.runWith({ NODE_OPTIONS: `--require ${LOADED}` }, 'build', '--quiet');
  const files = Object.keys(JSON.parse(stderr));
  expect(files).toContain('program.js');
  // All of the queue, and its libraries, are loaded by this.
  expect(files.filter((file) => /remote-pool/.test(file))).toEqual([]);
});
