/** Reports about builds in temporary folders. */
import { join } from 'node:path';
import { LastBuild } from '../../src/build/last-build.js';
import { ALL_TASKS } from '../../src/build/options.js';
import type { Report, TaskReport } from '../../src/report/data.js';
import { pageDataOf } from '../../src/report/document/document.js';
import type { PageData } from '../../src/report/document/page-data.js';
import { type OpenReport, openReport } from '../../src/report/report.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { temporaryFolder, workspaceOf, writeFiles } from '../build/rig.js';

/** A workspace of these files, removed after the test. */
export function workspaceWith(files: Readonly<Record<string, string>>): string {
  const root = join(temporaryFolder(), 'workspace');
  writeFiles(root, { 'config/battbuild.json': '{}', ...files });
  return root;
}

/** Calls a function with the report of the last build while its record is open. */
function withReport<Made>(root: string, make: (report: OpenReport) => Made): Made {
  const workspace = workspaceOf(root);
  const recorded = LastBuild.open(workspace, ALL_TASKS);
  if (recorded === null) throw new Error('nothing was recorded');
  try {
    const inputs = { recorded, workspace, files: nodeFileSystem, now: Date.now, version: '1.2.3' };
    return make(openReport(inputs));
  } finally {
    recorded.close();
  }
}

export function reportIn(root: string): Report {
  return withReport(root, (report) => ({ ...report.overview, tasks: [...report.tasks('all')] }));
}

export function pageDataIn(root: string): PageData {
  return withReport(root, pageDataOf);
}

export function taskOf(report: Report, id: string): TaskReport {
  const task = report.tasks.find((one) => one.id === id);
  if (task === undefined) throw new Error(`the report has no task ${id}`);
  return task;
}
