/**
 * The compiled command on a workspace full of hostile inputs: correct results remain, and nothing leaves the
 * workspace.
 */
import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTROLS, NAMES, TEXTS } from '../../bench/reliability/poison/words.js';
import { printable } from '../../src/text/printable.js';
import { linesOf, treeOf } from '../build/rig.js';
import type { Ended } from '../child-output.js';
import { emptyWorkspace, TestWorkspace } from '../cli/rig.js';
import { POISON, textOf } from './corpus.js';

const GOOD =
  'def solve_mirror_0000000a(I):\n    return vmirror(I)\ndef solve_mirror_0000000b(I):\n    return rot180(I)\n';
const EVERYWHERE = 'def __proto__(I):\n    return vmirror(I)\ndef constructor(I):\n    return first(I)\n';
const DIFFER = 'def same(S, I, C):\n    return astuple(equality(I, C), ONE)\n';
const CONFIG = JSON.stringify({ budget: { cost: 200_000, cells: 50_000 } });

/** Words that can be file names. */
const FILE_NAMES = [...NAMES, ...CONTROLS, ...TEXTS, 'line\nbreak', '--help', '-', '..', 'x'.repeat(200)]
  .filter((word) => !/[/\0]/.test(word))
  .map((word) => `${word}.`);

/** A workspace inside a folder of its own, so that files written beside it are found. */
function workspaceInside(): TestWorkspace {
  const workspace = new TestWorkspace(emptyWorkspace().path('inner/workspace'));
  workspace.write('config/battbuild.json', CONFIG);
  workspace.writeMirrorTask('mirror');
  workspace.write('solvers/mirror.py', GOOD);
  workspace.write('differs/same.py', DIFFER);
  return workspace;
}

function addPoison(workspace: TestWorkspace): void {
  POISON.forEach((poison, k) => {
    const name = `solve_mirror_${String(k).padStart(8, '0')}`;
    workspace.write(`solvers/poison/${k}.py`, textOf(poison, name));
  });
  const task = workspace.read('tasks/mirror.json');
  const differ = 'def fails(S, I, C):\n    return first(I)\ndef __proto__(S, I, C):\n    return I\n';
  for (const name of FILE_NAMES) {
    workspace.write(`tasks/${name}json`, task);
    workspace.write(`solvers/names/${name}py`, GOOD + EVERYWHERE);
    workspace.write(`differs/${name}py`, differ);
  }
  const ids = [...NAMES, ...CONTROLS, ...TEXTS, '../../escaped', '/tmp/escaped', '..', '', 'a/b'];
  const entries = ids.map((id) => `${JSON.stringify(id)}: ${task}`);
  workspace.write('tasks/all_challenges.json', `{${[...entries, ...entries].join(', ')}}`);
  workspace.write('tasks/all_solutions.json', `{"__proto__": [[[1]]], "__proto__": 7, "../x": []}`);
  workspace.write('tasks/twice.json', task.replace('{', '{"train": [], "train": [], "__proto__": {},'));
  workspace.write('tasks/deep-list.json', '['.repeat(10_000) + ']'.repeat(10_000));
  workspace.write('tasks/deep-object.json', `${'{"train":'.repeat(10_000)}1${'}'.repeat(10_000)}`);
}

/** Checks that the command printed no character that must come from an input. */
function expectPrintable({ stdout, stderr }: Ended, what: string): void {
  for (const line of [...stdout.split('\n'), ...stderr.split('\n')]) expect(line, what).toBe(printable(line));
}

/** The results of the good solvers, from `results`. */
async function goodResults(workspace: TestWorkspace): Promise<unknown[]> {
  const lines = await workspace.json<Record<string, unknown>>(
    'results',
    '--format',
    'jsonl',
    '--outputs',
    '-i',
    'mirror',
  );
  return lines
    .filter(({ file }) => file === 'solvers/mirror.py')
    .map(({ solver, sample, status, match, cost, output }) => ({
      solver,
      sample,
      status,
      match,
      cost,
      output,
    }));
}

