/** The keys of a watch in a terminal, and the state of the terminal afterwards. */
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { keysIn } from '../../../../src/cli/live/watch/terminal-keys.js';
import { KeyDispatch } from '../../../../src/cli/live/watch/watch-keys.js';
import { outputOf } from '../../../child-output.js';
import { plainEnvironment } from '../../../environment.js';
import { MAIN, mirrorWorkspace } from '../../rig.js';
import { DRIVER, HAS_TERMINALS, inTerminal, type Step } from '../terminal.js';

describe('keys', () => {
  function press(keys: string): string[] {
    const done: string[] = [];
    const note = (what: string) => (text?: string | null) =>
      void done.push(text === undefined ? what : `${what} ${text}`);
    const dispatch = new KeyDispatch({
      quit: note('quit'),
      buildAgain: note('build'),
      toggleUnsolved: note('unsolved'),
      filterBy: note('filter'),
      lastProblems: note('problems'),
      openReport: note('report'),
      help: note('help'),
      prompt: (text) => note('prompt')(text),
    });
    for (const key of keysIn(keys)) dispatch.pressed(key);
    return done;
  }

  it('do what people know from test runners, and others nothing', () => {
    expect(press('\rflr?qxyz \u001b[A\u001bOP')).toEqual([
      'build',
      'unsolved',
      'problems',
      'report',
      'help',
      'quit',
    ]);
  });

  it('are the text of a filter while one is typed', () => {
    expect(press('pqü\u007f?\u001b[D\rq').filter((what) => !what.startsWith('prompt'))).toEqual([
      'filter q?',
      'quit',
    ]);
    expect(press('pab\u001bq')).toEqual(['prompt ', 'prompt a', 'prompt ab', 'prompt null', 'quit']);
  });
});

const WATCH = [MAIN, 'watch'];
const READY: Step = ['wait', '? for keys'];

describe.skipIf(!HAS_TERMINALS)('a watch in a terminal (skipped where python3 makes none)', () => {
  it('takes keys, and gives the terminal back', async () => {
    const { folder } = mirrorWorkspace();
    const { shown, code, isRestored } = await inTerminal(folder, WATCH, [
      READY,
      ['send', '?'],
      ['wait', 'q      quit'],
      ['send', '\r'],
      ['wait', 'as asked'],
      ['wait', 'built in'],
      ['send', 'f'],
      ['wait', 'showing only what is not solved: nothing, all tasks are'],
      ['send', 'pmir\r'],
      ['wait', 'showing only what holds "mir"'],
      ['send', 'l'],
      ['wait', 'there are no problems'],
      ['send', 'r'],
      ['wait', 'start with --serve'],
      ['send', 'q'],
    ]);
    expect(shown).toContain('watching for changes; ? for keys, q ends');
    expect([code, isRestored]).toEqual([0, true]);
  });

  it.each<[string, readonly Step[], number]>([
    ['Ctrl-C', [['send', '\u0003']], 0],
    ['SIGTERM', [['signal', 'SIGTERM']], 0],
    ['SIGHUP', [['signal', 'SIGHUP']], 0],
    ['a crash of ours', [['signal', 'SIGUSR2']], 1],
  ])('gives the terminal back after %s', async (_, steps, expected) => {
    const { folder } = mirrorWorkspace();
    const crash = 'data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("crash")})';
    const { code, isRestored } = await inTerminal(folder, ['--import', crash, ...WATCH], [READY, ...steps]);
    expect([code, isRestored]).toEqual([expected, true]);
  });

  it('stops with Ctrl-Z, and takes keys again when it goes on', async () => {
    const { folder } = mirrorWorkspace();
    const script = `set -m; '${process.execPath}' '${MAIN}' watch; echo stopped; stty -g; fg; echo "ended"`;
    const child = spawn('python3', [DRIVER, 'bash', '-c', script], { cwd: folder, env: plainEnvironment() });
    const steps: Step[] = [
      READY,
      ['send', '\u001a'],
      ['wait', 'stopped'],
      ['wait', 'watch'],
      ['send', '?'],
      ['wait', 'q      quit'],
      ['send', 'q'],
      ['wait', 'ended'],
    ];
    child.stdin.end(JSON.stringify(steps));
    const { stdout, stderr } = await outputOf(child);
    const settings = stdout.match(/^[0-9a-f]+(:[0-9a-f]+)+\r?$/gm)?.map((line) => line.trim()) ?? [];
    expect(stderr).toBe('');
    expect(settings).toHaveLength(3);
    expect(new Set(settings).size).toBe(1);
  });
});
