/** A workspace for reliability tests: damages and kills, and checks that nothing was lost. */

import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { BuildReport } from '../../src/build/options.js';
import { loadChecksums } from '../../src/encoding/checksum.js';
import { FAIL_POINT_CHANNEL, type FailPoint } from '../../src/fail-points.js';
import type { Summary } from '../../src/observe/event.js';
import { decodePack } from '../../src/store/pack.js';
import { verifyChecksum } from '../../src/store/payload-checksum.js';
import type { Workspace } from '../../src/workspace/workspace.js';
import { PROJECT } from '../paths.js';
import {
  ALL_TASKS,
  build,
  cleanPublished,
  LastBuild,
  MAIN,
  nodeFileSystem,
  openWorkspace,
  Store,
  verifyStore,
} from './compiled.js';
import { decoded } from './decoded.js';
import { MIRROR_TASK } from './mirror-task.js';

await loadChecksums();

/** Programs in every version of every solver file: a correct one, a wrong one, one that fails. */
const PROGRAMS = ['vmirror(I)', 'hmirror(I)', 'rot180(I)', 'replace(I, 1, 2)', 'first(I)', 'upscale(I, 2)'];

const KILL_AT = join(PROJECT, 'bench/reliability/crash/kill-at.cjs');

/** A point that kills a process when it reaches it for the nth time. */
export interface ChosenEnd {
  readonly point: FailPoint;
  readonly times: number;
}

/** The names of a store and of an output folder in the workspace. */
export interface Place {
  readonly cache: string;
  readonly out: string;
}

export const USED: Place = { cache: 'cache', out: 'out' };
const CLEAN: Place = { cache: 'clean-cache', out: 'clean-out' };

/** Number of steps in a store. */
export interface Stored {
  /** Keys of the cells. */
  readonly cells: ReadonlySet<string>;
  /** Steps of all phases that are stored more than once: two runs executed them. */
  readonly repeated: number;
}

export class Trial {
  /** Begins with an empty folder. */
  constructor(
    readonly folder: string,
    readonly tasks: number,
  ) {
    this.write('config/battbuild.json', '{}');
    for (const id of this.ids) this.write(`tasks/${id}.json`, JSON.stringify(MIRROR_TASK));
  }

