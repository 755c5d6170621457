/** The graph of a build: the same steps as in `explain`, meaningful labels on arrows, and levels that summarize. */
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainTask } from '../../../src/build/explain/explain.js';
import { WorkspaceInputs } from '../../../src/build/explain/workspace-inputs.js';
import { type Graph, GraphBuilder, type Level, pathBetween, sumOf } from '../../../src/build/graph/graph.js';
import { findPath } from '../../../src/build/graph/path.js';
import { graphOf } from '../../../src/build/graph/workspace-graph.js';
import { ALL_TASKS } from '../../../src/build/options.js';
import { Store } from '../../../src/store/store.js';
import { nodeFileSystem } from '../../../src/workspace/node-file-system.js';
import { EXAMPLE, exampleWorkspace, MIRRORED, RECOLORED } from '../example.js';
import { buildIn, LATER, treeOf, workspaceOf, writeFiles } from '../rig.js';

const DIFFER = { 'differs/same.py': 'def same(S, I, C):\n    return astuple(size(I), 0)\n' };

async function builtWorkspace(files: Readonly<Record<string, string>> = DIFFER): Promise<string> {
  const root = exampleWorkspace(files);
  await buildIn(root, { world: LATER });
  return root;
}

/** Reads a workspace like the command `graph`. */
async function looking<Value>(
  root: string,
  look: (inputs: WorkspaceInputs) => Promise<Value>,
): Promise<Value> {
  const workspace = workspaceOf(root);
  const store = Store.openIfThere(workspace.cache.path, () => new Date());
  try {
    return await look(await WorkspaceInputs.read(store, workspace, [ALL_TASKS], nodeFileSystem, Date.now));
  } finally {
    store.close();
  }
}

const graphIn = (root: string, ids: readonly string[], level: Level | null) =>
  looking(root, (inputs) => graphOf(inputs, ids, level));

const pathIn = async (
  root: string,
  from: string,
  to: string,
  ids: readonly string[] = [RECOLORED, MIRRORED],
) => {
  const found = await looking(root, (inputs) => findPath(inputs, ids, from, to));
  return found.kind === 'path' ? found.nodes.map(({ what, name }) => `${what} ${name}`) : found;
};

const stepsIn = (graph: Graph) => sumOf(graph.nodes.flatMap(({ steps }) => (steps === null ? [] : [steps])));

describe('a task in full', () => {
  it('has every step that explain has, and says the same of it', async () => {
    const root = await builtWorkspace();
    writeFiles(root, { 'solvers/any.py': 'def example(S, I, C):\n    return first(first(S))\n' });
    const explained = await looking(root, async (inputs) => {
      return [...explainTask(await inputs.task(RECOLORED), null, nodeFileSystem).steps];
    });
    const graph = await graphIn(root, [RECOLORED], 'step');
    const states = graph.nodes.flatMap(({ what, name, steps }) => {
      if (steps === null || name.startsWith('differs/')) return [];
      return [`${what} ${steps.hits > 0 ? 'hit' : steps.misses > 0 ? 'miss' : 'unknown'}`];
    });
    expect(states.sort()).toEqual(explained.map(({ phase, state }) => `${phase} ${state}`).sort());
    expect(stepsIn(graph).misses).toBeGreaterThan(0);
    expect(stepsIn(graph).unknown).toBeGreaterThan(0);
  });

  it('has every published file of the task', async () => {
    const root = await builtWorkspace();
    const graph = await graphIn(root, [RECOLORED, MIRRORED], 'step');
    const published = graph.nodes.filter(({ what }) => what === 'published file').map(({ name }) => name);
    expect(published.sort()).toEqual([...treeOf(join(root, 'out')).keys()].map((name) => `out/${name}`));
  });

  it('leads from every input to an output, and to every output from an input; never in a circle', async () => {
    const graph = await graphIn(await builtWorkspace(), [RECOLORED, MIRRORED], 'step');
    const outputs = graph.nodes.filter(({ kind }) => kind === 'output');
    const inputs = graph.nodes.filter(({ kind }) => kind === 'input');
    const leads = (from: string, to: string) => (pathBetween(graph, from, to)?.length ?? 0) > 0;
    for (const input of inputs)
      expect([input.id, outputs.some(({ id }) => leads(input.id, id))]).toEqual([input.id, true]);
    for (const output of outputs)
      expect([output.id, inputs.some(({ id }) => leads(id, output.id))]).toEqual([output.id, true]);
    for (const { from, to } of graph.edges) expect(leads(to, from)).toBe(false);
  });

  it('is the same every time', async () => {
    const root = await builtWorkspace();
    const graph = await graphIn(root, [RECOLORED, MIRRORED], 'step');
    expect(await graphIn(root, [RECOLORED, MIRRORED], 'step')).toEqual(graph);
    expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(graph.nodes.length);
  });

  it('can be had before anything was built, when no step is in the store', async () => {
    const root = exampleWorkspace();
    const graph = await graphIn(root, [MIRRORED], null);
    expect(graph.level).toBe('step');
    expect(stepsIn(graph)).toMatchObject({ hits: 0 });
    expect(treeOf(root).has('cache/battbuild.db')).toBe(false);
  });

  it('tells programs of one name apart', async () => {
    const other = { [`solvers/${MIRRORED}/b.py`]: 'def mirror(I):\n    return hmirror(I)\n' };
    const graph = await graphIn(await builtWorkspace(other), [MIRRORED], 'step');
    const inlined = graph.nodes.filter(({ what }) => what === 'inline').map(({ name }) => name);
    expect(inlined.sort()).toEqual([
      `${MIRRORED}/example`,
      `${MIRRORED}/mirror (solvers/${MIRRORED}/a.py)`,
      `${MIRRORED}/mirror (solvers/${MIRRORED}/b.py)`,
    ]);
    expect(stepsIn(graph)).toMatchObject({ misses: 0, unknown: 0 });
  });
});

