/** Builds that do not finish: stopped, killed, or with lost workers. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAMPLE, exampleWorkspace, MIRRORED, RECOLORED, task } from './example.js';
import { type Built, buildIn, LATER, linesOf, recordedIn, treeOf, writeFiles } from './rig.js';

/** Builds, and stops the build at the first event of a type. */
async function buildUntil(
  root: string,
  type: Built['events'][number]['type'],
  phase?: string,
): Promise<Built> {
  const stop = new AbortController();
  return buildIn(root, {
    world: LATER,
    signal: stop.signal,
    watch: (event) => {
      if (event.type === type && (phase === undefined || ('phase' in event && event.phase === phase)))
        stop.abort();
    },
  });
}

/** The records and published files; equal for equal inputs, whatever happened before. */
function stateOf(root: string) {
  return { results: recordedIn(root), tree: linesOf(treeOf(join(root, 'out'))) };
}

async function cleanState(root: string) {
  const flags = { cache: join(root, '../clean-cache'), out: join(root, '../clean-out') };
  await buildIn(root, { flags });
  return { results: recordedIn(root, flags), tree: linesOf(treeOf(flags.out)) };
}

describe('a build that is told to stop', () => {
  it('keeps the batches that have finished, and the next build runs the others', async () => {
    const root = exampleWorkspace();
    const stopped = await buildUntil(root, 'ran', 'validate');
    expect(stopped.summary.interrupted).toBe(true);
    const finished = Object.keys(stopped.ran);
    for (const phase of ['load', 'inline', 'validate'])
      expect(finished.some((step) => step.startsWith(`${phase} `))).toBe(true);
    const next = await buildIn(root, { world: LATER });
    expect(next.summary.interrupted).toBe(false);
    for (const step of finished) expect(next.ran).not.toHaveProperty([step]);
    expect(stateOf(root)).toEqual(await cleanState(root));
  });

  it('before it begins does nothing but say so', async () => {
    const root = exampleWorkspace();
    const { summary, ran } = await buildIn(root, { signal: AbortSignal.abort() });
    expect(summary).toMatchObject({ interrupted: true, tasks: 0, cellsRun: 0 });
    expect(ran).toEqual({});
    await buildIn(root);
    expect(stateOf(root)).toEqual(await cleanState(root));
  });

  it('while it loads is built by the next', async () => {
    const root = exampleWorkspace();
    const { summary } = await buildUntil(root, 'ran', 'load');
    expect(summary).toMatchObject({ interrupted: true, tasks: 0 });
    await buildIn(root);
    expect(stateOf(root)).toEqual(await cleanState(root));
  });

  it('leaves no result of an edit that is taken back before the next', async () => {
    // More tasks than a build runs at once.
    const more = Array.from({ length: 20 }, (_, k) => [
      `tasks/cccc00${10 + k}.json`,
      EXAMPLE[`tasks/${MIRRORED}.json`],
    ]);
    // Files are placed when all results are there: without them, tasks end before others begin.
    const config = { 'config/battbuild.json': '{"publish": {"enabled": false}, "jobs": 1}' };
    const root = exampleWorkspace({ ...Object.fromEntries(more), ...config });
    await buildIn(root, { world: LATER });
    const before = stateOf(root);
    writeFiles(root, { 'solvers/any.py': 'def example(I):\n    return hmirror(I)\n' });
    const stopped = await buildUntil(root, 'task-finished');
    expect(stopped.summary.interrupted).toBe(true);
    expect(stateOf(root)).not.toEqual(before);
    writeFiles(root, { 'solvers/any.py': EXAMPLE['solvers/any.py'] });
    const { ran } = await buildIn(root, { world: LATER });
    expect(ran).toEqual({});
    expect(stateOf(root)).toEqual(before);
  });

  it('when only files are left to place has placed them', async () => {
    const root = exampleWorkspace();
    const { summary } = await buildUntil(root, 'placing');
    expect(summary).toMatchObject({ interrupted: false, solved: 2, published: 9 });
    expect(stateOf(root)).toEqual(await cleanState(root));
    expect((await buildIn(root, { world: LATER })).ran).toEqual({});
  });

  it('leaves nothing published of a task that comes back before the next', async () => {
    const root = exampleWorkspace();
    await buildIn(root, { world: LATER });
    const before = stateOf(root);
    const name = `tasks/${MIRRORED}.json`;
    writeFiles(root, { [name]: '{', 'solvers/any.py': 'def example(I):\n    return hmirror(I)\n' });
    await buildUntil(root, 'planned');
    writeFiles(root, { [name]: EXAMPLE[name], 'solvers/any.py': EXAMPLE['solvers/any.py'] });
    await buildIn(root, { world: LATER });
    expect(stateOf(root)).toEqual(before);
  });
});

