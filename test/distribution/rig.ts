/** A queue of obedient workers (../workers/fixtures/obedient.mjs): both of its sides, in this process or in others. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import type { Codec } from '../../src/distribution/messages/codec.js';
import { JobQueue } from '../../src/distribution/redis/job-queue.js';
import { RemotePool } from '../../src/distribution/remote-pool.js';
import { type ServiceEvent, WorkerService } from '../../src/distribution/worker-service.js';
import { ByteReader, ByteWriter } from '../../src/encoding/bytes.js';
import type { OutletState, OutletTrouble } from '../../src/workers/outlet.js';
import { Pool } from '../../src/workers/pool.js';
import { fixture, type Order } from '../workers/rig.js';

/** Orders as JSON. */
export const orderCodec: Codec<Order, unknown> = {
  leaves: (order) => order['stays'] !== true,
  encodeRequest: (order) => new ByteWriter().json(order).finish(),
  decodeRequest: (bytes) => new ByteReader(bytes).json() as Order,
  encodeAnswer: (answer) => new ByteWriter().json(answer ?? null).finish(),
  decodeAnswer: (bytes) => new ByteReader(bytes).json(),
  agree: (one, other) => JSON.stringify(one) === JSON.stringify(other),
};

export const VERSION = '0123456789abcdef';

let names = 0;

export interface Service {
  readonly events: ServiceEvent[];
  readonly name: string;
  close(): Promise<void>;
}

/** A worker of the queue; it serves when this resolves. */
export async function obedientService(
  url: string,
  { size = 1, version = VERSION }: { size?: number; version?: string } = {},
): Promise<Service> {
  const events: ServiceEvent[] = [];
  const pool = new Pool<Order, unknown, Uint8Array>({
    size,
    stallSeconds: 60,
    workerUrl: fixture('obedient.mjs'),
  });
  const service = new WorkerService<Order, unknown>({
    url,
    version,
    codec: orderCodec,
    pool,
    slots: size,
    unitsOf: () => 1,
    emit: (event) => void events.push(event),
  });
  let closed: Promise<void> | null = null;
  const close = async () => {
    closed ??= service.close().then(() => {
      pool.kill();
      return pool.close();
    });
    await closed;
  };
  onTestFinished(close);
  await vi.waitUntil(() => events.some(({ type }) => type === 'connected'), { timeout: 60_000 });
  return { events, name: service.entry.name, close };
}

/** A worker in a process of its own, which a test may kill or stop. */
export class ServiceProcess {
  readonly events: { readonly type: string; readonly name: string }[] = [];

  private constructor(readonly child: ChildProcess) {}

  /** It serves when this resolves. */
  static async start(url: string, size = 1, version = VERSION): Promise<ServiceProcess> {
    const child = spawn(process.execPath, [PROCESS, url, version, String(size)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const service = new ServiceProcess(child);
    onTestFinished(() => service.kill());
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      service.events.push(JSON.parse(line));
    });
    await vi.waitUntil(() => service.events.length > 0, { timeout: 60_000 });
    return service;
  }

  get name(): string {
    return this.events[0].name;
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

const PROCESS = fileURLToPath(new URL('./fixtures/obedient-process.mjs', import.meta.url));

export interface Remote {
  readonly pool: RemotePool<Order, unknown>;
  readonly troubles: OutletTrouble[];
  readonly states: OutletState[];
  /** Waits until the server has answered. */
  connected(): Promise<void>;
  /** Waits until so many slots are seen. */
  slots(count: number): Promise<void>;
}

export interface RemoteOptions {
  readonly verify?: number;
  readonly version?: string;
  readonly patienceMs?: number;
  readonly deadlineMs?: number;
}

/** The coordinator's side; it ends with the test. */
export function remotePool(url: string, options: RemoteOptions = {}): Remote {
  const { verify = 0, version = VERSION, patienceMs = 60_000, deadlineMs = 120_000 } = options;
  const troubles: OutletTrouble[] = [];
  const states: OutletState[] = [];
  const coordinator = `test-${process.pid}-${++names}`;
  const pool = new RemotePool<Order, unknown>({
    codec: orderCodec,
    version,
    coordinator,
    place: 'redis://test',
    open: (events) => new JobQueue({ url, version, coordinator, patienceMs }, events),
    listener: {
      changed: (state) => void states.push(state),
      trouble: (trouble) => void troubles.push(trouble),
    },
    patienceMs,
    verify,
    deadlineMs,
  });
  onTestFinished(async () => {
    pool.kill();
    await pool.close();
  });
  const slots = (count: number) =>
    vi.waitUntil(() => states.at(-1)?.slots === count, { timeout: 60_000 }).then(() => {});
  const connected = () => vi.waitUntil(() => states.length > 0, { timeout: 60_000 }).then(() => {});
  return { pool, troubles, states, connected, slots };
}

/** A pool of this machine that shares with others. */
export function sharingPool(remote: Remote, size = 1): Pool<Order, unknown, Uint8Array> {
  const pool = new Pool<Order, unknown, Uint8Array>({
    size,
    stallSeconds: 60,
    workerUrl: fixture('obedient.mjs'),
    outlet: remote.pool,
  });
  onTestFinished(async () => {
    pool.kill();
    await pool.close();
  });
  return pool;
}
