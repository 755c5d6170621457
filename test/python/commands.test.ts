/** Every command with a workspace that has programs in Python: named by an option, or in the config. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emptyWorkspace, type TestWorkspace } from '../cli/rig.js';
import { watched } from '../cli/watch-process.js';

const MIRROR = 'def transform(grid):\n    return [row[::-1] for row in grid]\n';
/** Right for one of the demonstrations only. */
const NEAR = 'def p(g):\n    return [r[::-1] for r in g] if g[0][0] == 1 else g\n';
const LOOP = 'def main(g):\n    while True:\n        pass\n';
const UNBOUND =
  'def solve(grid):\n    if not grid:\n        biggest = 1\n    helper = lambda left: left\n    return helper(biggest)\n';
const UNBOUND_TOO =
  '# The same.\n\ndef solve_too(g):\n    if not g:\n        n = 1\n    f = lambda a: a\n    return f(n)\n';

/** With the task `mirror`: Python that solves it, nearly does, never ends and fails; a solver; and a differ. */
function pythonWorkspace(config = '{ "python": "programs", "python.events": 5000 }'): TestWorkspace {
  const workspace = emptyWorkspace();
  workspace.writeMirrorTask('mirror');
  workspace.write('config/battbuild.json', config);
  workspace.write('programs/mirror.py', MIRROR);
  workspace.write('programs/near.py', NEAR);
  workspace.write('programs/loop.py', LOOP);
  workspace.write('programs/unbound.py', UNBOUND);
  workspace.write('programs/unbound_too.py', UNBOUND_TOO);
  workspace.writeSolver('same.py', 'same', 'return I');
  return workspace;
}

/** Without the breaks that the width of a terminal makes. */
function oneLine(text: string): string {
  return text.replaceAll(/\n */g, ' ');
}

async function built(...options: readonly string[]): Promise<TestWorkspace> {
  const workspace = pythonWorkspace();
  const { code, stderr } = await workspace.run('build', '--quiet', ...options);
  expect([code, stderr]).toEqual([0, '']);
  return workspace;
}

it('every command that takes --solvers takes --python', async () => {
  const workspace = pythonWorkspace('{ "python.events": 5000 }');
  for (const command of [
    ['build'],
    ['results'],
    ['show', 'mirror'],
    ['explain', 'mirror'],
    ['graph'],
    ['report'],
    ['config'],
    ['submit', '--score'],
    ['verify', '--recompute', '100%'],
    ['card', '--per-task', '1'],
    ['evolve', '--rounds', '1', '--per-task', '1'],
  ]) {
    const { code } = await workspace.run(...command, '--python', 'programs');
    expect([command[0], code]).toEqual([command[0], 0]);
  }
  const help = await Promise.all(
    ['build', 'watch', 'results', 'show', 'submit', 'verify', 'evolve'].map((command) =>
      workspace.run(command, '--help'),
    ),
  );
  for (const { stdout } of help) {
    expect(stdout.includes('--python PATH')).toBe(stdout.includes('--solvers PATH'));
  }
}, 120_000);

it('results, show and the report say the names that stand in each file', async () => {
  const workspace = await built();
  const lines = await workspace.json<{ file: string; error: string; errorLine: number }>(
    'results',
    '--format',
    'jsonl',
  );
  const of = (file: string) => lines.find((line) => line.file === `programs/${file}`);
  const told = (name: string) =>
    `UnboundLocalError: cannot access local variable '${name}' where it is not associated with a value`;
  expect(of('unbound.py')).toMatchObject({ error: told('biggest'), errorLine: 5 });
  expect(of('unbound_too.py')).toMatchObject({ error: told('n'), errorLine: 7 });
  const { stdout: text } = await workspace.run('results', '--errors');
  expect(text).toContain(`error on 3 samples: ${told('biggest')} (line 5)`);
  const { stdout: shown } = await workspace.run('show', 'mirror', '--solver', 'solve');
  expect(oneLine(shown)).toContain(told('biggest'));
  expect(shown).toContain('    helper = lambda left: left');
  const { stdout: other } = await workspace.run('show', 'mirror', '--solver', 'solve_too');
  expect(oneLine(other)).toContain(told('n'));
  const { stdout: report } = await workspace.run('report', '--json');
  expect(report).toContain(`"${told('biggest')}","line":5`);
  expect(report).toContain('    helper = lambda left: left\\n');
  expect([text, shown, other, report].join()).not.toMatch(/\b_v\d/);
});

