/** The face of a build: runs it, shows it while it runs, and says what it came to. */
import { relative } from 'node:path';
import { build } from '../build/build.js';
import type { BuildReport } from '../build/options.js';
import type { BuildEvent } from '../observe/event.js';
import type { Workspace } from '../workspace/workspace.js';
import { type Context, colorDepthOf } from './context.js';
import { EXIT } from './exit.js';
import { plural } from './render/amounts.js';
import { diagnosticLines } from './render/diagnostics.js';
import { Style } from './render/style.js';
import { type CommonFlags, selectionOf, unknownTasksProblem, workspaceOf } from './workspace.js';

export interface BuildFlags extends CommonFlags {
  readonly timing: boolean;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
}

/** Diagnostics that are printed; the rest is counted. */
const MOST_DIAGNOSTICS = 20;

/** Builds as the options say; returns the exit code. */
export async function runBuild(flags: BuildFlags, context: Context): Promise<number> {
  const workspace = workspaceOf(flags, context);
  const selection = selectionOf(flags);
  const face = await faceOf(flags, context);
  const { force, dryRun } = flags;
  const request = { workspace, selection, force, dryRun, emit: face.read, signal: context.interrupt() };
  let report: BuildReport;
  try {
    report = await build(request);
  } finally {
    face.end();
  }
  if (report.unknownTasks.length > 0) throw unknownTasksProblem(report.unknownTasks);
  if (!flags.json) await tell(report, flags, face, workspace, context);
  if (report.summary.interrupted) return EXIT.interrupted;
  return report.diagnostics.some(({ severity }) => severity === 'error') ? EXIT.inputs : EXIT.done;
}

/** What reads the events of a build while it runs. */
interface Face {
  readonly read: (event: BuildEvent) => void;
  readonly end: () => void;
  readonly finishedTasks: () => number;
  readonly plan: () => readonly PlannedStep[];
}

type PlannedStep = Extract<BuildEvent, { type: 'looked-up' }>;

async function faceOf(flags: BuildFlags, context: Context): Promise<Face> {
  const readers: ((event: BuildEvent) => void)[] = [];
  let finished = 0;
  const plan: PlannedStep[] = [];
  readers.push((event) => {
    if (event.type === 'task-finished') finished++;
    else if (flags.dryRun && event.type === 'looked-up' && event.misses > 0) plan.push(event);
  });
  let end = () => {};
  if (flags.json) {
    const { eventLine } = await import('./render/json-events.js');
    readers.push((event) => void context.stdout.write(eventLine(event)));
  } else if (isLive(flags, context)) {
    const { LiveLine } = await import('./render/live-line.js');
    const style = new Style(colorDepthOf(context.stderr, context.env));
    const line = new LiveLine(context.stderr, style, () => performance.now());
    line.start();
    readers.push((event) => line.read(event));
    end = () => line.end();
  }
  const read = (event: BuildEvent) => {
    for (const reader of readers) reader(event);
  };
  return { read, end, finishedTasks: () => finished, plan: () => plan };
}

function isLive(flags: BuildFlags, { stderr, env }: Context): boolean {
  const inCi = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false';
  return stderr.isTTY === true && !inCi && !flags.quiet;
}

/** Diagnostics go to stderr, the summary to stdout. */
async function tell(
  report: BuildReport,
  flags: BuildFlags,
  face: Face,
  workspace: Workspace,
  context: Context,
): Promise<void> {
  const { summary, diagnostics } = report;
  const talkStyle = new Style(colorDepthOf(context.stderr, context.env));
  const say = (...lines: readonly string[]) => {
    if (lines.length > 0) context.stderr.write(`${lines.join('\n')}\n`);
  };
  const told = flags.quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
  // Errors first: they are what must not get lost when there are many.
  const ordered = [...told].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  say(...diagnosticLines(ordered, talkStyle, MOST_DIAGNOSTICS));
  if (summary.interrupted) say(`interrupted: ${plural(face.finishedTasks(), 'task')} finished are kept`);
  if (flags.quiet) return;
  const style = new Style(context.colorDepth);
  const print = (lines: readonly string[]) => context.stdout.write(`${lines.join('\n')}\n`);
  if (summary.tasks === 0 && !summary.interrupted) {
    const { emptyLines } = await import('./render/empty-workspace.js');
    print(emptyLines(workspace, style));
    return;
  }
  const { summaryLines } = await import('./render/summary.js');
  const out = workspace.settings['publish.enabled'].value ? fromFolder(context, workspace.out.path) : null;
  if (flags.dryRun) {
    const { planLines } = await import('./render/plan.js');
    print(planLines(face.plan(), style));
  }
  print(summaryLines({ summary, out, timing: flags.timing, dryRun: flags.dryRun }, style));
}

/** A path as the user would type it from where they are. */
function fromFolder({ folder }: Context, path: string): string {
  const short = relative(folder, path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}