describe('a worker that is lost', () => {
  const workerUrl = new URL('./fixtures/dying-worker.mjs', import.meta.url);
  const dying = { workerUrl, mainThreadCells: 0 };

  it('costs the cell that it was at and no other, and the next build runs that cell again', async () => {
    const root = exampleWorkspace({
      [`tasks/${RECOLORED}.json`]: task(
        [{ input: [[1]], output: [[2]] }],
        [{ input: [[9, 1]], output: [[9, 2]] }],
      ),
    });
    const lost = await buildIn(root, { world: { ...LATER, ...dying } });
    const [{ programs }] = recordedIn(root);
    for (const { outcomes } of programs)
      expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'crashed']);
    expect(lost.events.some(({ type }) => type === 'worker-lost')).toBe(true);
    expect(lost.summary).toMatchObject({ solved: 1, partly: 1 });

    const mended = await buildIn(root, { world: LATER });
    expect(mended.ran).toEqual({ [`validate ${RECOLORED}`]: 3, [`score ${RECOLORED}`]: 3 });
    expect(mended.summary.solved).toBe(2);
    expect(stateOf(root)).toEqual(await cleanState(root));
    expect((await buildIn(root, { world: LATER })).ran).toEqual({});
  });

  it('since it hung costs the same', async () => {
    const root = exampleWorkspace({
      [`tasks/${RECOLORED}.json`]: task(
        [{ input: [[1]], output: [[2]] }],
        [{ input: [[8, 1]], output: [[8, 2]] }],
      ),
      'solvers/recolor.py': `def solve_${RECOLORED}(I):\n    return replace(I, 1, 2)\n`,
      'solvers/any.py': '',
    });
    await buildIn(root, { flags: { timeout: '0.2' }, world: { ...LATER, ...dying } });
    const [{ programs }] = recordedIn(root);
    expect(programs.map(({ outcomes }) => outcomes.map(({ status }) => status))).toEqual([['ok', 'timeout']]);
    const mended = await buildIn(root, { world: LATER });
    expect(mended.ran).toEqual({ [`validate ${RECOLORED}`]: 1, [`score ${RECOLORED}`]: 1 });
    expect(stateOf(root)).toEqual(await cleanState(root));
  });

  it('while it publishes costs nothing: what it had not done is done without it', async () => {
    const placer = { workerUrl: new URL('./fixtures/dying-placer.mjs', import.meta.url), mainThreadCells: 0 };
    const root = exampleWorkspace();
    const { diagnostics, events } = await buildIn(root, { world: { ...LATER, ...placer } });
    expect(diagnostics).toEqual([]);
    const placed = events.flatMap((event) =>
      event.type === 'worked' && event.what === 'files' ? [event] : [],
    );
    expect(new Set(placed.map(({ slot }) => slot))).toEqual(new Set([null]));
    expect(stateOf(root)).toEqual(await cleanState(root));
    expect((await buildIn(root, { world: LATER })).ran).toEqual({});
  });

  it('is said again by the next build that loses it', async () => {
    const root = exampleWorkspace({
      [`tasks/${RECOLORED}.json`]: task(
        [{ input: [[1]], output: [[2]] }],
        [{ input: [[9, 1]], output: [[9, 2]] }],
      ),
    });
    await buildIn(root, { world: { ...LATER, ...dying } });
    const again = await buildIn(root, { world: { ...LATER, ...dying } });
    expect(again.ran).toMatchObject({ [`validate ${RECOLORED}`]: 3 });
    expect(again.events.some(({ type }) => type === 'worker-lost')).toBe(true);
  });
});
