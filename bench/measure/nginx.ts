/** A real nginx as a shared cache, as docs/scale-out.md sets it up: started for a test or a figure, on a port of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Debian installs it in a folder that is not in everybody's PATH. */
const PATH = `${process.env['PATH']}${delimiter}/usr/sbin${delimiter}/usr/local/sbin`;

/** Null if it is not installed: then tests and figures that need it are skipped with a message. */
export const NGINX = spawnSync('nginx', ['-v'], { env: { PATH } }).error === undefined ? 'nginx' : null;

export interface Nginx {
  readonly url: string;
  /** The server's data is in `data`; the folder is removed when the server stops. */
  readonly folder: string;
  /** Names of the stored files. */
  stored(kind: 'ac' | 'cas'): string[];
  stop(): Promise<void>;
}

/**
 * `serverOf` returns the block `server` for a port and a folder; by default everybody who can reach it may write.
 */
export async function startNginx(
  serverOf: (port: number, folder: string) => string = openServer,
): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-nginx-'));
  const port = await freePort();
  mkdirSync(join(folder, 't'));
  mkdirSync(join(folder, 'data/.tmp'), { recursive: true });
  writeFileSync(join(folder, 'nginx.conf'), configurationWith(serverOf(port, folder)));
  const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf'], { env: { PATH }, stdio: 'ignore' });
  await untilListening(port, child);
  const data = join(folder, 'data');
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    stored(kind) {
      const place = join(data, kind);
      return statSync(place, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(place).sort();
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function openServer(port: number): string {
  return `server {
    listen 127.0.0.1:${port}; root data;
    client_max_body_size 8m; default_type application/octet-stream; keepalive_requests 100000; log_not_found off;
    client_body_temp_path data/.tmp;
    location ~ "^/(ac|cas)/[0-9a-f]{64}$" {
      dav_methods PUT; create_full_put_path on; dav_access user:rw group:r all:r;
    }
    location / { return 404; }
  }`;
}

function configurationWith(server: string): string {
  return `
    ${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid nginx.pid; error_log /dev/null;
    events { worker_connections 256; }
    http {
      access_log off;
      proxy_temp_path t/p; fastcgi_temp_path t/f; uwsgi_temp_path t/u; scgi_temp_path t/s;
      ${server}
    }`;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('nginx did not start');
    const isListening = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isListening) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
