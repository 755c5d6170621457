/** Builds, and writes the submission that results from the build. */
import { build } from '../../build/build.js';
import { LastBuild } from '../../build/last-build.js';
import type { BuildReport, Selection } from '../../build/options.js';
import type { BuildEnvironment } from '../../build/session/session.js';
import type { EventListener } from '../../observe/event.js';
import { writeAtomically } from '../../workspace/atomic-files.js';
import type { FileProblem } from '../../workspace/file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import { submissionJson, submissionOf, type TaskSubmission } from './submission.js';

export interface SubmitRequest {
  readonly workspace: Workspace;
  readonly selection: Selection;
  /** Absolute path of the output file. */
  readonly file: string;
  readonly emit: EventListener;
  readonly signal: AbortSignal;
}

export type SubmitEnd = { readonly report: BuildReport } & (
  | { readonly kind: 'written'; readonly tasks: readonly TaskSubmission[] }
  /** Nothing was written: the build was interrupted, or the selection names unknown tasks. */
  | { readonly kind: 'unfinished' }
  /** Nothing was written: inputs changed during the build, or the store could not be written or lost data. */
  | { readonly kind: 'unrecorded' }
  | { readonly kind: 'unwritten'; readonly problem: FileProblem }
);

/** After one of these diagnostics, the store may hold the results of another build. */
const STORE_TROUBLE: ReadonlySet<string> = new Set(['STORE002', 'STORE003', 'STORE004']);

/**
 * The same inputs give the same bytes, whether outputs of tests are known or hidden. The file is written completely
 * or not at all.
 */
export async function submit(request: SubmitRequest, world: BuildEnvironment): Promise<SubmitEnd> {
  const { workspace, selection, file, emit, signal } = request;
  const options = { workspace, selection, force: false, dryRun: false, emit, signal };
  const report = await build(options, world);
  if (report.summary.interrupted || report.unknownTasks.length > 0) return { report, kind: 'unfinished' };
  const tasks = report.diagnostics.some(({ code }) => STORE_TROUBLE.has(code))
    ? null
    : readSubmission(request, world);
  if (tasks === null) return { report, kind: 'unrecorded' };
  const bytes = new TextEncoder().encode(submissionJson(tasks));
  const problem = writeAtomically(world.files, file, bytes);
  return problem === null ? { report, kind: 'written', tasks } : { report, kind: 'unwritten', problem };
}

/** Null if not all results are available. */
function readSubmission(
  { workspace, selection }: SubmitRequest,
  world: BuildEnvironment,
): TaskSubmission[] | null {
  const recorded = LastBuild.open(workspace, selection);
  if (recorded === null) return null;
  try {
    if (recorded.changedInputs(world.files, world.now).length > 0) return null;
    const tasks: TaskSubmission[] = [];
    for (const id of recorded.ids) {
      const result = recorded.task(id);
      const submission =
        result === null ? null : submissionOf(result, (digests) => recorded.outputsOf(id, digests));
      if (submission === null) return null;
      // A bare list of samples has no test inputs.
      if (submission.inputs.length > 0) tasks.push(submission);
    }
    return tasks;
  } finally {
    recorded.close();
  }
}