describe('a path', () => {
  it('leads from a solver file to the text that is published of its program', async () => {
    const root = await builtWorkspace();
    const graph = await graphIn(root, [MIRRORED], 'step');
    const inline = `inline ${MIRRORED}/mirror`;
    const text =
      graph.edges.find(({ from, arrow }) => from === inline && arrow === 'gives the text of')?.to ?? '';
    expect(text).toMatch(/^published solver_md5\/[0-9a-f]{32}\.py$/);
    const file = text.slice('published '.length);
    const path = [
      `solver file solvers/${MIRRORED}/a.py`,
      `load solvers/${MIRRORED}/a.py`,
      `filter ${MIRRORED}`,
      inline,
      `published file out/${file}`,
    ];
    // A published file is named by its path, with or without the output folder, and by its digest.
    for (const name of [`out/${file}`, file, file.slice('solver_md5/'.length, -'.py'.length)]) {
      expect(await pathIn(root, `solvers/${MIRRORED}/a.py`, name)).toEqual(path);
    }
  });

  it('leads from primitives, settings, samples, task files and differs to results and steps', async () => {
    const root = await builtWorkspace();
    const cell = `validate ${MIRRORED}/mirror demo 0`;
    const score = `score ${MIRRORED}/mirror`;
    expect(await pathIn(root, 'vmirror', MIRRORED)).toEqual([
      `primitive vmirror`,
      cell,
      score,
      `result ${MIRRORED}`,
    ]);
    expect(await pathIn(root, 'budget.cost', `validate mirror test 0`)).toEqual([
      'setting budget.cost',
      `validate ${MIRRORED}/mirror test 0`,
    ]);
    expect(await pathIn(root, `${MIRRORED} demo 0`, 'mirror')).toEqual([
      `sample ${MIRRORED} demo 0`,
      score,
      `result ${MIRRORED}/mirror`,
    ]);
    expect(await pathIn(root, `tasks/${MIRRORED}.json`, cell)).toEqual([
      `task file tasks/${MIRRORED}.json`,
      `sample ${MIRRORED} demo 0`,
      cell,
    ]);
    expect(await pathIn(root, 'same', 'mirror')).toEqual([
      'load differs/same.py',
      score,
      `result ${MIRRORED}/mirror`,
    ]);
    expect(await pathIn(root, 'publish.keep', MIRRORED)).toEqual([
      'setting publish.keep',
      `publish ${MIRRORED}`,
    ]);
  });

  it('says where the config sets something', async () => {
    const root = await builtWorkspace({ 'config/battbuild.json': '{"budget": {"cost": 99999}}' });
    expect(await pathIn(root, 'config/battbuild.json', `validate mirror demo 0`)).toEqual([
      'config file config/battbuild.json',
      'setting budget.cost',
      `validate ${MIRRORED}/mirror demo 0`,
    ]);
  });

  it('is none where there is none, be it the other way round, and knows what was meant', async () => {
    const root = await builtWorkspace();
    expect(await pathIn(root, 'vmirror', RECOLORED, [RECOLORED, MIRRORED])).toEqual({
      kind: 'none',
      reversed: false,
    });
    expect(await pathIn(root, MIRRORED, 'vmirror')).toEqual({ kind: 'none', reversed: true });
    expect(await pathIn(root, 'vmiror', MIRRORED)).toEqual({
      kind: 'unknown',
      name: 'vmiror',
      suggestion: 'vmirror',
    });
  });

  it('is as short as any, and each arrow begins where the last one ended', () => {
    const pairs = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 25 });
    fc.assert(
      fc.property(pairs, fc.nat(9), fc.nat(9), (arrows, from, to) => {
        const builder = new GraphBuilder();
        for (let k = 0; k < 10; k++) builder.add({ id: `${k}`, kind: 'step', what: 'step', name: `${k}` });
        for (const [a, b] of arrows) builder.connect(`${a}`, 'to', `${b}`);
        const path = pathBetween(builder.graph('step', 1), `${from}`, `${to}`);
        // Lengths of paths by number of arrows, one more in each round.
        let reached = new Set([from]);
        let length = 0;
        while (!reached.has(to) && length < 10) {
          reached = new Set([...reached, ...arrows.filter(([a]) => reached.has(a)).map(([, b]) => b)]);
          length++;
        }
        expect(path?.length ?? null).toBe(reached.has(to) ? length : null);
        const at = path?.reduce((last, edge) => (edge.from === last ? edge.to : 'broken'), `${from}`);
        if (path !== null) expect(at).toBe(`${to}`);
      }),
    );
  });
});

