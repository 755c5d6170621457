/**
 * The whole program on the Node that runs the tests, and on those in BATTBUILD_TEST_NODES (paths, separated as in
 * PATH): nothing aborts, there are no foreign messages, and all give the same bytes.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_NAMES, type CommandName } from '../../src/cli/commands.js';
import { linesOf, treeOf } from '../build/rig.js';
import { type Ended, outputOf } from '../child-output.js';
import { MAIN } from '../cli/rig.js';
import { stepsIn, writeInputs } from '../determinism/inputs.js';
import { plainEnvironment } from '../environment.js';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** Collects garbage at the end, when no JavaScript is left to run: then finalizers of addons have aborted before. */
const COLLECTED = fileURLToPath(new URL('fixtures/collected-at-exit.cjs', import.meta.url));

const further = (process.env['BATTBUILD_TEST_NODES'] ?? '').split(delimiter).filter((path) => path !== '');
const nodes = [process.execPath, ...further].map((path) => ({
  path,
  version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim(),
}));

let root = '';
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'battbuild-nodes-')));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The demo workspace in a separate folder, not yet built. */
function demo(name: string): string {
  const folder = join(root, name);
  for (const part of ['config', 'tasks', 'solvers', 'differs']) {
    cpSync(join(EXAMPLES, part), join(folder, part), { recursive: true });
  }
  return folder;
}

const NOT_OURS = /\(node:\d+\)|Warning|Assertion|FATAL|^\s+at .*:\d+/m;

/** How each command is run, with its documented exit code. */
const COMMAND_LINES: Readonly<Record<Exclude<CommandName, 'watch' | 'clean' | 'worker'>, readonly string[]>> =
  {
    build: ['--timing', '-i', 'halo'],
    results: ['-i', 'clockwork'],
    show: ['clockwork'],
    compare: ['1'],
    graph: ['--format', 'json'],
    explain: ['clockwork'],
    stats: [],
    report: ['--output', 'report.html'],
    card: ['-i', 'clockwork', '--per-task', '3', '--into', 'candidates'],
    evolve: ['-i', 'clockwork', '--rounds', '2', '--out', 'evolved'],
    submit: ['--submission', 'submission.json', '--score'],
    verify: ['--recompute', '5%'],
    gc: [],
    config: [],
    init: ['begun'],
    completion: ['bash'],
    conformance: ['vectors'],
  };

