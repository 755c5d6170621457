/**
 * Tasks with many samples: a command decodes what it shows, and not more of a task with four times as many samples.
 */

import { rmSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { decoded } from '../../bench/reliability/decoded.js';
import { makeManySamples } from '../../bench/workspace/many-samples.js';
import { explainTask } from '../../src/build/explain/explain.js';
import { readTaskInputs } from '../../src/build/explain/task-inputs.js';
import { LastBuild } from '../../src/build/last-build.js';
import { ALL_TASKS } from '../../src/build/options.js';
import { listedResults } from '../../src/cli/queries/result-selection.js';
import { pictureOf } from '../../src/cli/queries/sample-pictures.js';
import { explanationLines } from '../../src/cli/render/build/explanation.js';
import { taskTexts } from '../../src/cli/render/results/results-text.js';
import { Style } from '../../src/cli/render/style.js';
import { ByteReader } from '../../src/encoding/bytes.js';
import { hotSpotsOf } from '../../src/report/hot-spots.js';
import { SolverSources } from '../../src/report/task/solver-sources.js';
import { taskHead } from '../../src/report/task/task-report.js';
import { TaskSamples } from '../../src/report/task/task-samples.js';
import { submissionOf } from '../../src/search/submission/submission.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { buildIn, temporaryFolder, workspaceOf } from '../build/rig.js';

const PROGRAMS = 5;

async function built(samples: number): Promise<string> {
  const root = temporaryFolder();
  rmSync(root, { recursive: true });
  makeManySamples(root, { tasks: 1, samples, programs: PROGRAMS });
  await buildIn(root);
  return root;
}

/** What commands show of the last build, and the number of digests that each decoded. */
function shownOf(root: string) {
  const workspace = workspaceOf(root);
  const recorded = LastBuild.open(workspace, ALL_TASKS) as LastBuild;
  const decoding = vi.spyOn(ByteReader.prototype, 'latin1');
  const style = new Style(1);
  const counted = <Value>(show: () => Value) => {
    decoding.mockClear();
    const shown = show();
    return { shown, decoded: decoding.mock.calls.length };
  };
  try {
    const samples = () => new TaskSamples(workspace, nodeFileSystem);
    const listing = { unsolved: false, errors: false, top: null, order: 'task' } as const;
    const sources = new SolverSources(root, recorded, nodeFileSystem);
    const source = { workspace, recorded, lineageOf: () => null, sources };
    const result = () => recorded.task('many0') as NonNullable<ReturnType<typeof recorded.task>>;
    return {
      show: counted(() => pictureOf(source, 'many0', null)),
      results: counted(() => [...taskTexts(listedResults(recorded, listing, samples), () => null, style)]),
      stats: counted(() => hotSpotsOf(recorded)),
      report: counted(() => taskHead(result(), [])),
      submit: counted(() => submissionOf(result(), (digests) => recorded.outputsOf('many0', digests))),
    };
  } finally {
    decoding.mockRestore();
    recorded.close();
  }
}

it('are shown with as much decoding as a part of them', async () => {
  const [few, many] = [shownOf(await built(100)), shownOf(await built(400))];
  const costs = (shown: ReturnType<typeof shownOf>) => {
    return Object.fromEntries(Object.entries(shown).map(([name, one]) => [name, one.decoded]));
  };
  expect(costs(many)).toEqual(costs(few));
  expect(many.show.shown.samples).toHaveLength(48);
  expect(many.show.shown.more).toBe(404 - 48);
  expect(many.show.shown.samples.every(({ match }) => match)).toBe(true);
  expect(many.results.shown.join('')).toContain('demo  test  arc-gen');
  expect(many.submit.shown?.inputs).toMatchObject([{ given: 2, right: true }]);
});

it('are decoded whole where all is asked for', async () => {
  const root = await built(70);
  const recorded = LastBuild.open(workspaceOf(root), ALL_TASKS) as LastBuild;
  const result = decoded(recorded.task('many0') as NonNullable<ReturnType<typeof recorded.task>>);
  recorded.close();
  expect(result.samples.map(({ kind, index }) => `${kind} ${index}`)).toEqual([
    ...['demo 0', 'demo 1', 'demo 2', 'test 0'],
    ...Array.from({ length: 70 }, (_, k) => `arc-gen ${k}`),
  ]);
  expect(result.programs).toHaveLength(PROGRAMS);
  for (const { outcomes, matches, demo, test, further } of result.programs) {
    expect(outcomes).toHaveLength(74);
    expect(matches.filter((match) => match)).toHaveLength(demo + test + further);
  }
});

it('are explained one after another', async () => {
  const root = await built(70);
  const workspace = workspaceOf(root);
  const recorded = LastBuild.open(workspace, ALL_TASKS) as LastBuild;
  const inputs = await readTaskInputs(
    recorded.store,
    workspace,
    ALL_TASKS,
    'many0',
    nodeFileSystem,
    Date.now,
  );
  if ('unknown' in inputs) throw new Error('there is no such task');
  const lines = explanationLines(explainTask(inputs, 'right', nodeFileSystem), false, new Style(1));
  recorded.close();
  expect(lines.filter((line) => line.includes('validate'))).toEqual([
    expect.stringContaining('right on demo 0 '),
    expect.stringContaining('right on demo 1 '),
    expect.stringContaining('right on demo 2 '),
    expect.stringContaining('right on test 0 '),
    expect.stringContaining('right on arc-gen 0 to 69 '),
  ]);
  expect(lines.at(-1)).toBe('78 hits, 0 misses');
});
