/** The quick reader of arguments: it reads them like clipanion, or leaves them to clipanion. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../../src/cli/clipanion.js';
import { Cli } from '../../../src/cli/clipanion.js';
import BuildCommand from '../../../src/cli/commands/build.js';
import { readBuildArguments, separated } from '../../../src/cli/options/quick-arguments.js';

const cli = Cli.from<CommandContext>(BuildCommand, { binaryName: 'battbuild' });

/** The result of clipanion; null if it refuses, or if help is asked for. */
function readByLibrary(args: readonly string[]): Record<string, unknown> | null {
  try {
    const command = cli.process(args[0] === 'build' ? [...args] : ['build', ...args], {} as CommandContext);
    if (!(command instanceof BuildCommand)) return null;
    const { context: _, path: __, help: ___, ...fields } = command;
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  } catch {
    return null;
  }
}

const OPTIONS = cli.definitions()[0].options.flatMap(({ definition }) => definition.split(' ')[0].split(','));

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...OPTIONS) },
  { weight: 4, arbitrary: fc.constantFrom('tasks', '7', '0', 'x y', '') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'build',
      '--',
      '-',
      '-h',
      '--help',
      '-nc',
      '--out=x',
      '--no-json',
      '-1',
      '--x',
    ),
  },
);

describe('the quick reader', () => {
  it('reads whatever it reads as the library does', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (args) => {
        const quick = readBuildArguments(args);
        if (quick !== null) expect({ args, ...quick }).toEqual({ args, ...readByLibrary(args) });
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every option of a build', () => {
    for (const option of OPTIONS) {
      const args = readByLibrary([option]) === null ? [option, '3'] : [option];
      expect({ option, flags: readBuildArguments(args) }).toEqual({ option, flags: readByLibrary(args) });
    }
  });

  it('leaves to the library what asks for help, names another command or cannot be right', () => {
    for (const args of [
      ['-h'],
      ['build', '--help'],
      ['results'],
      ['--tasks'],
      ['--out=x'],
      ['-j', '--json'],
      ['x'],
    ]) {
      expect(readBuildArguments(args)).toBeNull();
    }
  });
});

describe('joined options', () => {
  it('come apart where they take a value', () => {
    expect(separated(['-j4', '-imirror', '-s', '1', '-c=2', '-n', '--json'])).toEqual([
      '-j',
      '4',
      '-i',
      'mirror',
      '-s',
      '1',
      '-c=2',
      '-n',
      '--json',
    ]);
  });

  it('are arguments after two dashes', () => {
    expect(separated(['show', '--', '-j4'])).toEqual(['show', '--', '-j4']);
  });
});
