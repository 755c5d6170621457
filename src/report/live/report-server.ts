/**
 * Serves the report to browsers on this machine: the page, its data, and an event whenever there is a newer report.
 *
 * The server listens on the loopback interface only, and refuses requests whose Host is another name: this stops web
 * sites whose name was made to resolve to this machine (DNS rebinding). It only reads, and no part of a request ever
 * becomes a file name.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TaskReport } from '../data.js';
import type { LiveData } from '../document/page-data.js';

/** The data that is served. */
export interface ServedReport {
  readonly version: string;
  readonly data: LiveData;
  /** Null if there is no such task. */
  task(id: string): TaskReport | null;
}

export const LOOPBACK = '127.0.0.1';

/** Milliseconds after which a browser reconnects when it has lost the connection. */
const RETRY_MS = 1000;

/** Limit for the connections of all browsers and tabs together. */
const MOST_CONNECTIONS = 100;

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const TYPES = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  events: 'text/event-stream; charset=utf-8',
};

export class ReportServer {
  private readonly server: Server;
  /** The responses that wait for events. */
  private readonly listeners = new Set<ServerResponse>();
  private names: readonly string[] = [];

  constructor(
    private readonly report: ServedReport,
    private readonly document: string,
  ) {
    this.server = createServer((request, response) => this.answer(request, response));
    this.server.maxConnections = MOST_CONNECTIONS;
  }

  /** Resolves with the address; port 0 means any free port. Rejects with the system's error if it cannot listen. */
  listen(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ host: LOOPBACK, port }, () => {
        const { port: given } = this.server.address() as AddressInfo;
        this.names = [LOOPBACK, 'localhost'].map((name) => (given === 80 ? name : `${name}:${given}`));
        resolve(`http://${LOOPBACK}:${given}/`);
      });
    });
  }

  /** Tells all pages that there is a newer report. */
  announce(): void {
    for (const listener of this.listeners) listener.write(this.event());
  }

  /** Ends all connections; resolves when none is open any more. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private answer({ method, url = '', headers }: IncomingMessage, response: ServerResponse): void {
    if (!this.names.includes(headers.host ?? '')) {
      send(response, 403, TYPES.text, `this is ${this.names[0]} and nobody else\n`);
    } else if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      send(response, 405, TYPES.text, 'only GET and HEAD\n');
    } else if (url === '/events') this.listenTo(method, response);
    else this.sendPart(url, response);
  }

  private sendPart(url: string, response: ServerResponse): void {
    let found: readonly [string, string] | null;
    try {
      found = this.partAt(url);
    } catch (error) {
      // The store may be deleted, replaced or damaged at any moment; the next build creates a new one.
      send(response, 500, TYPES.text, `the report could not be read: ${String(error)}\n`);
      return;
    }
    if (found === null) send(response, 404, TYPES.text, 'there is nothing of that name\n');
    else send(response, 200, ...found);
  }

  /** Type and content; null if there is no such thing. */
  private partAt(url: string): readonly [string, string] | null {
    if (url === '/') return [TYPES.html, this.document];
    if (url === '/data') return [TYPES.json, JSON.stringify(this.report.data)];
    const [, id] = /^\/task\/([\w-]+)$/.exec(url) ?? [];
    const task = id === undefined ? null : this.report.task(id);
    return task === null ? null : [TYPES.json, JSON.stringify(task)];
  }

  private listenTo(method: string, response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'Content-Type': TYPES.events });
    if (method === 'HEAD') {
      response.end();
      return;
    }
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
    // A page that was disconnected may have missed an event.
    response.write(`retry: ${RETRY_MS}\n${this.event()}`);
  }

  private event(): string {
    return `data: ${this.report.version}\n\n`;
  }
}

function send(response: ServerResponse, status: number, type: string, content: string): void {
  const bytes = Buffer.from(content);
  response.writeHead(status, { ...HEADERS, 'Content-Type': type, 'Content-Length': bytes.length });
  // Node omits the body in answers to HEAD.
  response.end(bytes);
}
