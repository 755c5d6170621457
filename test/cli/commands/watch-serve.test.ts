/** `battbuild watch --serve` as a separate process. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { LiveData } from '../../../src/report/document/page-data.js';
import { mirrorWorkspace } from '../rig.js';

it('serves the report of every build, tells browsers, and ends though they hold on', async () => {
  const workspace = mirrorWorkspace();
  const child = workspace.start(['watch', '--serve', '--port', '0']);
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let arrived = () => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    arrived();
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  const printed = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(stdout);
      if (found !== null) return found[0];
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  };
  const url = await printed(/http:[^\s]+/);
  await printed(/watching for changes/);
  const events = await fetch(`${url}events`);
  const told = events.body?.getReader();
  const data = async () => ((await (await fetch(`${url}data`)).json()) as LiveData).report;
  // An event before the first build contains nothing about the first build.
  const verdicts = async () => (await data())?.tasks.map(({ verdict }) => verdict);
  for (let report = await data(); report === null; report = await data()) await told?.read();
  expect(await verdicts()).toEqual(['solved']);
  workspace.write('solvers/mirror.py', 'def turn_all(I):\n    return rot180(I)\n');
  while ((await verdicts())?.[0] !== 'partly') await told?.read();
  child.kill('SIGINT');
  expect(await closed).toBe(0);
});

it('says what to do when it cannot be served', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  const workspace = mirrorWorkspace();
  const said = async (...options: readonly string[]) => {
    const { code, stderr } = await workspace.run('watch', ...options);
    expect(code).toBe(2);
    return stderr;
  };
  const inUse = await said('--serve', '--port', String(port));
  expect(inUse).toContain(`port ${port} is taken`);
  expect(inUse).toContain('--port 0');
  expect(await said('--serve', '--port', '65536')).toContain('there is no port 65536');
  expect(await said('--port', '8000')).toContain('add --serve');
});