  get ids(): string[] {
    return Array.from({ length: this.tasks }, (_, k) => `task${String(k).padStart(2, '0')}`);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  remove(...names: readonly string[]): void {
    for (const name of names) rmSync(this.path(name), { recursive: true, force: true });
  }

  /**
   * Writes all solver files; each has some programs that no other version has. `slow` of them take so long that processes
   * that begin one after another meet.
   */
  writeVersion(version: number, fresh = 2, slow = 0): void {
    const positions = 'asindices(upscale(I, 15))';
    for (const id of this.ids) {
      const own = Array.from({ length: fresh }, (_, k) =>
        k < slow
          ? `astuple(size(prapply(add, ${positions}, ${positions})), ${version * slow + k})`
          : `replace(I, ${version}, ${k})`,
      );
      const text = [...PROGRAMS, ...own].map(
        (body, k) => `def solve_${id}_${k.toString(16).padStart(8, '0')}(I):\n    return ${body}\n`,
      );
      this.write(`solvers/${id}.py`, text.join(''));
    }
  }

  /** Starts the command as a separate process; `node` are options of Node. */
  start(args: readonly string[], env = {}, node: readonly string[] = []): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [...node, MAIN, ...args], {
      cwd: this.folder,
      env: { ...process.env, ...env },
    });
  }

  /** The same for one that kills itself at a point. */
  startToEndAt({ point, times }: ChosenEnd, args: readonly string[]): ChildProcessWithoutNullStreams {
    const env = { KILL_AT: JSON.stringify([FAIL_POINT_CHANNEL, point, times]) };
    return this.start(args, env, ['--require', KILL_AT]);
  }

  /** Runs the command. Throws if it fails. */
  runToEnd(args: readonly string[]): void {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { cwd: this.folder });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  }

  /** Names and contents of the files below a folder of the workspace. */
  filesIn(name: string): string[] {
    return filesBelow(this.path(name));
  }

  private workspace({ cache, out }: Place): Workspace {
    const flags = { cache: this.path(cache), out: this.path(out) };
    const { workspace, diagnostics } = openWorkspace(
      { folder: this.folder, flags, cores: 1 },
      nodeFileSystem,
    );
    if (workspace === null) throw new Error(JSON.stringify(diagnostics));
    return workspace;
  }

  /** Builds in this process, on its main thread. Throws if there are diagnostics. */
  async build(place = USED): Promise<Summary> {
    const { summary, diagnostics } = await this.buildAnyway(place);
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    return summary;
  }

  /** The same, but ignores diagnostics. */
  buildAnyway(place: Place): Promise<BuildReport> {
    return build(
      {
        workspace: this.workspace(place),
        selection: ALL_TASKS,
        force: false,
        dryRun: false,
        emit: () => {},
        signal: new AbortController().signal,
      },
      { files: nodeFileSystem, now: Date.now, mainThreadCells: Number.POSITIVE_INFINITY },
    );
  }

  /** All records including outputs, and all published files, as lines. */
  state(place = USED): string[] {
    const recorded = LastBuild.open(this.workspace(place), ALL_TASKS);
    if (recorded === null) return ['nothing was recorded'];
    try {
      const results = [...recorded.tasks()].map(decoded).map((result) => {
        const used = result.programs.flatMap(({ outcomes }) => outcomes);
        const digests = used.map(({ output }) => output);
        const outputs = recorded.outputsOf(result.task, digests);
        const texts = used.map(({ output }) =>
          output === '' ? null : Buffer.from(outputs.get(output) ?? []).toString('hex'),
        );
        return JSON.stringify([result, texts]);
      });
      return [...results, ...this.filesIn(place.out)];
    } finally {
      recorded.close();
    }
  }

  /** The result of a clean build in another folder. */
  async cleanState(): Promise<string[]> {
    this.remove(CLEAN.cache, CLEAN.out);
    await this.build(CLEAN);
    return this.state(CLEAN);
  }

  /** The problems that `verify` finds, and the diagnostics of opening the store. */
  problems(): unknown[] {
    const store = Store.open(this.path(USED.cache));
    try {
      const { problems } = verifyStore(store, this.workspace(USED), nodeFileSystem, false);
      return store.notice === null ? [...problems] : [store.notice, ...problems];
    } finally {
      store.close();
    }
  }

  stored(): Stored {
    const database = new Sqlite(this.path(`${USED.cache}/battbuild.db`));
    try {
      const rows = database.prepare<[], { phase: string; shard: string; payload: Buffer }>(
        'SELECT phase, shard, payload FROM pack',
      );
      const cells = new Set<string>();
      const seen = new Set<string>();
      let repeated = 0;
      for (const { phase, shard, payload } of rows.all()) {
        const keys = decodePack(verifyChecksum(payload) as Uint8Array).entries.map(({ key }) => key);
        // Within a pack, programs with equal outcomes have equal steps of the phase score.
        for (const key of new Set(keys)) {
          const step = `${phase} ${shard} ${key}`;
          if (seen.has(step)) repeated++;
          seen.add(step);
          if (phase === 'validate') cells.add(key);
        }
      }
      return { cells, repeated };
    } finally {
      database.close();
    }
  }

  /** Removes all published files, like `battbuild clean`. */
  unpublish(): void {
    cleanPublished(this.path(USED.cache), this.path(USED.out), false);
  }

  /** Makes all entries of the store this many milliseconds older. */
  age(milliseconds: number): void {
    const database = new Sqlite(this.path(`${USED.cache}/battbuild.db`));
    database.prepare('UPDATE run SET started = started - ?').run(milliseconds);
    database.close();
  }
}

/**
 * Names and contents of the files below a folder, without temporary files of killed processes: these are hidden, and
 * gc removes them.
 */
function filesBelow(folder: string): string[] {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.battbuild-'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const content = entry.isSymbolicLink() ? `-> ${readlinkSync(path)}` : readFileSync(path, 'latin1');
      return `${path.slice(folder.length + 1)} ${content}`;
    })
    .sort();
}
