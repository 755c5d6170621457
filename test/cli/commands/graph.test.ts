/** The command `graph`. */
import { expect, it } from 'vitest';
import type { Graph } from '../../../src/build/graph/graph.js';
import { mirrorWorkspace } from '../rig.js';

it('prints the graph of what is selected, in every format', async () => {
  const workspace = mirrorWorkspace();
  await workspace.build();
  const { code, stdout, stderr } = await workspace.run('graph', '-i', 'mirror');
  expect(stdout).toMatch(/^1 task, 17 steps: 17 hits$/m);
  expect(stdout).toMatch(/^validate +mirror\/turn_all test 0 +hit$/m);
  expect(stdout).toMatch(/^published file +out\/solver_md5\/[0-9a-f]{32}\.py$/m);
  expect([code, stderr]).toEqual([0, '']);
  const [graph] = await workspace.json<Graph>('graph', '--format', 'json', '--level', 'phase');
  expect(graph).toMatchObject({ level: 'phase', tasks: 1 });
  expect(graph.nodes.find(({ id }) => id === 'validate mirror')).toEqual({
    id: 'validate mirror',
    kind: 'step',
    what: 'validate',
    name: 'mirror',
    task: 'mirror',
    detail: '',
    steps: { hits: 9, misses: 0, unknown: 0 },
  });
  expect((await workspace.run('graph', '--format', 'dot')).stdout).toMatch(
    /^digraph battbuild \{\n[\s\S]*\n\}\n$/,
  );
  expect((await workspace.run('graph', '--format', 'mermaid')).stdout).toMatch(/^flowchart LR\n/);
});

it('--why says every arrow of a path in words, or that there is none', async () => {
  const workspace = mirrorWorkspace();
  await workspace.build();
  const why = await workspace.run('graph', '--why', 'solvers/mirror.py', 'mirror');
  expect(why).toEqual({
    code: 0,
    stdout: [
      'solver file solvers/mirror.py',
      '    is read by',
      'load solvers/mirror.py',
      '    gives its functions to',
      'filter mirror',
      '    gives a distinct program to',
      'inline mirror/turn_rows',
      '    gives the program and what it can reach to',
      'validate mirror/turn_rows demo 0',
      '    gives the outcome to',
      'score mirror/turn_rows',
      '    is a part of',
      'result mirror',
      '',
    ].join('\n'),
    stderr: '',
  });
  expect(await workspace.run('graph', '--why', 'mirror', 'vmirror')).toEqual({
    code: 1,
    stdout: '',
    stderr: '"vmirror" does not depend on "mirror"\n    but "mirror" depends on "vmirror"\n',
  });
  expect(await workspace.run('graph', '--why', 'vmiror', 'mirror')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: nothing here is called "vmiror"\n    did you mean "vmirror"?\n',
  });
  const [{ path }] = await workspace.json<{ path: Graph }>(
    'graph',
    '--why',
    'vmirror',
    'mirror',
    '--format',
    'json',
  );
  expect(path.edges).toHaveLength(path.nodes.length - 1);
});

it('knows its formats, levels and tasks, and begins no store', async () => {
  const workspace = mirrorWorkspace();
  expect((await workspace.run('graph', '--format', 'png')).stderr).toContain(
    'expected text, dot, mermaid or json',
  );
  expect((await workspace.run('graph', '--level', 'steps')).stderr).toContain(
    'expected workspace, task, phase or step',
  );
  expect((await workspace.run('graph', '-i', 'miror')).stderr).toContain('did you mean "mirror"?');
  const unbuilt = await workspace.run('graph');
  expect(unbuilt.stdout).toMatch(/^1 task, \d+ steps: 0 hits, \d+ misses, \d+ unknown$/m);
  expect(() => workspace.read('cache/battbuild.db')).toThrow('ENOENT');
});
