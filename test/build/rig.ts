/** Builds in temporary folders, and what can be observed of them: steps that ran, records, published files. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { decoded } from '../../bench/reliability/decoded.js';
import { build } from '../../src/build/build.js';
import { LastBuild } from '../../src/build/last-build.js';
import { ALL_TASKS, type BuildReport, type Selection } from '../../src/build/options.js';
import type { BuildEnvironment } from '../../src/build/session/session.js';
import type { Diagnostic } from '../../src/diagnostic.js';
import { rowsOfOutput } from '../../src/engine/output.js';
import type { BuildEvent } from '../../src/observe/event.js';
import { nodeFileSystem } from '../../src/workspace/node-file-system.js';
import { openWorkspace, type Workspace, type WorkspaceFlags } from '../../src/workspace/workspace.js';

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files, given by path below `root`, and creates their folders. */
export function writeFiles(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** The workspace of a folder. Throws if it cannot be opened, which is an error of the test. */
export function workspaceOf(root: string, flags: WorkspaceFlags = {}, cores = 1): Workspace {
  const opened = openWorkspace({ folder: root, flags, cores }, nodeFileSystem);
  if (opened.workspace === null) throw new Error(JSON.stringify(opened.diagnostics));
  return opened.workspace;
}

export interface BuildRequest {
  readonly flags?: WorkspaceFlags;
  /** Of the machine. Default 1. */
  readonly cores?: number;
  readonly selection?: Partial<Selection>;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly earlyStop?: boolean;
  readonly untilSolved?: boolean;
  readonly world?: Partial<BuildEnvironment>;
  readonly signal?: AbortSignal;
  /** Called for every event. */
  readonly watch?: (event: BuildEvent) => void;
}

export interface Built extends BuildReport {
  readonly events: readonly BuildEvent[];
  /** Steps that ran, by `phase subject`. */
  readonly ran: Readonly<Record<string, number>>;
}

/** All cells are evaluated on the main thread, unless the request says otherwise: starting workers takes long. */
export function buildIn(root: string, request: BuildRequest = {}): Promise<Built> {
  return buildWith(build, root, request);
}

/** Builds with the `build` of another copy of the program. */
export async function buildWith(
  program: typeof build,
  root: string,
  request: BuildRequest = {},
): Promise<Built> {
  const { flags, selection, force = false, dryRun = false, world, watch } = request;
  const { earlyStop = false, untilSolved = false } = request;
  const events: BuildEvent[] = [];
  const report = await program(
    {
      workspace: workspaceOf(root, flags, request.cores),
      selection: { ...ALL_TASKS, ...selection },
      force,
      dryRun,
      earlyStop,
      untilSolved,
      emit: (event) => {
        events.push(event);
        watch?.(event);
      },
      signal: request.signal ?? new AbortController().signal,
    },
    { files: nodeFileSystem, now: Date.now, mainThreadCells: Number.POSITIVE_INFINITY, ...world },
  );
  return { ...report, events, ran: stepsRun(events) };
}

function stepsRun(events: readonly BuildEvent[]): Record<string, number> {
  const ran: Record<string, number> = {};
  for (const event of events) {
    if (event.type !== 'ran') continue;
    const step = `${event.phase} ${event.subject}`;
    ran[step] = (ran[step] ?? 0) + event.steps;
  }
  return ran;
}

/** The clock at a time when every written file is settled (see the racily clean rule). */
export const LATER: Partial<BuildEnvironment> = { now: () => Date.now() + 60_000 };

/** All records of a task's candidates and programs, including outputs. */
export interface RecordedTask {
  readonly task: string;
  readonly programs: readonly {
    readonly outcomes: readonly { readonly status: string; readonly rows: number[][] | null }[];
  }[];
  readonly candidates: readonly { readonly file: string; readonly name: string; readonly program: number }[];
}

export type DecodedResult = ReturnType<typeof decoded>;

/** The record of the last build, sorted by id. Throws if there is none. */
export function recordedIn(
  root: string,
  flags: WorkspaceFlags = {},
  selection: Partial<Selection> = {},
): RecordedTask[] {
  const recorded = LastBuild.open(workspaceOf(root, flags), { ...ALL_TASKS, ...selection });
  if (recorded === null) throw new Error('nothing was recorded');
  try {
    return [...recorded.tasks()].map(decoded).map((result) => {
      const digests = result.programs.flatMap(({ outcomes }) => outcomes.map(({ output }) => output));
      const outputs = recorded.outputsOf(result.task, digests);
      const programs = result.programs.map((program) => ({
        ...program,
        outcomes: program.outcomes.map((outcome) => {
          if (outcome.output === '') return { ...outcome, rows: null };
          const bytes = outputs.get(outcome.output);
          if (bytes === undefined) throw new Error(`an output of ${result.task} is not in the store`);
          return { ...outcome, rows: rowsOfOutput(bytes) };
        }),
      }));
      return { ...result, programs };
    });
  } finally {
    recorded.close();
  }
}

export interface PublishedFile {
  /** A file's text, or the target of a symbolic link. */
  readonly content: string;
  /** `hard link`: the published text of the same name. */
  readonly kind: 'file' | 'link' | 'hard link';
  /** Changes whenever a file is written, even with the same content. */
  readonly identity: string;
}

/** All files below a folder, sorted by name; empty if there is no folder. */
export function treeOf(folder: string): Map<string, PublishedFile> {
  const tree = new Map<string, PublishedFile>();
  const texts = textsIn(folder);
  const visit = (prefix: string) => {
    for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
      const name = `${prefix}${entry.name}`;
      const path = join(folder, name);
      if (entry.isDirectory()) visit(`${name}/`);
      else tree.set(name, publishedFile(path, name, texts));
    }
  };
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) visit('');
  return new Map([...tree].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The names of published texts by inode. */
function textsIn(folder: string): Map<bigint, string> {
  const texts = new Map<bigint, string>();
  for (const group of ['solver_md5', 'differ_md5']) {
    if (!existsSync(join(folder, group))) continue;
    for (const base of readdirSync(join(folder, group))) {
      const { ino } = lstatSync(join(folder, group, base), { bigint: true });
      texts.set(ino, `${group}/${base}`);
    }
  }
  return texts;
}

function publishedFile(path: string, name: string, texts: ReadonlyMap<bigint, string>): PublishedFile {
  const stat = lstatSync(path, { bigint: true });
  // Another link to a file changes its ctime.
  const identity = `${stat.ino} ${stat.mtimeNs}`;
  if (stat.isSymbolicLink()) return { kind: 'link', content: readlinkSync(path), identity };
  const text = texts.get(stat.ino);
  const isLink = text !== undefined && text !== name && basename(text) === basename(name);
  return { kind: isLink ? 'hard link' : 'file', content: readFileSync(path, 'latin1'), identity };
}

/** Names and contents of a tree, as lines. */
export function linesOf(tree: ReadonlyMap<string, PublishedFile>): string[] {
  return [...tree].map(([name, { kind, content }]) => `${name} ${kind} ${JSON.stringify(content)}`);
}

/** Diagnostics as `code file:line`, in order. */
export function codesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .map(({ code, file, line }) => `${code} ${file}${line === null ? '' : `:${line}`}`)
    .sort();
}
