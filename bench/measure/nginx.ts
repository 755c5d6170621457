/** A real nginx as a shared cache, as docs/scale-out.md sets it up: started for a test or a figure, on a port of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Debian has it in a folder that is not everybody's to search. */
const PATH = `${process.env['PATH']}${delimiter}/usr/sbin${delimiter}/usr/local/sbin`;

/** Null where there is none: what needs it is skipped, and says so. */
export const NGINX = spawnSync('nginx', ['-v'], { env: { PATH } }).error === undefined ? 'nginx' : null;

export const USER = 'ci';
export const PASSWORD = 'p%40ss word';

export interface Nginx {
  readonly url: string;
  /** What is stored, below `ac` and `cas`. */
  readonly data: string;
  /** Names of what is stored. */
  stored(kind: 'ac' | 'cas'): string[];
  stop(): Promise<void>;
}

/** `isGuarded`: only who has the password may write. */
export async function startNginx({ isGuarded = false } = {}): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-nginx-'));
  const port = await freePort();
  mkdirSync(join(folder, 't'));
  mkdirSync(join(folder, 'data/.tmp'), { recursive: true });
  const hash = spawnSync('openssl', ['passwd', '-apr1', PASSWORD], { encoding: 'utf8' }).stdout;
  if (isGuarded) writeFileSync(join(folder, 'htpasswd'), `${USER}:${hash}`);
  writeFileSync(join(folder, 'nginx.conf'), configuration(port, isGuarded));
  const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf'], { env: { PATH }, stdio: 'ignore' });
  await untilListening(port, child);
  const data = join(folder, 'data');
  return {
    url: `http://127.0.0.1:${port}`,
    data,
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

function configuration(port: number, isGuarded: boolean): string {
  const guard = `limit_except GET HEAD { auth_basic "battbuild"; auth_basic_user_file htpasswd; }`;
  return `
    ${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid nginx.pid; error_log /dev/null;
    events { worker_connections 256; }
    http {
      access_log off; log_not_found off; keepalive_requests 100000; client_max_body_size 8m;
      default_type application/octet-stream;
      client_body_temp_path data/.tmp; proxy_temp_path t/p; fastcgi_temp_path t/f; uwsgi_temp_path t/u; scgi_temp_path t/s;
      server {
        listen 127.0.0.1:${port}; root data;
        location ~ "^/(ac|cas)/[0-9a-f]{64}$" {
          dav_methods PUT; create_full_put_path on; dav_access user:rw group:r all:r;
          ${isGuarded ? guard : ''}
        }
        location / { return 404; }
      }
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
    const answered = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
