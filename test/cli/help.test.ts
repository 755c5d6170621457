/** Help: an overview, a page for each command, and examples that work. */

import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/cli/clipanion.js';
import { Cli, type Usage } from '../../src/cli/clipanion.js';
import { COMMAND_NAMES, COMMANDS, type CommandName } from '../../src/cli/commands.js';
import { COMMON_NAMES } from '../../src/cli/options/common-options.js';
import { OPTION_VALUES } from '../../src/cli/options/option-values.js';
import { emptyWorkspace } from './rig.js';

/** The options of a command, and whether they take a value, according to clipanion. */
async function optionsOf(name: CommandName): Promise<[option: string, takesValue: boolean][]> {
  const cli = Cli.from<CommandContext>((await COMMANDS[name]()).default, {});
  return cli.definitions()[0].options.flatMap(({ definition }) => {
    const [names, value] = definition.split(' ');
    return names.split(',').map((option): [string, boolean] => [option, value !== undefined]);
  });
}

describe('battbuild --help', () => {
  it('has a line for every command and fits a screen', async () => {
    const { code, stdout, stderr } = await emptyWorkspace().run('--help');
    for (const name of COMMAND_NAMES) expect(stdout).toMatch(new RegExp(`^  ${name} +[a-z]`, 'm'));
    const lines = stdout.split('\n');
    // The last line is that of the prompt.
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('is what help and -h print, too', async () => {
    const workspace = emptyWorkspace();
    const { stdout } = await workspace.run('--help');
    expect((await workspace.run('-h')).stdout).toBe(stdout);
    expect((await workspace.run('help')).stdout).toBe(stdout);
  });
});

it('battbuild --version prints the version of the package', async () => {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  expect((await emptyWorkspace().run('--version')).stdout).toBe(`${manifest.version}\n`);
});

it('battbuild init --help speaks of no options, as it has none', async () => {
  const { stdout } = await emptyWorkspace().run('init', '--help');
  expect(stdout).toContain('\nusage: battbuild init [DIR]\n\nWrites');
});

/** What a watch prints when everything is up to date. */
const AT_REST = /watching for changes|"waiting"/;

it('a command accepts no option that it has no use for', async () => {
  const { code, stderr } = await emptyWorkspace().run('results', '--jobs', '2');
  expect([code, stderr]).toEqual([2, expect.stringContaining('there is no option "--jobs"')]);
  const { stdout } = await emptyWorkspace().run('clean', '--help');
  expect(stdout).not.toMatch(/--tasks|--task |--budget/);
});

describe.each(COMMAND_NAMES)('battbuild %s --help', (name) => {
  it('explains the command and names the values of its options', async () => {
    const usage = (await COMMANDS[name]()).default.usage as Usage;
    const { code, stdout, stderr } = await emptyWorkspace().run(name, '--help');
    expect(stdout.toLowerCase()).toContain(usage.description?.toLowerCase());
    for (const [option, takesValue] of await optionsOf(name)) {
      const shown = takesValue ? `${option} ${OPTION_VALUES.get(option)} ` : `${option} `;
      if (option.startsWith('--')) expect(stdout).toContain(shown);
    }
    expect([code, stderr]).toEqual([0, '']);
  });

  it('lists its own options before those that others have, too', async () => {
    const { stdout } = await emptyWorkspace().run(name, '--help');
    const shown = [...stdout.matchAll(/^ {2}(-.*?) (?:[A-Z%]+ )* {2}/gm)].map(([, names]) =>
      names.replace(', ', ','),
    );
    const isCommon = shown.map((names) => COMMON_NAMES.includes(names));
    expect(isCommon).toEqual([...isCommon].sort());
  });

  it('breaks no paragraph', async () => {
    const { details = '' } = (await COMMANDS[name]()).default.usage as Usage;
    const { stdout } = await emptyWorkspace().run(name, '--help');
    const paragraphs = details.trim().split(/\n\s*\n/);
    const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
    const shown = stdout.split('\n\n').map(words);
    for (const paragraph of paragraphs.filter((text) => !text.trim().startsWith('- '))) {
      expect(shown).toContain(words(paragraph));
    }
  });

  it('knows which of its options take a value', async () => {
    for (const [option, takesValue] of await optionsOf(name)) {
      expect([option, OPTION_VALUES.has(option)]).toEqual([option, takesValue]);
    }
  });

  it('has examples that work', async () => {
    const { examples = [] } = (await COMMANDS[name]()).default.usage as Usage;
    expect(examples.length).toBeGreaterThanOrEqual(2);
    const workspace = emptyWorkspace();
    // What the examples refer to: the workspace that `init` creates, built, and a folder of vectors.
    expect((await workspace.run('init')).code).toBe(0);
    expect((await workspace.run('build')).code).toBe(0);
    workspace.write('vectors/add.jsonl', '{"fn":"add","args":[1,2],"out":3}\n');
    for (const [, line] of examples) {
      const [program, ...args] = line.split(' ');
      expect(program).toBe('$0');
      // What serves until it is told to end needs a server: test/distribution has one.
      if (name === 'worker') continue;
      const ended = name === 'watch' ? workspace.runUntil(AT_REST, ...args) : workspace.run(...args);
      const { code, stderr } = await ended;
      expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
    }
  });
});
