/** docs/scale-out.md: the nginx that it sets up, with TLS and a password, is a shared cache. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NGINX, type Nginx, startNginx } from '../bench/measure/nginx.js';
import { mirrorWorkspace, type TestWorkspace } from './cli/rig.js';
import { readDocument } from './markdown.js';

const PASSWORD = 'p@ss:word';

/** The block of the document, with the port, the paths and the certificate of the test. */
function documented(port: number, folder: string): string {
  const [, block] = /```nginx\n(.*?)```/s.exec(readDocument('docs/scale-out.md')) as RegExpExecArray;
  mkdirSync(join(folder, 'data/.tmp'), { recursive: true });
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem', '-days', '2'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  spawnSync('openssl', ['req', '-x509', ...key, ...names], { cwd: folder });
  const hash = spawnSync('openssl', ['passwd', '-apr1', PASSWORD], { encoding: 'utf8' }).stdout;
  writeFileSync(join(folder, 'htpasswd'), `ci:${hash}`);
  const replaced: [string, string][] = [
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['cache.example.org;', 'localhost;'],
    ['/etc/letsencrypt/live/cache.example.org/fullchain.pem', join(folder, 'cert.pem')],
    ['/etc/letsencrypt/live/cache.example.org/privkey.pem', join(folder, 'key.pem')],
    ['root /var/cache/battbuild;', `root ${join(folder, 'data')};`],
    ['/var/cache/battbuild/.tmp', join(folder, 'data/.tmp')],
    ['/etc/nginx/battbuild.htpasswd', join(folder, 'htpasswd')],
  ];
  return replaced.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the document has no ${from}`);
    return text.replace(from, to);
  }, block);
}

describe.skipIf(NGINX === null)('the nginx of the document, that is installed,', () => {
  let server: Nginx;
  let env: Record<string, string>;
  let address: string;
  beforeAll(async () => {
    server = await startNginx(documented);
    address = server.url.replace('http://127.0.0.1', 'https://localhost');
    env = { BATTBUILD_CACHE_REMOTE_MODE: 'readwrite', NODE_EXTRA_CA_CERTS: join(server.folder, 'cert.pem') };
  });
  afterAll(() => server.stop());

  const withPassword = (password: string) => address.replace('//', `//ci:${encodeURIComponent(password)}@`);

  async function buildBy(workspace: TestWorkspace, url: string, more: Record<string, string> = {}) {
    const variables = { ...env, ...more, BATTBUILD_CACHE_REMOTE: url };
    const { code, stdout, stderr } = await workspace.runWith(variables, 'build', '--json');
    const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1) as string);
    return { code, stderr, summary, isTold: stdout.includes('CACHE001') };
  }

  it('takes nothing from who has no password, or a wrong one', async () => {
    for (const url of [address, withPassword('wrong')]) {
      const { code, summary, isTold } = await buildBy(mirrorWorkspace(), url);
      expect([code, isTold]).toEqual([0, true]);
      expect(summary.remote).toMatchObject({ sent: 0, unsent: 4 });
    }
    expect(server.stored('cas')).toEqual([]);
  });

  it('is filled by who has the password, and read by everybody', async () => {
    const filled = await buildBy(mirrorWorkspace(), withPassword(PASSWORD));
    expect(filled).toMatchObject({ code: 0, isTold: false, summary: { cellsRun: 9, remote: { sent: 4 } } });
    expect([server.stored('ac').length, server.stored('cas').length]).toEqual([4, 4]);
    const other = await buildBy(mirrorWorkspace(), address, { BATTBUILD_CACHE_REMOTE_MODE: 'read' });
    expect(other).toMatchObject({ code: 0, isTold: false, summary: { cellsRun: 0, remote: { hits: 16 } } });
  });

  it('is not believed without its certificate', async () => {
    const { code, summary, isTold } = await buildBy(mirrorWorkspace(), address, { NODE_EXTRA_CA_CERTS: '' });
    expect([code, isTold]).toEqual([0, true]);
    expect(summary).toMatchObject({ cellsRun: 9, remote: { hits: 0 } });
  });
});
