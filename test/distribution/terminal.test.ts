/** A worker of the queue in a real terminal: one line that lives, beneath what happens. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { HAS_TERMINALS, inTerminal, type Step } from '../cli/live/terminal.js';
import { MAIN } from '../cli/rig.js';
import { redisCommand, startRedis } from './redis-server.js';
import { slowWorkspace } from './slow-workspace.js';

/** What a terminal shows in the end: of a line that is written again and again, the last. */
function leftOf(shown: string): string[] {
  const last = (line: string) => line.split('\u001b[J').at(-1)?.replaceAll('\r', '') ?? '';
  const lines = shown.split('\r\n').map((line) => stripVTControlCharacters(last(line)));
  return lines.filter((line) => line !== '');
}

describe.skipIf(!HAS_TERMINALS || redisCommand === null)('a worker in a terminal', () => {
  it.each<[string, Step]>([
    ['Ctrl-C', ['send', '\u0003']],
    ['SIGTERM', ['signal', 'SIGTERM']],
  ])('counts its jobs on one line, and says at the end what it did: %s', async (_name, end) => {
    const server = await startRedis();
    const workspace = slowWorkspace();
    const terminal = inTerminal(
      workspace.folder,
      [MAIN, 'worker', '--queue', server.url, '-j', '1'],
      [['wait', 'connected: serving'], ['wait', '0 jobs, 0 cells in'], ['wait', '1 job, '], end],
    );
    await vi.waitUntil(() => server.with((client) => client.exists('battbuild:workers')), {
      timeout: 60_000,
      interval: 50,
    });
    expect(await workspace.runWith({}, 'build', '-j', '1', '--queue', server.url)).toMatchObject({ code: 0 });
    const { shown, code, isRestored } = await terminal;
    expect([code, isRestored]).toEqual([0, true]);
    // No line for each job: that is for logs.
    expect(shown).not.toMatch(/job [0-9a-f]+-\d+/);
    const left = leftOf(shown);
    expect(left[0]).toMatch(/^worker \S+ at redis:\S+: 1 slot, version [0-9a-f]{16}$/);
    expect(left[1]).toBe('connected: serving');
    expect(left[2]).toMatch(/^ending(?: when \d+ jobs? (?:is|are) done)?$/);
    expect(left[3]).toMatch(/^ended: \d+ jobs?, [\d,]+ cells in [\d.]+ (?:ms|s)$/);
    expect(left).toHaveLength(4);
  });
});
