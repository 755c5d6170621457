/**
 * One server of Bazel's HTTP cache protocol: `GET` and `PUT` of `/ac/<sha256>` and `/cas/<sha256>`
 * (https://bazel.build/remote/caching#http-caching). Problems are answers, never exceptions.
 */
import * as http from 'node:http';
import type { ServerAddress } from '../workspace/config/server-address.js';

export type Answer =
  | { readonly kind: 'found'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' }
  /** `reason` is one clause for users; absent if the caller ended the request. */
  | { readonly kind: 'failed'; readonly reason: string | null };

export interface HttpLimits {
  /** Milliseconds from sending a request to the end of its answer. */
  readonly timeoutMs: number;
  /** Maximum bytes of an answer's body. */
  readonly maxBytes: number;
  /** Maximum number of simultaneous requests. */
  readonly connections: number;
}

/** Redirects within the same server. */
const MOST_REDIRECTS = 3;

/**
 * The time for an answer is counted in so many turns: a process that was stopped for a while (a laptop was closed, a
 * machine was too busy) loses one of them, and then still reads what has arrived.
 */
const TURNS = 5;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface Exchange {
  readonly method: 'GET' | 'PUT';
  readonly url: URL;
  readonly body: Uint8Array | null;
  readonly maxBytes: number;
}

export class HttpCache {
  private readonly agent: http.Agent;
  private readonly request: typeof http.request;
  private readonly underWay = new Set<http.ClientRequest>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private closed = false;

  constructor(
    private readonly address: ServerAddress,
    private readonly limits: HttpLimits,
  ) {
    // TLS takes some 20 ms to load.
    const library = address.url.startsWith('https:') ? process.getBuiltinModule('node:https') : http;
    this.request = library.request;
    this.agent = new library.Agent({ keepAlive: true, maxSockets: limits.connections });
  }

  /** An answer larger than `maxBytes`, or than the limit of all answers, is dropped while it is read. */
  get(path: string, maxBytes = this.limits.maxBytes): Promise<Answer> {
    const limit = Math.min(maxBytes, this.limits.maxBytes);
    return this.send({ method: 'GET', url: this.urlOf(path), body: null, maxBytes: limit });
  }

  /** `found` without bytes, if the server has accepted it. */
  put(path: string, body: Uint8Array): Promise<Answer> {
    return this.send({ method: 'PUT', url: this.urlOf(path), body, maxBytes: this.limits.maxBytes });
  }

  /** Ends all running requests, and allows no more. */
  close(): void {
    this.closed = true;
    for (const request of this.underWay) request.destroy();
    this.agent.destroy();
  }

  private urlOf(path: string): URL {
    return new URL(`${this.address.url}/${path}`);
  }

  private async send(exchange: Exchange): Promise<Answer> {
    // The server's time begins after a free connection was found.
    if (this.running >= this.limits.connections)
      await new Promise<void>((resume) => this.waiting.push(resume));
    this.running++;
    try {
      return await this.follow(exchange);
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  private async follow(exchange: Exchange): Promise<Answer> {
    let { url } = exchange;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      let answer = await this.exchange({ ...exchange, url });
      // The server closed a kept connection at this moment, so it has not seen the request.
      if (answer === 'stale') answer = await this.exchange({ ...exchange, url });
      if (answer === 'stale') return failed('the connection was closed');
      if (!('location' in answer)) return answer;
      const { location } = answer;
      if (exchange.method === 'PUT') return failed('it redirects what is to be stored');
      if (!URL.canParse(location, url.href)) return failed('it redirects to no address');
      const next = new URL(location, url);
      // A redirect to another server could send the credentials, or us, anywhere.
      if (next.origin !== url.origin) return failed('it redirects to another server');
      url = next;
    }
    return failed('it redirects again and again');
  }

  private exchange({ method, url, body, maxBytes }: Exchange) {
    return new Promise<Answer | 'stale' | { readonly location: string }>((resolve) => {
      if (this.closed) return resolve(failed(null));
      const authorization = this.address.authorization();
      const request = this.request(url, {
        method,
        agent: this.agent,
        headers: {
          'accept-encoding': 'identity',
          ...(authorization === null ? {} : { authorization }),
          ...(body === null
            ? {}
            : { 'content-type': 'application/octet-stream', 'content-length': body.length }),
        },
      });
      const end = (answer: Answer | 'stale' | { readonly location: string }) => {
        clearInterval(timer);
        this.underWay.delete(request);
        resolve(answer);
      };
      const giveUp = (reason: string) => {
        end(failed(reason));
        request.destroy();
      };
      let turns = TURNS;
      const timer = setInterval(() => {
        if (--turns === 0) giveUp(`it gave no whole answer within ${this.limits.timeoutMs / 1000} s`);
      }, this.limits.timeoutMs / TURNS);
      this.underWay.add(request);
      let answered = false;
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (this.closed) end(failed(null));
        else if (request.reusedSocket && !answered && error.code === 'ECONNRESET') end('stale');
        else end(failed(whyOf(error)));
      });
      request.on('response', (response) => {
        answered = true;
        const { statusCode = 0, headers } = response;
        const { location } = headers;
        response.on('error', () => end(failed(this.closed ? null : 'its answer ended early')));
        if (REDIRECTS.has(statusCode) && location !== undefined) {
          response.resume().on('end', () => end({ location }));
          return;
        }
        if (method === 'PUT' || statusCode !== 200) {
          const isStored = method === 'PUT' && statusCode >= 200 && statusCode < 300;
          const answer: Answer = isStored
            ? { kind: 'found', bytes: new Uint8Array() }
            : method === 'GET' && (statusCode === 404 || statusCode === 410)
              ? { kind: 'absent' }
              : failed(`it answers ${statusCode} to ${method}`);
          discard(response, () => end(answer), giveUp);
          return;
        }
        const { 'content-encoding': coding = 'identity', 'content-length': length = '0' } = headers;
        if (coding !== 'identity') return giveUp('its answer is in a coding that was not asked for');
        if (Number(length) > maxBytes) return giveUp(tooLarge(maxBytes));
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          if (bytes > maxBytes) giveUp(tooLarge(maxBytes));
          else parts.push(part);
        });
        response.on('end', () => {
          if (response.complete) end({ kind: 'found', bytes: joined(parts, bytes) });
          else end(failed('its answer ended early'));
        });
      });
      request.end(body);
    });
  }
}

/** A plain Uint8Array: the `slice` of a Buffer would be a view, and readers rely on a copy. */
function joined(parts: readonly Buffer[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Reads the rest of an unwanted answer, so that the connection can be reused; gives up on a long one. */
function discard(response: http.IncomingMessage, done: () => void, giveUp: (reason: string) => void): void {
  let bytes = 0;
  response.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > MOST_DISCARDED) giveUp(`it answers ${response.statusCode} at length`);
  });
  response.on('end', done);
}

const MOST_DISCARDED = 100_000;

function failed(reason: string | null): Answer {
  return { kind: 'failed', reason };
}

function tooLarge(maxBytes: number): string {
  return `its answer is larger than ${Math.round(maxBytes / 100_000) / 10} MB`;
}

/** Never the message, in which a library may quote its input. */
function whyOf({ code }: NodeJS.ErrnoException): string {
  const why = code === undefined ? undefined : WHY[code];
  return why ?? `the connection failed${code === undefined ? '' : ` (${code})`}`;
}

const WHY: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  ECONNRESET: 'the connection was closed',
};