describe('levels', () => {
  it('count the same steps', async () => {
    const root = await builtWorkspace();
    const ids = [RECOLORED, MIRRORED];
    const full = stepsIn(await graphIn(root, ids, 'step'));
    expect(stepsIn(await graphIn(root, ids, 'phase'))).toEqual(full);
    expect(stepsIn(await graphIn(root, ids, 'workspace'))).toEqual(full);
    // Files are loaded for all tasks together, so this level has no node for loading.
    const loads = Object.keys(EXAMPLE).filter((name) => name.startsWith('solvers/')).length + 1;
    expect(stepsIn(await graphIn(root, ids, 'task'))).toEqual({ ...full, hits: full.hits - loads });
  });

  it('count what would run, task by task, and what depends on it', async () => {
    const root = await builtWorkspace();
    writeFiles(root, { [`solvers/${MIRRORED}/a.py`]: 'def mirror(I):\n    return hmirror(I)\n' });
    const { nodes } = await graphIn(root, [RECOLORED, MIRRORED], 'phase');
    const of = (id: string) => nodes.find((node) => node.id === id)?.steps;
    expect(of('load')).toEqual({ hits: 3, misses: 1, unknown: 0 });
    expect(of(`validate ${RECOLORED}`)).toEqual({ hits: 9, misses: 0, unknown: 0 });
    expect(of(`validate ${MIRRORED}`)).toEqual({ hits: 2, misses: 2, unknown: 0 });
    expect(of(`score ${MIRRORED}`)).toEqual({ hits: 1, misses: 0, unknown: 1 });
    expect(of(`publish ${MIRRORED}`)).toEqual({ hits: 0, misses: 0, unknown: 1 });
    unlinkSync(join(root, `solvers/${MIRRORED}/a.py`));
    const fewer = await graphIn(root, [MIRRORED], 'task');
    expect(fewer.nodes.find(({ id }) => id === `task ${MIRRORED}`)).toMatchObject({ detail: '1 candidate' });
  });

  it('get coarser as there is more to show', async () => {
    const task = EXAMPLE[`tasks/${MIRRORED}.json`];
    const tasks = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, k) => [`tasks/more${100 + k}.json`, task]));
    const levelOf = async (count: number) => {
      const root = exampleWorkspace(tasks(count));
      return looking(root, async (inputs) => (await graphOf(inputs, inputs.ids, null)).level);
    };
    expect(await levelOf(0)).toBe('step');
    expect(await levelOf(6)).toBe('phase');
    expect(await levelOf(30)).toBe('task');
    expect(await levelOf(80)).toBe('workspace');
  });
});