describe('after a build', () => {
  it('results ranks by the size of the source', async () => {
    const workspace = await built();
    const { stdout } = await workspace.run('results', '--sort', 'bytes');
    const rows = stdout.split('\n').filter((line) => line.includes('programs/'));
    expect(stdout).toContain('bytes');
    expect(rows.map((row) => /programs\/(\w+)/.exec(row)?.[1])).toEqual([
      'mirror',
      'near',
      'loop',
      'unbound',
    ]);
  });

  it('explain names what a cell depends on', async () => {
    const workspace = await built();
    const { stdout } = await workspace.run('explain', 'mirror/transform', '--inputs');
    expect(stdout).toContain('python.events: 5000');
    expect(stdout).toContain('primitive python.interpreter: ');
    expect(stdout).not.toContain('budget.cost');
    workspace.write('config/battbuild.json', '{ "python": "programs", "python.events": 6000 }');
    const { stderr: changed } = await workspace.run('build', '--quiet', '--explain');
    expect(changed).toContain('another budget: python.events 5000 -> 6000');
  });

  it('graph has the interpreter and the budget that a program has', async () => {
    const workspace = await built();
    const { stdout } = await workspace.run('graph', '--level', 'step', '--format', 'json');
    const { nodes, edges } = JSON.parse(stdout) as {
      nodes: { id: string; what: string }[];
      edges: { from: string; to: string }[];
    };
    const cell = 'validate mirror/transform demo 0';
    expect(nodes.map(({ id }) => id)).toContain(cell);
    const sources = edges.filter(({ to }) => to === cell).map(({ from }) => from);
    expect(sources.sort()).toEqual([
      'inline mirror/transform',
      'interpreter python.interpreter',
      'sample mirror demo 0',
      'setting python.events',
    ]);
  });

  it('stats and summaries count programs in Python', async () => {
    const workspace = await built();
    const { stdout } = await workspace.run('stats');
    expect(stdout).toMatch(/mirror\/main .*5,000 .*over the budget/);
    const summary = await workspace.build('--force');
    expect(summary).toMatchObject({ programs: 5, pythonPrograms: 4, solved: 1 });
  });

  it('submit writes what they return', async () => {
    const workspace = await built();
    const { code, stdout } = await workspace.run('submit', '--score', '--submission', 'submission.json');
    expect([code, stdout]).toEqual([0, expect.stringContaining('1')]);
    expect(JSON.parse(workspace.read('submission.json'))).toHaveProperty('mirror');
  });

  it('verify runs them again', async () => {
    const workspace = await built();
    const { code, stdout } = await workspace.run('verify', '--recompute', '100%');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\d+ steps run again\nnothing is wrong/);
  });

  it('publishes them as written, by cost', async () => {
    const workspace = await built();
    const folder = workspace.path('out/solver_dir/solve_mirror');
    const scores = readdirSync(folder).sort();
    expect(scores.at(-1)).toBe('3');
    const texts = readdirSync(workspace.path('out/solver_md5')).map((name) =>
      readFileSync(workspace.path(`out/solver_md5/${name}`), 'utf8'),
    );
    expect(texts).toContain(MIRROR);
    expect(texts).toContain(NEAR);
  });
});

it.each([
  ['--early-stop', ['near', 'loop', 'unbound']],
  ['--until-solved', []],
])('%s leaves out what need not run, and the next build makes up for it', async (option, stopped) => {
  const workspace = await built(option);
  const skipped = async () => {
    const lines = await workspace.json<{ file: string; status: string }>('results', '--format', 'jsonl');
    return new Set(
      lines.filter(({ status }) => status === 'skipped').map(({ file }) => /(\w+)\.py/.exec(file)?.[1]),
    );
  };
  const found = await skipped();
  for (const name of stopped) expect(found).toContain(name);
  expect((await workspace.build())['cellsRun'] === 0).toBe(found.size === 0);
  expect((await skipped()).size).toBe(0);
});

it('watch builds what is edited, and says what that changed', async () => {
  const watch = await watched(pythonWorkspace());
  const { workspace } = watch;
  workspace.write('programs/mirror.py', MIRROR.replace('[::-1]', '[:]'));
  expect(await watch.results()).toMatchObject({ compared: true, lost: ['mirror'] });
  workspace.write('programs/mirror.py', MIRROR);
  expect(await watch.results()).toMatchObject({ compared: true, solved: ['mirror'] });
  // A broken file costs itself, and is told.
  workspace.write('programs/mirror.py', 'def transform(grid):\n    return [\n');
  const lines = await watch.until(({ type }) => type === 'results');
  expect(lines.find(({ type }) => type === 'diagnostic')).toMatchObject({ diagnostic: { code: 'PY001' } });
  expect(watch.stderr).toBe('');
});

it('card and evolve say that they do not breed Python', async () => {
  const workspace = await built();
  const said = 'programs in Python are not bred; they are judged beside what is bred';
  expect((await workspace.run('card', '--per-task', '2')).stderr).toContain(said);
  const evolved = await workspace.run('evolve', '--rounds', '1', '--per-task', '2');
  expect([evolved.code, evolved.stderr]).toEqual([0, expect.stringContaining(said)]);
  const plain = emptyWorkspace();
  plain.writeMirrorTask('mirror');
  plain.writeSolver('same.py', 'same', 'return I');
  expect((await plain.run('card', '--per-task', '2')).stderr).not.toContain('Python');
});

it('a workspace without Python loads nothing of it', async () => {
  const workspace = emptyWorkspace();
  workspace.writeMirrorTask('mirror');
  workspace.writeSolver('same.py', 'same', 'return I');
  const loaded = async (name: string) => {
    const folder = workspace.path(`coverage-${name}`);
    mkdirSync(folder);
    await workspace.runWith({ NODE_V8_COVERAGE: folder }, 'build', '--quiet');
    return readdirSync(folder).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as {
        result: { url: string }[];
      };
      return result.map(({ url }) => url).filter((url) => url.includes('interpreter'));
    });
  };
  expect(await loaded('without')).toEqual([]);
  workspace.write('config/battbuild.json', '{ "python": "programs" }');
  workspace.write('programs/mirror.py', MIRROR);
  expect(await loaded('with')).not.toEqual([]);
});
