/** The server of the report, as HTTP clients see it. */
import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TaskReport } from '../../../src/report/data.js';
import { ReportServer, type ServedReport } from '../../../src/report/live/report-server.js';

class Report implements ServedReport {
  version = 'v1';

  get data() {
    return { version: this.version, report: null };
  }

  task(id: string): TaskReport | null {
    if (id === 'damaged') throw new Error('the store is gone');
    return id === 'known' ? ({ id } as TaskReport) : null;
  }
}

async function served() {
  const report = new Report();
  const server = new ReportServer(report, '<!doctype html>');
  const url = await server.listen(0);
  onTestFinished(() => server.close());
  return { report, server, url, port: Number(new URL(url).port) };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly content: string;
}

/** Sends a request without the normalization that `fetch` does. */
function ask(port: number, options: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, ...options }, (response) => {
      let content = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        content += text;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, content });
      });
    });
    asked.on('error', reject).end();
  });
}

/** Reads a connection until the data contains `text`, or until it ends. */
async function* events(url: string): AsyncGenerator<string> {
  const response = await fetch(`${url}events`);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  for await (const chunk of response.body ?? []) yield Buffer.from(chunk).toString();
}

describe('the server of the report', () => {
  it('has the page, its data and its tasks', async () => {
    const { port } = await served();
    expect(await ask(port, { path: '/' })).toMatchObject({ status: 200, content: '<!doctype html>' });
    const data = await ask(port, { path: '/data' });
    expect(JSON.parse(data.content)).toEqual({ version: 'v1', report: null });
    expect(data.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(data.headers).not.toHaveProperty('access-control-allow-origin');
    expect((await ask(port, { path: '/task/known' })).content).toBe('{"id":"known"}');
  });

  it('has nothing else, whatever the path looks like', async () => {
    const { port } = await served();
    const paths = ['/task/other', '/task/', '/task/known/', '/task/../known', '/task/%6bnown', '/data?x'];
    const files = ['/../../../etc/hosts', '/..%2f..%2fetc%2fhosts', '//etc/hosts', '/report-page.js', '*'];
    for (const path of [...paths, ...files, `http://127.0.0.1:${port}/data`]) {
      expect([path, (await ask(port, { path })).status]).toEqual([path, 404]);
    }
  });

  it('answers nobody who knows it by another name', async () => {
    const { port } = await served();
    const statusFor = async (Host: string) => (await ask(port, { path: '/data', headers: { Host } })).status;
    for (const name of [`127.0.0.1:${port}`, `localhost:${port}`]) expect(await statusFor(name)).toBe(200);
    const others = ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`];
    for (const name of others) expect([name, await statusFor(name)]).toEqual([name, 403]);
    expect((await ask(port, { path: '/events', headers: { Host: 'evil.example' } })).status).toBe(403);
  });

  it('lets nothing be written', async () => {
    const { port } = await served();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status, headers } = await ask(port, { path: '/', method });
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
    }
    for (const path of ['/', '/data', '/events']) {
      expect(await ask(port, { path, method: 'HEAD' })).toMatchObject({ status: 200, content: '' });
    }
  });

  it('is on the loopback interface only', async () => {
    const { url, port } = await served();
    expect(new URL(url).hostname).toBe('127.0.0.1');
    // Another address of this machine: all that begin with 127 belong to it.
    const refused = new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.2', port });
      socket.on('error', resolve).on('connect', () => reject(new Error('it was reached')));
    });
    await expect(refused).resolves.toHaveProperty('code');
  });

  it('says which report is the newest, and whenever there is a newer one', async () => {
    const { report, server, url } = await served();
    const told = events(url);
    expect((await told.next()).value).toBe('retry: 1000\ndata: v1\n\n');
    report.version = 'v2';
    server.announce();
    expect((await told.next()).value).toBe('data: v2\n\n');
    await told.return(undefined);
  });

  it('ends though browsers hold on to it', async () => {
    const { server, url } = await served();
    const told = events(url);
    await told.next();
    await server.close();
    await expect(told.next()).rejects.toThrow();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('says so when the port is taken', async () => {
    const { port } = await served();
    const other = new ReportServer(new Report(), '');
    await expect(other.listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('lives on when a report cannot be read', async () => {
    const { port } = await served();
    const { status, content } = await ask(port, { path: '/task/damaged' });
    expect([status, content]).toEqual([500, 'the report could not be read: Error: the store is gone\n']);
    expect((await ask(port, { path: '/task/known' })).status).toBe(200);
  });
});
