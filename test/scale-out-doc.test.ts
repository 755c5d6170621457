/**
 * docs/scale-out.md: the nginx that it sets up, with TLS and a password, is a shared cache; its unit and its script run
 * workers.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NGINX, type Nginx, startNginx } from '../bench/measure/nginx.js';
import { outputOf } from './child-output.js';
import { MAIN, mirrorWorkspace, type TestWorkspace } from './cli/rig.js';
import { redisCommand, startRedis } from './distribution/redis-server.js';
import { plainEnvironment } from './environment.js';
import { readDocument } from './markdown.js';

/** The first block of the document in this language. */
function blockIn(language: string): string {
  const [, block] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(
    readDocument('docs/scale-out.md'),
  ) as RegExpExecArray;
  return block;
}

const PASSWORD = 'p@ss:word';

/** The block of the document, with the port, the paths and the certificate of the test. */
function documented(port: number, folder: string): string {
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
  }, blockIn('nginx'));
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
      expect(summary.remote).toMatchObject({ sent: 0, unsent: 2 });
    }
    expect(server.stored('cas')).toEqual([]);
  });

  it('is filled by who has the password, and read by everybody', async () => {
    const filled = await buildBy(mirrorWorkspace(), withPassword(PASSWORD));
    expect(filled).toMatchObject({ code: 0, isTold: false, summary: { cellsRun: 9, remote: { sent: 2 } } });
    expect([server.stored('ac').length, server.stored('cas').length]).toEqual([2, 2]);
    const other = await buildBy(mirrorWorkspace(), address, { BATTBUILD_CACHE_REMOTE_MODE: 'read' });
    expect(other).toMatchObject({ code: 0, isTold: false, summary: { cellsRun: 0, remote: { hits: 16 } } });
  });

  it('is not believed without its certificate', async () => {
    const { code, summary, isTold } = await buildBy(mirrorWorkspace(), address, { NODE_EXTRA_CA_CERTS: '' });
    expect([code, isTold]).toEqual([0, true]);
    expect(summary).toMatchObject({ cellsRun: 9, remote: { hits: 0 } });
  });
});

describe.skipIf(redisCommand === null)('the settings of Redis in the document', () => {
  it('are what Redis understands, and keep what is stored', async () => {
    const [, block] = /```text\n# \/etc\/redis\/redis.conf\n(.*?)```/s.exec(
      readDocument('docs/scale-out.md'),
    ) as RegExpExecArray;
    const settings = block
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([key]) => key !== 'bind');
    const server = await startRedis(
      ...settings.flatMap(([key, value]) => [`--${key}`, value === '""' ? '' : value]),
    );
    const password = settings.find(([key]) => key === 'requirepass')?.[1];
    const policy = await server.with((client) => client.config('GET', 'maxmemory-policy'), password);
    expect(policy).toEqual(['maxmemory-policy', 'noeviction']);
  });
});

const ANALYZER = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.skipIf(!ANALYZER)('the unit of the document (skipped where there is no systemd-analyze)', () => {
  it('is what systemd understands, with nothing that it would ignore', () => {
    const { folder } = mirrorWorkspace();
    const unit = blockIn('ini').replace('ExecStart=battbuild', 'ExecStart=true');
    expect(unit).toContain('ExecStart=true worker --json');
    const path = join(folder, 'battbuild-worker.service');
    writeFileSync(path, unit);
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], {
      encoding: 'utf8',
    });
    const said = (stdout + stderr).split('\n').filter((line) => line.includes('battbuild-worker'));
    expect([status, said]).toEqual([0, []]);
  });
});

describe('the script of the document', () => {
  it('is what bash understands', () => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: blockIn('bash'), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it.skipIf(redisCommand === null)('has its worker finish when its time is nearly over', async () => {
    const server = await startRedis();
    const { folder } = mirrorWorkspace();
    writeFileSync(join(folder, '.battbuild-queue'), `${server.url}\n`);
    writeFileSync(join(folder, 'battbuild'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
    chmodSync(join(folder, 'battbuild'), 0o755);
    writeFileSync(join(folder, 'battbuild-worker.sh'), blockIn('bash'));
    const env = { ...plainEnvironment(), HOME: folder, SLURM_CPUS_PER_TASK: '1' };
    const job = spawn('bash', ['battbuild-worker.sh'], {
      cwd: folder,
      env: { ...env, PATH: `${folder}:${process.env['PATH']}` },
    });
    const ended = outputOf(job);
    let stderr = '';
    job.stderr.on('data', (data) => {
      stderr += data;
    });
    await vi.waitUntil(() => stderr.includes('connected: serving'), { timeout: 60_000 });
    job.kill('SIGTERM');
    const { code, stderr: log } = await ended;
    expect([code, log.trimEnd().split('\n').at(-1)]).toEqual([0, expect.stringMatching(/^ended: 0 jobs/)]);
    expect(log).toContain(': 1 slot,');
  });
});
