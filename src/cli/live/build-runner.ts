/** Runs a build for the command line: shows it while it runs, and prints its result. */
import { relative } from 'node:path';
import type { BuildReport } from '../../build/options.js';
import type { Diagnostic } from '../../diagnostic.js';
import type { BuildEvent } from '../../observe/event.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { BuildFlags } from '../options/build-flags.js';
import { selectionOf, workspaceOf } from '../options/workspace-options.js';
import { type Context, colorDepthOf } from '../process/context.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { Style } from '../render/style.js';
import type { TraceFile } from './trace-file.js';

/** Runs a build by its options; returns the exit code. Throws UsageProblem and ConfigProblem. */
export async function runBuild(flags: BuildFlags, context: Context): Promise<number> {
  if (flags.explain && flags.dryRun) {
    throw new UsageProblem(
      '--explain tells of steps that ran',
      'battbuild explain TASK says what would run, and why',
    );
  }
  const workspace = workspaceOf(flags, context);
  const { build } = await import('../../build/build.js');
  const selection = selectionOf(flags);
  const face = await faceOf(flags, context);
  const { force, dryRun, earlyStop, untilSolved } = flags;
  const options = { workspace, selection, force, dryRun, earlyStop, untilSolved };
  let report: BuildReport;
  let trouble: string | null;
  try {
    report = await build({ ...options, emit: face.read, signal: context.interrupt() });
  } finally {
    trouble = face.end();
  }
  if (report.unknownTasks.length > 0) {
    const { unknownTasks } = await import('../options/unknown-names.js');
    throw unknownTasks(report.unknownTasks);
  }
  if (!flags.json) await tell(report, flags, face, workspace, context);
  if (trouble !== null) context.stderr.write(`error: ${trouble}\n`);
  if (report.summary.interrupted) {
    const { plural } = await import('../../text/amounts.js');
    context.stderr.write(`interrupted: ${plural(face.finishedTasks(), 'task')} finished are kept\n`);
    return EXIT.interrupted;
  }
  return trouble !== null || report.diagnostics.some(isError) ? EXIT.inputs : EXIT.done;
}

/** The readers of a build's events while it runs. */
interface Face {
  read(event: BuildEvent): void;
  /** Ends the readers. Returns the error message of the trace file, if it could not be written. */
  end(): string | null;
  /** Number of tasks that this build finished. */
  finishedTasks(): number;
  /** Steps that a dry run found missing. */
  plan(): readonly PlannedStep[];
}

type PlannedStep = Extract<BuildEvent, { type: 'looked-up' }>;

async function faceOf(flags: BuildFlags, context: Context): Promise<Face> {
  const show = await viewOf(flags, context);
  const trace = await traceOf(flags, context);
  const reasons = await reasonsOf(flags, context);
  const plan: PlannedStep[] = [];
  let finished = 0;
  return {
    read(event) {
      if (event.type === 'task-finished') finished++;
      else if (flags.dryRun && event.type === 'looked-up' && event.misses > 0) plan.push(event);
      show.read(event);
      trace?.read(event);
      reasons?.read(event);
    },
    end() {
      show.end();
      reasons?.end();
      return trace?.write() ?? null;
    },
    finishedTasks: () => finished,
    plan: () => plan,
  };
}

async function traceOf({ trace }: BuildFlags, { folder }: Context): Promise<TraceFile | null> {
  if (trace === undefined) return null;
  const { TraceFile: File } = await import('./trace-file.js');
  return new File(folder, trace);
}

/** Prints on stderr why steps ran. Null if that is not asked for, or if the events already tell it. */
async function reasonsOf(flags: BuildFlags, context: Context): Promise<View | null> {
  if (!flags.explain || flags.json) return null;
  const { CauseLog } = await import('./cause-log.js');
  const { CLEAR } = await import('./live-line.js');
  const log = new CauseLog(new Style(colorDepthOf(context.stderr, context.env)));
  // What is printed overwrites the live line, which is drawn again below it.
  const over = context.stderr.isTTY === true ? CLEAR : '';
  const print = (lines: readonly string[]) => {
    if (lines.length > 0) context.stderr.write(`${over}${lines.join('\n')}\n`);
  };
  return { read: (event) => print(log.read(event)), end: () => print(log.rest()) };
}

