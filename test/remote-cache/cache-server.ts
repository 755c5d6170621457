/** A server of the protocol in the test's own process, which keeps everything in memory and fails as it is told to. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** Answers in the place of the server; false to let it answer. `content` is what it would give; null when it has none. */
export type Fault = (
  request: SeenRequest,
  response: ServerResponse,
  content: Buffer | null,
  body: Buffer,
) => boolean;

export class CacheServer {
  readonly objects = new Map<string, Buffer>();
  readonly requests: SeenRequest[] = [];
  fault: Fault = () => false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<CacheServer> {
    let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
    const server = createServer((request, response) => handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('it has no port');
    const started = new CacheServer(server, `http://127.0.0.1:${address.port}`);
    handle = (request, response) => started.handle(request, response);
    return started;
  }

  /** Ends all connections, whatever is on its way, and accepts no more. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Paths of manifests, or of bundles. */
  paths(kind: 'ac' | 'cas'): string[] {
    return [...this.objects.keys()].filter((path) => path.startsWith(`/${kind}/`)).sort();
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url: path = '', headers } = request;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const seen = { method, path, headers };
      this.requests.push(seen);
      const content = this.objects.get(path) ?? null;
      const body = Buffer.concat(parts);
      if (this.fault(seen, response, content, body)) return;
      if (method === 'PUT') {
        this.objects.set(path, body);
        response.writeHead(201).end();
      } else if (content === null) response.writeHead(404).end('not found');
      else response.writeHead(200, { 'content-length': content.length }).end(content);
    });
  }
}

const isGet = ({ method }: SeenRequest) => method === 'GET';
const isBundle = ({ path }: SeenRequest) => path.startsWith('/cas/');

/** What can go wrong with a server, by name. `large` is beyond every limit of the tests. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'truncates its answers': (request, response, content) => {
    if (!isGet(request) || content === null) return false;
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, content.length / 2));
    setTimeout(() => response.destroy(), 5);
    return true;
  },
  'ends its answers early, and says so': (request, response, content) => {
    if (!isGet(request) || content === null) return false;
    const half = content.subarray(0, content.length / 2);
    response.writeHead(200, { 'content-length': half.length }).end(half);
    return true;
  },
  'changes bytes': (request, response, content) => {
    if (!isGet(request) || content === null) return false;
    const changed = Buffer.from(content);
    changed[changed.length - 1] ^= 1;
    response.writeHead(200).end(changed);
    return true;
  },
  'gives other bundles than were asked for': (request, response, content) => {
    if (!isGet(request) || content === null) return false;
    response.writeHead(200).end(Buffer.concat([content, Buffer.from('more')]));
    return true;
  },
  'gives manifests that are none': (request, response) => {
    if (!isGet(request) || isBundle(request)) return false;
    response.writeHead(200).end('<html>Welcome to the login page</html>');
    return true;
  },
  'gives manifests of lies': (request, response) => {
    if (!isGet(request) || isBundle(request)) return false;
    const lie = { digest: 'f'.repeat(64), coding: 'zstd', bytes: -1, length: 1e300, entries: 1, keys: '' };
    response.writeHead(200).end(JSON.stringify({ battbuild: 2, bundles: [lie, null, 7] }));
    return true;
  },
  'gives answers without end': (request, response) => {
    if (!isGet(request)) return false;
    response.writeHead(200);
    const part = Buffer.alloc(100_000);
    const more = () => {
      while (!response.destroyed && response.write(part));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
    return true;
  },
  'announces answers that are too large': (request, response) => {
    if (!isGet(request)) return false;
    response.writeHead(200, { 'content-length': 10_000_000_000 }).write('x');
    return true;
  },
  'compresses what it should not': (request, response, content) => {
    if (!isGet(request) || content === null) return false;
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(content));
    return true;
  },
  'answers nothing': () => true,
  'sends a byte now and then': (request, response) => {
    if (!isGet(request)) return false;
    response.writeHead(200, { 'content-length': 1000 });
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
    return true;
  },
  'closes connections': (_, response) => {
    response.destroy();
    return true;
  },
  'redirects to another server': (request, response) => {
    if (!isGet(request)) return false;
    response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end();
    return true;
  },
  'redirects in a circle': (request, response) => {
    if (!isGet(request)) return false;
    response.writeHead(307, { location: request.path }).end();
    return true;
  },
  'answers 401': status(401),
  'answers 413': status(413),
  'answers 500': status(500),
};

function status(code: number): Fault {
  return (_, response) => {
    response.writeHead(code).end('<html>no</html>');
    return true;
  };
}
