/** Wrong command lines: exit code 2, nothing on stdout, and advice on stderr. */
import { describe, expect, it } from 'vitest';
import { emptyWorkspace, mirrorWorkspace } from './rig.js';

const CASES: readonly (readonly [args: string, ...says: string[]])[] = [
  ['bild', 'there is no command "bild"', 'did you mean "build"?'],
  ['frobnicate', 'the commands are build, watch'],
  ['--quiet bild', 'there is no command "bild"', 'did you mean "build"?'],
  ['build mirror', 'build cannot use the argument "mirror"', 'battbuild build --help'],
  ['--tassks x', 'there is no option "--tassks"', 'did you mean "--tasks"?'],
  ['stats --jsn', 'there is no option "--jsn"', 'did you mean "--json"?'],
  ['-jx', '--jobs', 'found "x"'],
  ['stats -j2', 'there is no option "-j"'],
  ['--tasks', '--tasks needs a value: --tasks PATH'],
  ['build -c -1', '-c needs a value: -c N'],
  ['build -c=-1', '--count: expected a whole number, 0 or more, found "-1"'],
  ['-s x', '--start: expected a whole number, 0 or more, found "x"'],
  ['-j 0', '--jobs', 'expected an integer from 1 to', 'found "0"'],
  ['-j x', '--jobs', 'found "x"'],
  ['--budget x', '--budget', 'found "x"'],
  ['--timeout 0', '--timeout', 'expected a number of seconds above 0', 'found "0"'],
  ['--tasks nowhere', '--tasks', '"nowhere" cannot be used', 'relative to the current folder'],
  ['--config nowhere.json', 'nowhere.json', 'cannot be read'],
  ['results --format xml', '--format: expected text, json or jsonl, found "xml"'],
  ['results --outputs', '--outputs needs --format json or jsonl'],
  ['results --outputs --behaviours --format json', '--outputs does not go with --behaviours'],
  ['stats --json --html x.html', '--json prints: it has no --html'],
  ['stats --runs 0', '--runs: expected at least one run'],
  ['explain', 'explain needs a task', 'battbuild explain --help has examples'],
  ['show', 'show needs an argument', 'TASK'],
  ['completion', 'completion needs an argument', 'SHELL'],
  ['completion sh', 'expected bash, zsh, fish, found "sh"'],
  ['conformance', 'conformance needs an argument', 'DIR'],
];

describe('refuses', () => {
  for (const [args, ...says] of CASES) {
    it(`battbuild ${args}`, async () => {
      const { code, stdout, stderr } = await emptyWorkspace().run(...args.split(' '));
      for (const text of says) expect(stderr).toContain(text);
      expect(stdout).toBe('');
      expect(code).toBe(2);
    });
  }
});

describe('options before the command', () => {
  it('may be the name of a command themselves', async () => {
    const workspace = mirrorWorkspace();
    expect((await workspace.run('--cache', 'stats', 'build', '--out=o')).code).toBe(0);
    const { code, stdout } = await workspace.run(
      '--out',
      'o',
      '--format',
      'json',
      '--cache',
      'stats',
      'results',
    );
    expect(JSON.parse(stdout)).toHaveLength(4);
    expect(code).toBe(0);
  });
});

describe('an unknown task', () => {
  it('is named with the one that was meant', async () => {
    const { code, stderr } = await mirrorWorkspace().run('-i', 'miror');
    expect(stderr).toContain('there is no task "miror"');
    expect(stderr).toContain('did you mean "mirror"?');
    expect(code).toBe(2);
  });

  it('is refused by the commands that look at a task', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build();
    for (const args of [
      ['results', '-i', 'miror'],
      ['show', 'miror'],
      ['explain', 'miror'],
    ]) {
      const { code, stdout, stderr } = await workspace.run(...args);
      expect(stderr).toContain('did you mean "mirror"?');
      expect(stdout).toBe('');
      expect(code).toBe(2);
    }
  });
});

it('names the key and the file of a mistake in the config', async () => {
  const workspace = emptyWorkspace();
  workspace.write('config/battbuild.json', '{\n  "solver": "solvers"\n}\n');
  const { code, stderr } = await workspace.run();
  expect(stderr).toContain('config/battbuild.json:2:');
  expect(stderr).toContain('did you mean "solvers"?');
  expect(code).toBe(2);
});

describe('looking before anything was built', () => {
  for (const args of [['results'], ['stats'], ['show', 'mirror'], ['explain', 'mirror']]) {
    it(`is refused by ${args[0]}, and begins no store`, async () => {
      const workspace = mirrorWorkspace();
      const { code, stderr } = await workspace.run(...args);
      expect(stderr).toContain('battbuild build');
      expect(code).toBe(2);
      expect(() => workspace.read('cache/battbuild.db')).toThrow('ENOENT');
    });
  }
});
