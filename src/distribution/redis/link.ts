/** A connection to Redis that is given up after a time without Redis, and reports when Redis has come back empty. */
import type { Queue, QueueOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { stopwatch } from '../../stopwatch.js';
import { PREFIX } from './key-names.js';
import { redisOptions } from './redis-url.js';

export interface LinkEvents {
  /** Redis is connected; `anew`: its data is probably lost. */
  up(anew: boolean): void;
  /**
   * Redis was away for too long, or never reached: no further attempt is made. With a patience of null this never
   * happens.
   */
  givenUp(why: string): void;
}

/** Milliseconds between attempts: from the first to the second number. */
const RETRY_MS = [100, 500] as const;

/**
 * In BullMQ, everything that waits for Redis waits for ever, even closing, until `retryStrategy` returns null. So all
 * connections of a link share one, which returns null once the link is given up.
 */
export class Link {
  private over = false;
  private patience: NodeJS.Timeout | null = null;
  private server: string | null = null;
  private connected = false;
  private lastError: string | null = null;
  private current: Redis | null = null;
  private readonly clients: Redis[] = [];

  constructor(
    private readonly url: string,
    private readonly patienceMs: number | null,
    private readonly events: LinkEvents,
  ) {
    this.startPatience();
  }

  get isUp(): boolean {
    return this.connected;
  }

  /** The problem, if there was an attempt and none succeeded. */
  get trouble(): string | null {
    return this.server === null ? this.lastError : null;
  }

  /** Options for BullMQ's objects. Each needs the listener `this.failed` for its event `error`. */
  get options(): QueueOptions {
    const connection = {
      ...redisOptions(this.url),
      retryStrategy: (times: number) => {
        this.down();
        return this.over ? null : Math.min(RETRY_MS[0] * times, RETRY_MS[1]);
      },
      connectTimeout: 2000,
      // How long a closed connection may keep the process alive; the default is 2 s.
      disconnectTimeout: 100,
      maxRetriesPerRequest: null,
      skipVersionCheck: true,
    };
    return { prefix: PREFIX, connection };
  }

  /** Follows the connection of a queue. */
  follow(queue: Queue): void {
    this.keep(queue.backend.client);
    queue.backend.client.then(
      (client) => {
        this.current = client as unknown as Redis;
        this.current.on('ready', () => void this.arrived());
        void this.arrived();
      },
      (error: Error) => this.failed(error),
    );
  }

  /** Another connection, which is closed together with the others. */
  keep(client: Promise<unknown>): void {
    client.then(
      (connected) => {
        this.clients.push(connected as Redis);
        if (this.over) this.cut();
      },
      () => {},
    );
  }

  /**
   * Closes every connection without waiting for an answer, so that a dead network does not keep the process alive.
   */
  cut(): void {
    for (const client of this.clients) client.disconnect();
  }

  /** Only while the link is up, or has been up. */
  get client(): Redis {
    if (this.current === null) throw new Error('not connected');
    return this.current;
  }

  readonly failed = (error: Error): void => {
    // The error for a host with several addresses contains an error for each, and has no message itself.
    const [first] = error instanceof AggregateError ? error.errors : [error];
    if (first instanceof Error && first.message !== '') this.lastError = first.message;
    if (/WRONGPASS|NOAUTH|NOPERM/.test(this.lastError ?? '')) this.giveUp();
  };

  /** Makes no further attempt: everything that waits for Redis fails, and everything can be closed. */
  end(): void {
    this.over = true;
    this.connected = false;
    if (this.patience !== null) clearTimeout(this.patience);
    this.patience = null;
  }

  giveUp(why = this.lastError ?? 'no answer'): void {
    if (this.over) return;
    this.end();
    this.events.givenUp(why);
  }

  private async arrived(): Promise<void> {
    const server = await this.serverId();
    if (this.over || server === null) return;
    const anew = this.server !== null && this.server !== server;
    this.server = server;
    this.connected = true;
    if (this.patience !== null) clearTimeout(this.patience);
    this.patience = null;
    this.events.up(anew);
  }

  /** Identifies the server process; null if Redis is away again. */
  private async serverId(): Promise<string | null> {
    try {
      const info = await this.client.info('server');
      return /^run_id:(\w+)/m.exec(info)?.[1] ?? `unknown ${stopwatch.now()}`;
    } catch (error) {
      this.failed(error as Error);
      // A server that answers, but does not identify itself.
      return this.client.status === 'ready' ? `unknown ${stopwatch.now()}` : null;
    }
  }

  private down(): void {
    this.connected = false;
    this.startPatience();
  }

  private startPatience(): void {
    if (this.patienceMs === null || this.patience !== null || this.over) return;
    this.patience = setTimeout(() => this.giveUp(), this.patienceMs).unref();
  }
}
