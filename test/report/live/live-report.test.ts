/** The report of a workspace that is built repeatedly. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALL_TASKS } from '../../../src/build/options.js';
import { LiveReport } from '../../../src/report/live/live-report.js';
import { nodeFileSystem } from '../../../src/workspace/node-file-system.js';
import { exampleWorkspace, MIRRORED, RECOLORED } from '../../build/example.js';
import { buildIn, workspaceOf, writeFiles } from '../../build/rig.js';
import { reportIn, taskOf } from '../rig.js';

function liveReportOf(root: string): LiveReport {
  return new LiveReport(workspaceOf(root), {
    selection: ALL_TASKS,
    files: nodeFileSystem,
    now: Date.now,
    version: '1.2.3',
  });
}

it('says the same as the report in a file, but for what its tasks share', async () => {
  // One program on both tasks, and one solver source.
  const root = exampleWorkspace({ 'solvers/both.py': 'def both(I):\n    return vmirror(I)\n' });
  await buildIn(root);
  const live = liveReportOf(root);
  const report = reportIn(root);
  expect(report.sharedTexts.length).toBeGreaterThan(0);
  const { tasks, sharedTexts, ...overview } = report;
  expect(live.data.report?.overview).toEqual({ ...overview, sharedTexts: [] });
  expect(live.data.report?.tasks.map(({ id }) => id)).toEqual([RECOLORED, MIRRORED]);
  for (const id of [RECOLORED, MIRRORED]) {
    const { programs, ...task } = taskOf(report, id);
    const whole = programs.map((program) => {
      return typeof program.text === 'number' ? { ...program, text: sharedTexts[program.text] } : program;
    });
    expect(live.task(id)).toEqual({ ...task, programs: whole });
    expect(live.data.report?.tasks.find((head) => head.id === id)).toEqual(
      expect.objectContaining({ states: task.states, sharedStates: task.sharedStates }),
    );
  }
  expect(live.task('other')).toBeNull();
});

it('is another one after a build, and the same before', async () => {
  const root = exampleWorkspace();
  await buildIn(root);
  const live = liveReportOf(root);
  const { version } = live;
  const first = live.data;
  expect(first.version).toBe(version);
  expect(first.report?.tasks.map(({ verdict }) => verdict)).toEqual(['solved', 'solved']);
  writeFiles(root, { [`solvers/${MIRRORED}/a.py`]: 'def mirror(I):\n    return hmirror(I)\n' });
  await buildIn(root);
  expect(live.data).toBe(first);
  live.built(workspaceOf(root));
  expect(live.version).not.toBe(version);
  expect(live.data.report?.tasks.map(({ verdict }) => verdict)).toEqual(['solved', 'partly']);
});

it('is none before the first build, and when the store is gone', async () => {
  const root = exampleWorkspace();
  const live = liveReportOf(root);
  expect(live.data.report).toBeNull();
  expect(live.task(RECOLORED)).toBeNull();
  await buildIn(root);
  live.built(workspaceOf(root));
  expect(live.task(RECOLORED)).not.toBeNull();
  rmSync(join(root, 'cache'), { recursive: true });
  expect(live.task(RECOLORED)).toBeNull();
});
