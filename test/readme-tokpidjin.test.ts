/** README's chapter for those who come from the forebear: its commands, in a folder with nothing but files of theirs. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorkspace } from './cli/rig.js';
import { readDocument, sectionsOf } from './markdown.js';

const TASK = '0a1b2c3d';

/** As the forebear writes them: one expression, a call that is called, t1 and so on, and names of both dialects alone. */
const SOLVERS: readonly (readonly [score: number, tLog: number, text: string])[] = [
  [3, 36, 'def solve(S, I, C):\n    return mir_rot_t(I, R2)\n'],
  [3, 33, 'def solve(S, I, C):\n    return rbind(mir_rot_t, R2)(replace(I, BLACK, F0))\n'],
  [
    0,
    34,
    'def solve(S, I, C):\n    t1 = o_g(I, R5)\n    t2 = get_nth_f(t1, F0)\n    return subgrid(t2, I)\n',
  ],
  [0, 38, 'def solve(S, I, C):\n    return rot90(I)\n'],
];

const DIFFER = [
  'from dsl import *',
  'from constants import *',
  '',
  'def differ(S, I, C):',
  '    x1 = identity(p_g)',
  '    x2 = x1(I)',
  '    x3 = difference_tuple(x1(C), x2)',
  '    return astuple(multiply(subtract(TEN, size_t(x3)), HUNDRED), x3)',
  '',
].join('\n');

const chapter = sectionsOf(readDocument('README.md')).find(({ title }) => title === 'Coming from tokpidjin');
const rows = chapter?.prose.filter((line) => line.startsWith('| ')) ?? [];
const code = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, quoted]) => quoted));
const commands = code.filter((quoted) => quoted.startsWith('battbuild '));
const inputs = code.find((quoted) => quoted.startsWith('--solvers ')) ?? '';

let there: TestWorkspace;

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

beforeAll(() => {
  there = new TestWorkspace(realpathSync(mkdtempSync(join(tmpdir(), 'battbuild-forebear-'))));
  there.writeMirrorTask(TASK);
  for (const [score, tLog, text] of SOLVERS) {
    const name = `${md5(text)}.py`;
    there.write(`solver_md5/${name}`, text);
    const link = there.path(`solver_dir/solve_${TASK}/${score}/${tLog}/${name}`);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(`../../../../solver_md5/${name}`, link);
  }
  there.write(`differ_md5/${md5(DIFFER)}.py`, DIFFER);
});

afterAll(() => rmSync(there.folder, { recursive: true, force: true }));

/** A command of the chapter with its letters filled in, and where the inputs are. */
function wordsOf(command: string): string[] {
  const filled = command.replace(/\bN\b/, '2').replace(/\bID\b/, TASK);
  const takesInputs = !filled.startsWith('battbuild stats');
  return [...filled.split(' ').slice(1), ...(takesInputs ? inputs.split(' ') : [])];
}

describe('the chapter', () => {
  it('has commands, and says where the inputs are', () => {
    expect(commands.map((command) => command.split(' ')[1]).sort()).toEqual([
      'build',
      'card',
      'evolve',
      'stats',
    ]);
    expect(inputs).toBe('--solvers solver_dir --differs differ_md5');
  });

  it('is right that their files build as they are, and find their task by the folder', async () => {
    const summary = await there.build(...inputs.split(' '));
    expect(summary).toMatchObject({ candidates: 4, programs: 4, strays: 0, solved: 1 });
    const results = await there.json<{ readonly task: string }>(
      ...['results', '--format', 'jsonl', ...inputs.split(' ')],
    );
    expect(new Set(results.map(({ task }) => task))).toEqual(new Set([TASK]));
    const { stdout, stderr } = await there.run('build', '--problems', ...inputs.split(' '));
    expect((stdout + stderr).match(/(error|warning|note) \w+/g)).toEqual(['note LANG031']);
  });

  it.each(commands.map((command) => [command]))(
    'has the command %s, which does what it says',
    async (command) => {
      const { code: exit, stdout, stderr } = await there.run(...wordsOf(command));
      expect([exit, stderr.match(/error/)]).toEqual([0, null]);
      expect(stdout).toMatch(/^(built in|\d+ candidates for 1 task|round 2: 1 solved|last run)/m);
    },
  );

  it('is right that the same layout is published, which builds again without running anything', async () => {
    await there.run('build', '--out', 'published', ...inputs.split(' '));
    const again = await there.build(
      ...['--solvers', 'published/solver_dir', '--differs', 'published/differ_md5', '--out', 'again'],
    );
    expect(again).toMatchObject({ solved: 1, cellsRun: 0, diagnostics: 0 });
  });
});
