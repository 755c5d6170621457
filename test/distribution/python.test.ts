/** Programs in Python by a queue: with workers that take them, and with workers that do not. */
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { outputOf } from '../child-output.js';
import { emptyWorkspace, type TestWorkspace } from '../cli/rig.js';
import { type RedisProcess, redisCommand, startRedis } from './redis-server.js';

const TASKS = 24;

/** Tasks with programs in Python that take some time, one that fails, one that never ends, and a solver. */
function pythonWorkspace(): TestWorkspace {
  const workspace = emptyWorkspace();
  workspace.write('config/battbuild.json', '{ "python": "python", "python.events": 300000 }');
  for (let k = 0; k < TASKS; k++) {
    const id = `slow${String(k).padStart(2, '0')}`;
    workspace.writeMirrorTask(id);
    const looping = (n: number) => `    for i in range(${50_000 + 100 * k + n}):\n        pass\n`;
    const mirror = '    return [row[::-1] for row in grid]\n';
    for (let n = 0; n < 4; n++)
      workspace.write(`python/${id}/${n}.py`, `def transform(grid):\n${looping(n)}${mirror}`);
    workspace.write(`python/${id}/error.py`, `def transform(grid):\n    return grid[${k + 100}]\n`);
    workspace.write(`python/${id}/endless.py`, `def transform(grid):\n    while ${k} < 100:\n        pass\n`);
    workspace.write(`solvers/${id}.py`, `def solve_${id}(I):\n    return vmirror(I)\n`);
  }
  return workspace;
}

const CELLS = TASKS * 6 * 3;

interface Summary {
  readonly cellsRun: number;
  readonly queue?: { readonly cells: number };
}

describe.skipIf(redisCommand === null)('with a queue', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await startRedis();
  });

  async function worker(workspace: TestWorkspace, ...args: readonly string[]) {
    const child = workspace.start(['worker', '--json', '-j', '1', '--queue', server.url, ...args]);
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = outputOf(child);
    let stdout = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    await vi.waitUntil(() => stdout.includes('"connected"'), { timeout: 60_000 });
    return { child, ended };
  }

  /** Builds alone, then with the queue: it comes to the same. */
  async function built(workspace: TestWorkspace) {
    const run = (...args: readonly string[]) => workspace.run(...args, '-j', '1');
    const results = async (...options: string[]) =>
      (await workspace.run('results', '--format', 'jsonl', '--outputs', ...options)).stdout;
    const alone = ['--cache', 'alone', '--out', 'alone-out'];
    expect((await run('build', ...alone)).code).toBe(0);
    const queue = ['--queue', server.url, '--verify-remote', '20'];
    const { code, stdout } = await run('build', '--json', ...queue);
    expect(code).toBe(0);
    expect(await results()).toBe(await results(...alone));
    return { stdout, summary: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Summary };
  }

  it('cells go to a worker that takes them, and come to what they come to here', async () => {
    const workspace = pythonWorkspace();
    const { child, ended } = await worker(workspace, '--with-python');
    const { stdout, summary } = await built(workspace);
    expect(summary.cellsRun).toBe(CELLS + TASKS * 3);
    expect(summary.queue?.cells).toBeGreaterThan(0);
    for (const code of ['QUEUE003', 'QUEUE004']) expect(stdout).not.toContain(code);
    expect(stdout).not.toContain('worker-lost');
    child.kill('SIGTERM');
    const { code, stdout: log, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(log).toMatch(/"type":"started".*"python":true/);
    expect(await server.lasting()).toEqual([]);
  });

  it('cells stay here with a worker that does not take them, which is said', async () => {
    const workspace = pythonWorkspace();
    const { child, ended } = await worker(workspace);
    const { stdout, summary } = await built(workspace);
    expect(stdout).toMatch(/"code":"QUEUE004","severity":"note".*none that takes programs in Python/);
    // Those of solver programs may go.
    expect(summary.queue?.cells).toBeLessThanOrEqual(TASKS * 3);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });
});