interface View {
  read(event: BuildEvent): void;
  end(): void;
}

/** What the user sees while a build runs: JSON, progress or nothing. */
export async function viewOf(flags: Pick<BuildFlags, 'json' | 'quiet'>, context: Context): Promise<View> {
  if (flags.json) {
    const { eventLine } = await import('../render/json-events.js');
    return { read: (event) => void context.stdout.write(eventLine(event)), end: () => {} };
  }
  return flags.quiet ? { read: () => {}, end: () => {} } : progressOf(context);
}

/** Progress of a build. The module that shows it is loaded only if the build has something to do. */
function progressOf(context: Context): View {
  let early: BuildEvent[] = [];
  let view: View | null = null;
  let ended = false;
  const load = async () => {
    const { progressView } = await import('./progress-view.js');
    if (ended) return;
    view = progressView(context);
    for (const event of early) view.read(event);
    early = [];
  };
  return {
    read(event) {
      if (view !== null) view.read(event);
      else early.push(event);
      if (event.type === 'loading') void load();
    },
    end() {
      ended = true;
      view?.end();
    },
  };
}

/** Diagnostics go to stderr, the summary to stdout. With --problems the diagnostics are the data and go to stdout. */
async function tell(
  report: BuildReport,
  flags: BuildFlags,
  face: Face,
  workspace: Workspace,
  context: Context,
): Promise<void> {
  const { summary, diagnostics } = report;
  if (flags.problems) {
    const { listedLines } = await import('../render/build/problem-list.js');
    const { writeAll } = await import('../process/write-all.js');
    const style = new Style(context.colorDepth);
    const { excerptsOn } = await import('./excerpts-on.js');
    const excerpts = excerptsOn(context.stdout, style, workspace.root);
    const lines = listedLines(diagnostics, report.strays(), style, excerpts);
    await writeAll(context.stdout, [`${lines.join('\n')}\n`]);
    return;
  }
  await tellDiagnostics(flags.quiet ? diagnostics.filter(isError) : diagnostics, workspace, context);
  if (flags.quiet) return;
  const style = new Style(context.colorDepth);
  const lines: string[] = [];
  if (flags.dryRun) {
    const { planLines } = await import('../render/build/plan.js');
    lines.push(...planLines(face.plan(), style));
  } else if (summary.tasks === 0 && !summary.interrupted) {
    const { emptyLines } = await import('../render/build/empty-workspace.js');
    const nothing = { workspace, selection: selectionOf(flags), available: report.available };
    lines.push(...emptyLines(nothing, style));
  } else {
    const { summaryLines } = await import('../render/build/summary.js');
    const out = workspace.settings['publish.enabled'].value ? fromFolder(context, workspace.out.path) : null;
    const refused = diagnostics.filter(isRefusal).length;
    lines.push(...summaryLines({ summary, out, refused, timing: flags.timing }, style));
  }
  if (diagnostics.length > 0 || summary.strays > 0) {
    const { closingLines } = await import('../render/build/problem-list.js');
    lines.push(...closingLines(diagnostics, summary.strays, style));
  }
  context.stdout.write(`${lines.join('\n')}\n`);
}

/** At most this many diagnostics are printed; the others are only counted. */
const MOST_DIAGNOSTICS = 20;

export async function tellDiagnostics(
  diagnostics: readonly Diagnostic[],
  workspace: Workspace,
  context: Context,
): Promise<void> {
  if (diagnostics.length === 0) return;
  const { briefLines } = await import('../render/diagnostics.js');
  const style = new Style(colorDepthOf(context.stderr, context.env));
  const { excerptsOn } = await import('./excerpts-on.js');
  const excerpts = excerptsOn(context.stderr, style, workspace.root);
  context.stderr.write(`${briefLines(diagnostics, MOST_DIAGNOSTICS, style, excerpts).join('\n')}\n`);
}

/** A published file that could not be written or removed. */
function isRefusal({ code, severity }: Diagnostic): boolean {
  return code.startsWith('OUT') && severity === 'error';
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

/** The path as the user would type it in the current folder. */
function fromFolder({ folder }: Context, path: string): string {
  const short = relative(folder, path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}
