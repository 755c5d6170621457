/** How the program ends if its work does not finish: Ctrl-C, a full disk, a bug. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/cli/process/context.js';
import { UsageProblem } from '../../src/cli/process/exit.js';
import { guarded } from '../../src/cli/run-guarded.js';
import { MAIN, mirrorWorkspace, type TestWorkspace } from './rig.js';

/** Solvers that never end. */
function writeEndlessSolvers(workspace: TestWorkspace): void {
  const solvers = Array.from(
    { length: 2 },
    (_, k) =>
      `def solve_endless_${k}(I):\n    x1 = rbind(add, ${k})\n    x2 = power(x1, 9007199254740991)\n    return x2(ONE)\n`,
  );
  workspace.writeMirrorTask('endless');
  workspace.write('solvers/endless.py', solvers.join('\n\n'));
}

const ENDLESS = ['--budget', '9007199254740991', '--timeout', '86400', '-j', '1'];

describe('Ctrl-C', () => {
  it('ends a build with exit code 130; what is finished is kept', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build(...ENDLESS);
    writeEndlessSolvers(workspace);
    const child = workspace.start(['build', '--json', ...ENDLESS]);
    let stdout = '';
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const before = stdout;
      stdout += text;
      // The cells of the endless task have been looked up: they are with a worker, or will be.
      const looked = '"looked-up","phase":"validate","subject":"endless"';
      if (stdout.includes(looked) && !before.includes(looked)) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toMatch(/^interrupted: \d+ tasks? finished are kept\n$/);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ interrupted: true });
    expect(code).toBe(130);
    // The store is intact, and has the task that finished before.
    workspace.write('solvers/endless.py', '');
    expect(await workspace.build(...ENDLESS)).toMatchObject({ solved: 1, cellsRun: 0, interrupted: false });
  });
});

it.skipIf(!existsSync('/dev/full'))('says that its output cannot be written', async () => {
  const workspace = mirrorWorkspace();
  await workspace.build();
  const command = `"${process.execPath}" "${MAIN}" results > /dev/full`;
  const run = promisify(execFile)('sh', ['-c', command], { cwd: workspace.folder });
  await expect(run).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('error: the output could not be written: ENOSPC'),
  });
});

describe('what a command throws', () => {
  function contextWith(env: Record<string, string>): { context: Context; said: () => string } {
    const stderr = new PassThrough();
    const context = { env, stderr } as unknown as Context;
    return { context, said: () => String(stderr.read()) };
  }

  const fail = (error: Error) => async () => {
    throw error;
  };

  it('is called a bug of ours, without a stack', async () => {
    const { context, said } = contextWith({});
    expect(await guarded(context, fail(new TypeError('x is undefined')))).toBe(70);
    const text = said();
    expect(text).toContain('error: this is a bug in battbuild: TypeError: x is undefined\n');
    expect(text).toContain('BATTBUILD_DEBUG=1');
    expect(text).not.toContain('ending.test');
  });

  it('is shown with its stack for those who ask', async () => {
    const { context, said } = contextWith({ BATTBUILD_DEBUG: '1' });
    expect(await guarded(context, fail(new TypeError('x is undefined')))).toBe(70);
    expect(said()).toContain('ending.test');
  });

  it('is said with what to do about it, when it is the usage', async () => {
    const { context, said } = contextWith({});
    expect(await guarded(context, fail(new UsageProblem('no such thing', 'try another')))).toBe(2);
    expect(said()).toBe('error: no such thing\n    try another\n');
  });
});