describe('a workspace full of poison', () => {
  const COMMANDS = [
    'build -n',
    'results',
    'results --format json --outputs',
    'show mirror',
    'show constructor --solver constructor',
    'explain mirror',
    'explain __proto__/__proto__',
    'stats',
    'stats --json',
    'report',
    'report --json',
    'submit --score',
    'card -i toString --per-task 2 --into cards',
    'verify --json',
    'gc -n',
  ];

  it('is built as if it were not there, and nothing of it gets out', async () => {
    const clean = workspaceInside();
    expect((await clean.run('build', '--quiet')).code).toBe(0);
    const workspace = workspaceInside();
    addPoison(workspace);
    const outside = treeOf(workspace.path('..'));

    const built = await workspace.run('build', '-j', '2');
    expect(built.code, built.stderr.slice(0, 3000)).toBe(1);
    expectPrintable(built, 'build');
    const rows = await goodResults(workspace);
    expect(rows).toHaveLength(6);
    expect(rows).toEqual(await goodResults(clean));

    // Every hostile program ended as it must, on each sample alike.
    const results = await workspace.json<Record<string, unknown>>(
      'results',
      '--format',
      'jsonl',
      '-i',
      'mirror',
    );
    const ends = (k: number) =>
      new Set(results.filter(({ file }) => file === `solvers/poison/${k}.py`).map(({ status }) => status));
    POISON.forEach(({ what, ends: expected }, k) => {
      expect([...ends(k)], what).toEqual(expected.startsWith('LANG') ? [] : [expected]);
    });

    const again = await workspace.json<Record<string, unknown>>('build', '--json');
    const diagnostics = again.flatMap(({ type, diagnostic }) =>
      type === 'diagnostic' ? [diagnostic as Record<string, unknown>] : [],
    );
    // Ids may be any text, and equal tasks are merged; only sources and files that are no tasks remain.
    expect(diagnostics.length).toBeGreaterThan(20);
    for (const { file, code, line } of diagnostics) {
      expect(`${code} ${line}`).not.toContain('NaN');
      expect(existsSync(workspace.path(file as string)), `${code} of ${file}`).toBe(true);
    }
    for (const command of COMMANDS) {
      const ended = await workspace.run(...command.split(' '));
      expect([0, 1], `${command}: ${ended.stderr}`).toContain(ended.code);
      expectPrintable(ended, command);
    }

    // Only the store, published files and requested files are new.
    const inside = ['workspace/cache/', 'workspace/out/', 'workspace/cards/', 'workspace/submission.json'];
    const fresh = linesOf(treeOf(workspace.path('..'))).filter((line) => !linesOf(outside).includes(line));
    expect(fresh.filter((line) => !inside.some((place) => line.startsWith(place)))).toEqual([]);
    expect(readdirSync(workspace.path('../..')).sort()).toEqual(['config', 'inner']);
    for (const name of treeOf(workspace.path('out')).keys())
      expect(name).toMatch(/^(?:[\w./~-]|%[0-9A-F]{2})+$/);
    expect((await workspace.run('verify')).stdout).toContain('nothing is wrong');
  });

  it('may have hostile words on its command line', async () => {
    const workspace = workspaceInside();
    for (const word of ['\u001b[2J', '\u009b31m\u202e', '__proto__', '%s\n<b>']) {
      const commands = [
        [word],
        ['-i', word],
        ['show', word],
        ['explain', `mirror/${word}`],
        ['--config', word],
        ['--tasks', word],
      ];
      await Promise.all(
        commands.map(async (args) => {
          const ended = await workspace.run(...args);
          expect(ended.code, args.join(' ')).toBe(2);
          expectPrintable(ended, args.join(' '));
        }),
      );
    }
  });
});

describe('a line of a hundred million characters', () => {
  it('is refused unread, and one of thirty million costs only itself', async () => {
    const workspace = workspaceInside();
    for (const name of ['tasks/endless.json', 'solvers/endless.py', 'differs/endless.py']) {
      workspace.write(name, '');
      truncateSync(workspace.path(name), 100_000_000);
    }
    const long = (name: string, piece: string) => {
      mkdirSync(join(workspace.path(name), '..'), { recursive: true });
      writeFileSync(workspace.path(name), Buffer.alloc(30_000_000, piece));
    };
    long('tasks/lists.json', '[');
    long('tasks/digits.json', '9');
    long('solvers/calls.py', 'def f(I): vmirror(');
    long('solvers/blanks.py', ' ');
    const { code, stderr } = await workspace.run('build', '--quiet');
    expect(code).toBe(1);
    for (const name of ['tasks/endless.json', 'solvers/endless.py', 'differs/endless.py']) {
      expect(stderr).toContain(`${name}: error FILE001: cannot be read: it is larger than 32 MB`);
    }
    expect(stderr).toContain(
      'tasks/lists.json: error TASK001: the file has more than 2,000,000 lists and objects',
    );
    expect(stderr).toContain('tasks/digits.json: error TASK003');
    const [summary] = (await workspace.json<Record<string, unknown>>('build', '--json')).slice(-1);
    expect(summary).toMatchObject({ tasks: 1, solved: 1, cellsRun: 0 });
  });
});