describe.each(nodes)('on Node $version', ({ path, version }) => {
  let folder = '';

  function start(args: readonly string[], flags: readonly string[] = []) {
    return spawn(path, [...flags, MAIN, ...args], { cwd: folder, env: plainEnvironment() });
  }

  async function run(...args: readonly string[]): Promise<Ended> {
    const ended = await outputOf(start(args));
    expect(ended.stderr).not.toMatch(NOT_OURS);
    return ended;
  }

  beforeAll(() => {
    folder = demo(version);
    // A few vectors written for this test.
    mkdirSync(join(folder, 'vectors'));
    writeFileSync(
      join(folder, 'vectors/add.jsonl'),
      `${JSON.stringify({ fn: 'add', args: [1, 2], out: 3 })}\n`,
    );
  });

  it('the demo is built, and the second time nothing is executed', async () => {
    const first = await run('build');
    expect(first.code, first.stderr).toBe(0);
    const second = await run('build');
    expect(second).toMatchObject({ code: 0 });
    expect(second.stdout).toContain('no cell executed');
  });

  it.each(Object.entries(COMMAND_LINES))('%s ends as documented', async (name, args) => {
    const { code, stdout, stderr } = await run(name, ...args);
    expect(code, stdout + stderr).toBe(0);
  });

  it('has a line here for every command', () => {
    expect([...Object.keys(COMMAND_LINES), 'watch', 'clean', 'worker'].sort()).toEqual(
      [...COMMAND_NAMES].sort(),
    );
  });

  it('watch builds what is edited', async () => {
    const child = start(['watch', '--json', '-i', 'halo']);
    let printed = '';
    let builds = 0;
    child.stdout.on('data', (data) => {
      printed += data;
      const done = printed.split('"type":"waiting"').length - 1;
      if (done === builds) return;
      builds = done;
      if (builds === 1) {
        writeFileSync(
          join(folder, 'solvers/edited.py'),
          'def solve_halo_0000abcd(I):\n    return hmirror(I)\n',
        );
      } else child.kill('SIGINT');
    });
    const { code, stderr } = await outputOf(child);
    expect(stderr).not.toMatch(NOT_OURS);
    expect(code).toBe(0);
    expect(printed).toContain('edited.py');
    rmSync(join(folder, 'solvers/edited.py'));
  });

  it('loses a worker, and says which cell timed out', async () => {
    const lines = ['x1 = power(increment, 30000)', 'x2 = power(x1, 30000)', 'return canvas(x2(0), UNITY)'];
    const text = `def solve_halo_0000dead(I):\n${lines.map((line) => `    ${line}\n`).join('')}`;
    writeFileSync(join(folder, 'solvers/lost.py'), text);
    const limits = ['--budget', '1000000000000', '--timeout', '1'];
    const { code, stdout } = await run('build', '-i', 'halo', '--out', 'elsewhere', ...limits);
    rmSync(join(folder, 'solvers/lost.py'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/outcomes: .*\d timeout/);
  });

  it.each(['build', 'stats', 'results', 'verify', 'gc', 'show clockwork', 'explain --last'])(
    '%s survives a collection at its very end',
    async (line) => {
      const child = start(line.split(' '), ['--expose-gc', '--require', COLLECTED]);
      const { code, stderr } = await outputOf(child);
      expect({ code, stderr: stderr.match(NOT_OURS) }, stderr).toEqual({ code: 0, stderr: null });
    },
  );

  it('stats ends well fifty times in a row', async () => {
    for (let k = 0; k < 50; k++) expect((await run('stats')).code).toBe(0);
  });

  it('clean removes what was written', async () => {
    expect((await run('clean')).code).toBe(0);
  });
});

describe.runIf(nodes.length > 1)('every Node', () => {
  interface Outcome {
    readonly published: readonly string[];
    readonly results: string;
    readonly ranking: string;
    readonly steps: readonly string[];
    readonly evolved: readonly string[];
  }

  async function outcomeOf(node: string, folder: string): Promise<Outcome> {
    const run = (...args: readonly string[]) =>
      outputOf(spawn(node, [MAIN, ...args], { cwd: folder, env: plainEnvironment() }));
    await run('build', '--quiet');
    const evolution = ['-c', '3', '--rounds', '2', '--seed', '1', '--cache', 'other', '--out', 'evolved'];
    await run('evolve', ...evolution);
    return {
      published: linesOf(treeOf(join(folder, 'out'))),
      results: (await run('results', '--format', 'jsonl', '--outputs')).stdout,
      ranking: (await run('results', '--format', 'json')).stdout,
      steps: stepsIn(join(folder, 'cache')),
      evolved: linesOf(treeOf(join(folder, 'evolved'))),
    };
  }

  it.each(['the demo', 'inputs of many scripts'])(
    'publishes, stores and says the same of %s',
    async (name) => {
      const outcomes = [];
      for (const { path, version } of nodes) {
        const folder = name === 'the demo' ? demo(`same-${version}`) : join(root, `scripts-${version}`);
        if (name !== 'the demo') writeInputs(folder);
        outcomes.push(await outcomeOf(path, folder));
      }
      expect(outcomes[0].published.length).toBeGreaterThan(40);
      for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    },
  );
});

it('is the Node that the lock file pins, or one that was named', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly engines: { readonly node: string };
  };
  const [, needed] = manifest.engines.node.split('>=');
  for (const { version } of nodes) {
    expect(Number.parseFloat(version.slice(1))).toBeGreaterThanOrEqual(Number.parseFloat(needed));
  }
});
