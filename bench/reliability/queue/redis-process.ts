/** A real Redis server as a child process, on a free port of this machine. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Namespace } from './namespace.js';

const COMMANDS = ['redis-server', 'valkey-server'];

/** The command of the installed server; null if there is none. */
export const redisCommand =
  COMMANDS.find((command) => spawnSync(command, ['--version']).status === 0) ?? null;

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export class RedisProcess {
  private child: ChildProcess | null = null;
  private readonly folder = mkdtempSync(join(tmpdir(), 'battbuild-redis-'));

  private constructor(
    readonly port: number,
    private readonly options: readonly string[],
    private readonly host = '127.0.0.1',
    /** The command before the server's command. */
    private readonly wrapper: readonly string[] = [],
  ) {}

  /** Starts the server in a separate network. */
  static async startIn({ name, address }: Namespace): Promise<RedisProcess> {
    const wrapper = ['ip', 'netns', 'exec', name];
    const server = new RedisProcess(6379, ['--protected-mode', 'no'], address, wrapper);
    await server.up();
    return server;
  }

  static async start(...options: readonly string[]): Promise<RedisProcess> {
    const server = new RedisProcess(await freePort(), options);
    await server.up();
    return server;
  }

  get url(): string {
    return `redis://${this.host}:${this.port}`;
  }

  /** Starts the server, or restarts it empty. */
  async up(): Promise<void> {
    const place = ['--bind', this.host, '--port', String(this.port), '--dir', this.folder];
    const command = [...this.wrapper, redisCommand ?? '', ...place, '--save', '', '--appendonly', 'no'];
    const child = spawn(command[0], [...command.slice(1), ...this.options]);
    this.child = child;
    // Even if the process that started it ends.
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    let log = '';
    for await (const chunk of child.stdout) {
      log += chunk;
      if (log.includes('Ready to accept connections')) break;
    }
    if (!log.includes('Ready to accept')) throw new Error(`no server: ${log}`);
    child.stdout.resume();
  }

  /** As by kill -9. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Stops and continues it: connections stay open, and nothing is answered. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs `body` with a connection of its own. */
  async with<Result>(body: (client: Redis) => Promise<Result>, password?: string): Promise<Result> {
    const secret = password === undefined ? {} : { password };
    const client = new Redis(this.port, this.host, { lazyConnect: true, ...secret });
    await client.connect();
    try {
      return await body(client);
    } finally {
      client.disconnect();
    }
  }

  /** The keys without an expiry. */
  lasting(password?: string): Promise<string[]> {
    return this.with(async (client) => {
      const keys = await client.keys('*');
      const left = await Promise.all(keys.map((key) => client.pttl(key)));
      return keys.filter((_, k) => left[k] === -1);
    }, password);
  }
}
