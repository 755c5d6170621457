/** A worker with a shared cache: what one evaluated, no other evaluates again. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { StepCache } from '../../src/distribution/step-cache.js';
import { decodeTaskGrids, encodeTaskGrids, evaluateBatch } from '../../src/engine/batch.js';
import type { Reply } from '../../src/engine/reply.js';
import { SharedCache } from '../../src/remote-cache/shared-cache.js';
import {
  packRequest,
  unpackRequest,
  type WorkerAnswer,
  type WorkerRequest,
} from '../../src/workers/protocol.js';
import { ServerAddress } from '../../src/workspace/config/server-address.js';
import { outputOf } from '../child-output.js';
import { candidatesOf, subjectOf } from '../phases/subjects.js';
import { CacheServer } from '../remote-cache/cache-server.js';
import { redisCommand, startRedis } from './redis-server.js';
import { slowWorkspace } from './slow-workspace.js';

let server: CacheServer;
beforeAll(async () => {
  server = await CacheServer.start();
});
afterAll(() => server.stop());

const SUBJECT = subjectOf(
  { train: ['12/34 -> 21', '56 -> 65'], test: ['78 -> ?'] },
  candidatesOf(
    ['rot90(I)', 'divide(ONE, ZERO)', 'hmirror(I)']
      .map((text, k) => `def solve_x_${k}(S, I, C):\n    return ${text}\n`)
      .join('\n'),
  ),
);
const GRIDS = encodeTaskGrids({
  inputs: SUBJECT.samples.map(({ sample }) => sample.input),
  demonstrations: [],
});

/** All programs on the first samples, with keys by program and sample. */
function requestOf(samples: number, task: string): WorkerRequest {
  const cells = Array.from({ length: samples }, (_, sample) =>
    SUBJECT.programs.map((_, program) => ({ program, sample })),
  ).flat();
  const request = packRequest({
    programs: SUBJECT.programs.map(({ program }) => program),
    cellPrograms: Int32Array.from(cells, ({ program }) => program),
    cellSamples: Int32Array.from(cells, ({ sample }) => sample),
    budget: { cost: 100_000, cells: 100_000 },
  });
  const keys = cells.map(({ program, sample }) => `${task} ${program} ${sample}`.padEnd(32));
  return { ...request, steps: { shard: task, keys } };
}

/** A worker's cache, and how many cells were evaluated with it. */
function workerCache(mode: 'read' | 'readwrite') {
  const address = ServerAddress.parse(server.url, null);
  const cache = new StepCache(new SharedCache({ address, mode, maxBytes: 1e6 }));
  const seen = { evaluated: 0 };
  const evaluate = async (request: WorkerRequest): Promise<Reply<WorkerAnswer>> => {
    if (request.kind !== 'cells') throw new Error('not asked');
    seen.evaluated += request.cellPrograms.length;
    const answer = evaluateBatch(decodeTaskGrids(GRIDS), unpackRequest(request), () => {});
    return { kind: 'answer', answer, busyMs: 1, cpuMs: 1, takenAt: 0, wallMs: 1, slot: 0 };
  };
  onTestFinished(() => cache.close());
  const ask = async (request: WorkerRequest) => {
    const reply = await cache.answer(request, evaluate);
    return reply.kind === 'answer' ? reply.answer : reply;
  };
  return { cache, seen, ask, alone: async (request: WorkerRequest) => evaluate(request) };
}

describe('a worker', () => {
  it('evaluates what nobody did, and what it evaluated another finds', async () => {
    const [first, second] = [workerCache('readwrite'), workerCache('read')];
    const plain = await first.alone(requestOf(3, 'a'));
    first.seen.evaluated = 0;
    const answer = await first.ask(requestOf(2, 'a'));
    expect(first.seen.evaluated).toBe(6);
    await first.cache.close();
    expect(await second.ask(requestOf(2, 'a'))).toEqual(answer);
    expect(second.seen.evaluated).toBe(0);
    // Three of nine cells are new.
    const whole = await second.ask(requestOf(3, 'a'));
    expect(second.seen.evaluated).toBe(3);
    expect(plain.kind === 'answer' && (plain.answer as { outcomes: unknown }).outcomes).toEqual(
      (whole as { outcomes: unknown }).outcomes,
    );
  });

  it('that may only read sends nothing, and one without a server evaluates everything', async () => {
    const reader = workerCache('read');
    await reader.ask(requestOf(1, 'b'));
    await reader.cache.close();
    server.fault = (_request, response) => {
      response.writeHead(500).end();
      return true;
    };
    const alone = workerCache('readwrite');
    await alone.ask(requestOf(1, 'b'));
    expect([reader.seen.evaluated, alone.seen.evaluated]).toEqual([3, 3]);
    expect(alone.cache.trouble()).toContain('failed');
    server.fault = () => false;
  });
});

it.skipIf(redisCommand === null)(
  'what workers evaluated for a build that may not write, a build elsewhere finds',
  async () => {
    const redis = await startRedis();
    const workspace = slowWorkspace(12);
    const queue = { BATTBUILD_QUEUE: redis.url };
    const remote = { BATTBUILD_CACHE_REMOTE: server.url };
    const child = workspace.start(['worker', '--json', '-j', '1'], {
      ...queue,
      ...remote,
      BATTBUILD_CACHE_REMOTE_MODE: 'readwrite',
    });
    const ended = outputOf(child);
    await vi.waitUntil(() => redis.with((client) => client.exists('battbuild:workers')), {
      timeout: 60_000,
      interval: 50,
    });
    const summaryOf = (stdout: string) => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    const first = await workspace.runWith({ ...queue, ...remote }, 'build', '-j', '1', '--json');
    const { queue: use, cells } = summaryOf(first.stdout);
    expect(use.cells).toBeGreaterThan(0);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    const elsewhere = ['--cache', 'other', '--out', 'other-out'];
    const second = summaryOf((await workspace.runWith(remote, 'build', '--json', ...elsewhere)).stdout);
    // What was evaluated here as well, and faster, counts as done here.
    const { validate: found } = second.remote.phases;
    expect(found).toBeGreaterThanOrEqual(use.cells);
    expect(second.cellsRun).toBe(cells - found);
    const results = async (...options: string[]) =>
      (await workspace.run('results', '--format', 'jsonl', '--outputs', ...options)).stdout;
    expect(await results(...elsewhere)).toBe(await results());
  },
);
