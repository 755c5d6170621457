/** `rediss://`: a queue by TLS, with a certificate of one's own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { outputOf } from '../child-output.js';
import { freePort, redisCommand, startRedis } from './redis-server.js';
import { slowWorkspace } from './slow-workspace.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('skipped: no openssl is installed');

/** A certificate for this machine and its key, in a folder that is gone after the test. */
function certificate(): { readonly cert: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name));
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', names, '-keyout', key, '-out', cert],
  ]);
  if (made.status !== 0) throw new Error(String(made.stderr));
  return { cert, key };
}

describe.skipIf(redisCommand === null || !hasOpenssl)('by TLS', () => {
  it.each(['127.0.0.1', 'localhost'])(
    '%s: a build and a worker that know the certificate share',
    async (host) => {
      const { cert, key } = certificate();
      const port = await freePort();
      await startRedis(
        ...['--tls-port', String(port), '--tls-cert-file', cert, '--tls-key-file', key],
        ...['--tls-ca-cert-file', cert, '--tls-auth-clients', 'no'],
      );
      const env = { BATTBUILD_QUEUE: `rediss://${host}:${port}`, NODE_EXTRA_CA_CERTS: cert };
      const workspace = slowWorkspace(72);
      const serving = workspace.start(['worker', '--json', '-j', '1'], env);
      const ended = outputOf(serving);
      let stdout = '';
      serving.stdout.on('data', (data) => {
        stdout += data;
      });
      await vi.waitUntil(() => stdout.includes('"connected"'), { timeout: 60_000 });
      const built = await workspace.runWith(env, 'build', '-j', '1', '--json');
      expect(built).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(built.stdout.trimEnd().split('\n').at(-1) ?? '').queue.cells).toBeGreaterThan(0);
      const stranger = await workspace.runWith(
        { BATTBUILD_QUEUE: env.BATTBUILD_QUEUE },
        ...['build', '--force', '-j', '1', '--json'],
      );
      expect(stranger.code).toBe(0);
      expect(stranger.stdout).toContain('QUEUE001');
      expect(stranger.stdout).toContain('self-signed certificate');
      serving.kill('SIGTERM');
      expect(await ended).toMatchObject({ code: 0, stderr: '' });
    },
  );
});
