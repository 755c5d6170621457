/** The results that `compare` and `report --compare` compare: those after two runs, of one store or of two. */
import { resolve } from 'node:path';
import { compareAll, type Standings, standingsAfter } from '../../build/compare/history.js';
import { sortChanges, type TaskChange } from '../../build/compare/standing.js';
import type { LastBuild } from '../../build/last-build.js';
import { sameSelection } from '../../build/selection/selection-name.js';
import { UsageProblem } from '../process/exit.js';
import { isStoreIn, openStoreIfThere } from './open-last-build.js';

/** One side of a comparison: a run, and its store if that is not the workspace's. */
export interface ComparedSide {
  readonly run: number;
  /** As typed; null for the workspace's own store. */
  readonly store: string | null;
}

export interface ComparedResults extends ReturnType<typeof sortChanges> {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** In the order of ids. */
  readonly tasks: readonly TaskChange[];
}

/** `run 3`, `run 3 of ../other/cache` */
export function sideName({ run, store }: ComparedSide): string {
  return store === null ? `run ${run}` : `run ${run} of ${store}`;
}

/** A side with the standing of each task. */
interface Side extends ComparedSide {
  readonly standings: Standings;
}

export interface CompareRequest {
  readonly build: LastBuild;
  /** The current folder, absolute. */
  readonly folder: string;
  /** Whether only some tasks are selected. */
  readonly narrowed: boolean;
}

/**
 * Compares the results after two runs. Each side is typed as the number of a run, or as the folder of a store, which
 * means its newest run. With one side, it is compared with the newest run. With none, the last run that changed a
 * result is compared with the run before it. Throws UsageProblem.
 */
export function comparedResults(
  request: CompareRequest,
  earlier: string | undefined,
  later: string | undefined,
): ComparedResults {
  const [newest, previous] = runsOf(request.build);
  if (earlier === undefined && previous === undefined) {
    throw new UsageProblem(
      'there is nothing to compare with: no run before the last changed any result',
      'battbuild compare RUN compares with another run; battbuild stats lists them',
    );
  }
  const before = sideOf(request, earlier ?? String(previous));
  const after = sideOf(request, later ?? String(newest));
  const selected = new Set(request.build.ids);
  const changes = compareAll(before.standings, after.standings).filter(
    ({ task }) => !request.narrowed || selected.has(task),
  );
  const { run, store } = before;
  return {
    before: { run, store },
    after: { run: after.run, store: after.store },
    ...sortChanges(changes),
    tasks: changes,
  };
}

/** Runs that changed a result, newest first; at least one. Throws UsageProblem. */
function runsOf({ store, selection }: LastBuild): number[] {
  const runs = store.standings.runs(selection);
  if (runs.length === 0)
    throw new UsageProblem('no run of these tasks is remembered', 'run "battbuild build" first');
  return runs;
}

function sideOf(request: CompareRequest, typed: string): Side {
  if (!/^\d+$/.test(typed)) return storeSide(request, typed);
  const { build } = request;
  const run = Number(typed);
  const oldest = runsOf(build).at(-1) as number;
  const newest = Math.max(build.store.runs.newest(1)[0]?.id ?? 0, runsOf(build)[0]);
  if (run < oldest || run > newest) {
    throw new UsageProblem(
      `how tasks stood after run ${typed} is not known: runs ${oldest} to ${newest} can be compared`,
      'battbuild stats lists the runs',
    );
  }
  return { run, store: null, standings: standingsAfter(build.store.standings, build.selection, run) };
}

/** The newest run of the same selection of tasks in another store, where the paths may be different. */
function storeSide({ build, folder }: CompareRequest, typed: string): Side {
  const path = resolve(folder, typed);
  if (!isStoreIn(path))
    throw new UsageProblem(`${typed} is neither the number of a run nor a folder with a store`);
  const store = openStoreIfThere(path);
  try {
    const alike = store.upkeep
      .selections()
      .filter(({ name }) => sameSelection(name, build.selectionName))
      .sort((a, b) => b.run - a.run);
    for (const { id } of alike) {
      const [run] = store.standings.runs(id);
      if (run !== undefined)
        return { run, store: typed, standings: standingsAfter(store.standings, id, run) };
    }
  } finally {
    store.close();
  }
  throw new UsageProblem(`no build of the same selection of tasks is recorded in ${typed}`);
}
