/** Completion: the suggested words, and that the scripts pass them to the shells. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../../src/cli/clipanion.js';
import { Cli } from '../../../src/cli/clipanion.js';
import { COMMAND_NAMES, COMMANDS } from '../../../src/cli/commands.js';
import { suggestionLines, suggestionsFor } from '../../../src/cli/completion/suggestions.js';
import { CHOICES } from '../../../src/cli/options/option-choices.js';
import { OPTION_VALUES } from '../../../src/cli/options/option-values.js';
import type { Context } from '../../../src/cli/process/context.js';
import { MAIN, mirrorWorkspace, type TestWorkspace } from '../rig.js';

/** The suggestions for a line whose last word is being typed, or `files` or `folders`. */
async function suggested(workspace: TestWorkspace, ...words: readonly string[]): Promise<string[]> {
  const context = { folder: workspace.folder, env: {}, cores: () => 1 } as unknown as Context;
  const [kind, ...lines] = suggestionLines(await suggestionsFor(words, context));
  return kind === 'words' ? lines.map((line) => line.split('\t')[0]) : [kind];
}

describe('what is suggested', () => {
  let workspace: TestWorkspace;
  const of = (...words: string[]) => suggested(workspace, ...words);

  it('is commands, and what they take', async () => {
    workspace = mirrorWorkspace();
    expect(await of('')).toEqual(COMMAND_NAMES);
    expect(await of('con')).toEqual(['config', 'conformance']);
    expect(await of('--cache', 'x', 'res')).toEqual(['results']);
    expect(await of('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await of('conformance', '')).toEqual(['folders']);
    expect(await of('stats', '')).toEqual([]);
    expect(await of('nonsense', '')).toEqual([]);
    expect(await of('explain', 'LANG01')).toContain('LANG012');
  });

  it('is options, those of a build where no command is typed', async () => {
    workspace = mirrorWorkspace();
    expect(await of('--ti')).toEqual(['--timeout', '--timing']);
    expect(await of('results', '--f')).toEqual(['--format']);
    expect(await of('gc', '--max')).toEqual(['--max-age', '--max-size']);
    expect(await of('--ve')).toEqual(['--verify-remote', '--version']);
    expect(await of('results', '--he')).toEqual(['--help']);
  });

  it('is values of options', async () => {
    workspace = mirrorWorkspace();
    expect(await of('results', '--format', 'js')).toEqual(['json', 'jsonl']);
    expect(await of('results', '--format=jsonl')).toEqual(['--format=jsonl']);
    // The words as bash splits them.
    expect(await of('results', '--format', '=')).toEqual(['text', 'json', 'jsonl']);
    expect(await of('results', '--format', '=', 't')).toEqual(['text']);
    expect(await of('--tasks', '')).toEqual(['files']);
    expect(await of('--cache', '')).toEqual(['folders']);
    expect(await of('--cache=')).toEqual([]);
    expect(await of('--cache', '=', 'c')).toEqual(['folders']);
    expect(await of('-j', '')).toEqual([]);
  });

  it('is tasks of the workspace that is meant, those of combined files among them', async () => {
    workspace = mirrorWorkspace();
    const task = { train: [{ input: [[1]], output: [[1]] }], test: [{ input: [[1]] }] };
    workspace.write('more/x_challenges.json', JSON.stringify({ aaaa0001: task, mirage: task }));
    expect(await of('show', 'm')).toEqual(['mirror']);
    expect(await of('-i', '')).toEqual(['mirror']);
    expect(await of('--tasks', 'tasks', '--tasks', 'more', 'explain', 'mir')).toEqual(['mirage', 'mirror']);
    expect(await of('show', 'mirror', '')).toEqual([]);
    // If there are many files, only their names are used.
    for (let k = 0; k < 9; k++) workspace.write(`tasks/many${k}.json`, '');
    expect(await of('show', 'many')).toHaveLength(9);
    // A workspace that cannot be opened has no tasks.
    expect(await of('--config', 'none.json', 'show', '')).toEqual([]);
  });

  it('is solvers of a task that was built', async () => {
    workspace = mirrorWorkspace();
    expect(await of('show', 'mirror', '--solver', '')).toEqual([]);
    await workspace.build();
    expect(await of('show', 'mirror', '--solver', 'turn')).toEqual([
      'turn_all',
      'turn_rows',
      'turn_rows_too',
    ]);
    expect(await of('explain', 'mirror/f')).toEqual(['mirror/first_nine']);
  });

  it('has no line of a terminal to obey', () => {
    const words = [
      { word: 'a\u001b[2J', about: '' },
      { word: 'b', about: 'one\n  two' },
    ];
    expect(suggestionLines(words)).toEqual(['words', 'b\tone two']);
  });
});

it.each(COMMAND_NAMES)('the words that %s chooses from are known', async (name) => {
  const { options } = Cli.from<CommandContext>((await COMMANDS[name]()).default, {}).definitions()[0];
  const known = options.map(({ definition }) => definition.split(' ')[0].split(',').at(-1) as string);
  const chosen = known.filter(
    (option) =>
      option === '--dialect' ||
      ['FORMAT', 'PHASE', 'LEVEL', 'ORDER'].includes(OPTION_VALUES.get(option) ?? ''),
  );
  expect(Object.keys(CHOICES[name] ?? {}).filter((key) => key.startsWith('-'))).toEqual(chosen);
});

function isThere(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

/** Sources the script in the shell and runs the text after it; returns its output line by line. */
async function typedIn(
  shell: string,
  workspace: TestWorkspace,
  source: string,
  text: string,
): Promise<string[]> {
  mkdirSync(workspace.path('bin'), { recursive: true });
  symlinkSync(MAIN, workspace.path('bin/battbuild'));
  const env = {
    ...process.env,
    PATH: `${workspace.path('bin')}:${process.env['PATH']}`,
    HOME: workspace.folder,
  };
  const options = { cwd: workspace.folder, env };
  const { stdout, stderr } = await promisify(execFile)(shell, ['-c', `${source}\n${text}`], options);
  expect(stderr).toBe('');
  return stdout.split('\n').slice(0, -1);
}

describe('the scripts', () => {
  it('make bash complete', async () => {
    // What readline does: it sets the words of the line and the current word, and calls the function of `complete`.
    const complete = `complete -p battbuild
      try() {
        COMP_WORDS=(battbuild "$@") COMP_CWORD=$#
        _battbuild battbuild; printf '%s ' "\${COMPREPLY[@]}"; echo
      }
      try sho; try show mir; try results --format = js; try --cache ''; try results --q`;
    expect(await typedIn('bash', mirrorWorkspace(), 'source <(battbuild completion bash)', complete)).toEqual(
      ['complete -F _battbuild battbuild', 'show ', 'mirror ', 'json jsonl ', ' ', ' '],
    );
  });

  it.skipIf(!isThere('zsh'))(
    `make zsh complete${isThere('zsh') ? '' : ' (skipped: there is no zsh)'}`,
    async () => {
      // The zsh functions that the script calls, and the variables that the line editor sets.
      const stubs = `compdef() { print "$@" }
      _describe() { print -rl -- "\${(@P)2}" }
      _files() { print files "$@" }
      source <(battbuild completion zsh)`;
      const complete = `try() { words=(battbuild "$@"); CURRENT=$#words; _battbuild }
      try sho; try show mir; try results --format js; try --cache ''; try --tasks ''`;
      expect(await typedIn('zsh', mirrorWorkspace(), stubs, complete)).toEqual([
        '_battbuild battbuild',
        'show:draw a task\\: input, expected and produced grids side by side',
        'mirror',
        'json',
        'jsonl',
        'files -/',
        'files',
      ]);
    },
  );

  it.skipIf(!isThere('fish'))(
    `make fish complete${isThere('fish') ? '' : ' (skipped: there is no fish)'}`,
    async () => {
      const lines = ['sho', 'show mir', 'results --format js', '--cache ta', '--cache=ta'];
      const complete = lines.map((line) => `complete -C 'battbuild ${line}'`).join('\n');
      expect(
        await typedIn('fish', mirrorWorkspace(), 'battbuild completion fish | source', complete),
      ).toEqual([
        'show\tdraw a task: input, expected and produced grids side by side',
        'mirror',
        'json',
        'jsonl',
        'tasks/\tDirectory',
      ]);
    },
  );
});
