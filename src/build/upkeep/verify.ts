/** Checks the contents of the store for consistency, and against the published files. */
import { validate } from '../../phases/validate.js';
import { damageIn } from '../../store/database.js';
import type { BlobKey } from '../../store/pack.js';
import type { Store } from '../../store/store.js';
import type { SelectionRecord, ShardKey } from '../../store/tables/upkeep.js';
import type { FileSystem } from '../../workspace/file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import { decodeSelectionState } from '../record/selection-state.js';
import { verdictOf } from '../record/task-result.js';
import { readTaskResult } from '../record/task-result-codec.js';
import { decodeTaskState } from '../record/task-state.js';
import { readSelectionName } from '../selection/selection-name.js';
import { type CheckedPublished, checkPublished, dropPublished } from './verify-published.js';
import { checkShard } from './verify-shards.js';

export type ProblemKind = 'structure' | 'cache' | 'record' | 'published' | 'recompute';

export interface VerifyProblem {
  readonly kind: ProblemKind;
  /** A problem, in one line. */
  readonly message: string;
}

export interface Verified {
  readonly packs: number;
  readonly steps: number;
  readonly outputs: number;
  readonly selections: number;
  /** Number of task records, over all selections. */
  readonly tasks: number;
  /** Number of published files and links, and of links among them. */
  readonly published: number;
  readonly publishedLinks: number;
  /** Published files that an unfinished build has not written yet. */
  readonly pending: number;
  readonly problems: readonly VerifyProblem[];
  /** Whether wrong entries were removed. */
  readonly repaired: boolean;
}

/**
 * Checks the structure of the file, all packs, all records that this code can read, and the files published to the
 * workspace's output folder. `repair` removes what is wrong and nothing else; the next build makes it again. A file
 * with a wrong structure is set aside when the store is closed.
 */
export function verifyStore(
  store: Store,
  workspace: Workspace,
  files: FileSystem,
  repair: boolean,
): Verified {
  return new Verification(store, repair).run(workspace, files);
}

/** A wrong record; without a task, that of the selection as a whole. */
interface WrongRecord {
  readonly selection: number;
  readonly task: string | null;
}

class Verification {
  private readonly problems: VerifyProblem[] = [];
  /** Output digests of the cells of each task. */
  private readonly outputs = new Map<string, ReadonlySet<BlobKey>>();
  private readonly wrongShards: ShardKey[] = [];
  private readonly wrongRecords: WrongRecord[] = [];
  private readonly wrongStandings: {
    readonly selection: number;
    readonly task: string;
    readonly run: number;
  }[] = [];
  private packs = 0;
  private steps = 0;
  private blobs = 0;
  private selections = 0;
  private tasks = 0;
  private unrepaired = 0;

  constructor(
    private readonly store: Store,
    private readonly repair: boolean,
  ) {}

  run(workspace: Workspace, files: FileSystem): Verified {
    const { store, repair } = this;
    const structure = store.upkeep.integrity();
    if (structure.length > 0) return this.unreadable(structure);
    let published: CheckedPublished;
    try {
      published = store.upkeep.snapshot(() => {
        this.checkShards();
        this.checkSelections();
        return checkPublished(store, workspace.out, files);
      });
    } catch (error) {
      const reason = damageIn(error);
      if (reason === null) throw error;
      return this.unreadable([reason]);
    }
    for (const line of published.problems) this.problem('published', line);
    if (repair && this.problems.length > 0) {
      store.write(() => this.drop());
      this.unrepaired = dropPublished(store, workspace.out, files, published.wrong);
    }
    return this.verified(published);
  }

  /** A file that cannot be read reliably is not checked further. */
  private unreadable(structure: readonly string[]): Verified {
    for (const line of structure) this.problem('structure', `the store: ${line}`);
    if (this.repair) this.store.condemn('it is damaged');
    return this.verified({ total: { files: 0, links: 0 }, pending: 0 });
  }

  private verified({ total, pending }: Pick<CheckedPublished, 'total' | 'pending'>): Verified {
    const { packs, steps, blobs: outputs, selections, tasks, problems, repair } = this;
    const repaired = repair && problems.length > 0 && this.unrepaired === 0;
    const published = { published: total.files + total.links, publishedLinks: total.links, pending };
    return { packs, steps, outputs, selections, tasks, ...published, problems, repaired };
  }

  private problem(kind: ProblemKind, message: string): void {
    this.problems.push({ kind, message });
  }

  private checkShards(): void {
    for (const key of this.store.upkeep.shards()) {
      const { upkeep } = this.store;
      const packs = upkeep.packs(key);
      const checked = checkShard(key, packs);
      this.packs += packs.length;
      this.steps += checked.steps;
      this.blobs += checked.sound.blobs.size;
      for (const line of checked.problems) this.problem('cache', line);
      if (checked.problems.length > 0) this.wrongShards.push(key);
      if (key.phase === validate.name) this.outputs.set(key.shard, new Set(checked.sound.blobs.keys()));
    }
  }

  private checkSelections(): void {
    const { upkeep } = this.store;
    const known = new Set<number>();
    for (const record of upkeep.selections()) {
      known.add(record.id);
      const name = readSelectionName(record.name);
      // Records of other code are never read.
      if (name?.readable !== true) continue;
      this.selections++;
      this.checkSelection(record);
    }
    for (const selection of upkeep.selectionsOfTasks()) {
      if (known.has(selection)) continue;
      this.problem('record', `tasks are recorded of a selection that is not there (${selection})`);
      this.wrongRecords.push({ selection, task: null });
    }
  }

  private checkSelection({ id, state }: SelectionRecord): void {
    const decoded = state === null ? null : decodeSelectionState(state);
    if (decoded === null || !areReadable(decoded.records)) {
      this.problem('record', `what is recorded of a selection is not what was written (${id})`);
      this.wrongRecords.push({ selection: id, task: null });
      return;
    }
    for (const trouble of this.store.upkeep.brokenStandings(id)) {
      this.problem(
        'record',
        `how task ${trouble.task} stood after run ${trouble.run} is not what was written`,
      );
      this.wrongStandings.push({ selection: id, ...trouble });
    }
    for (const task of this.store.upkeep.taskNames(id)) {
      this.tasks++;
      const trouble = this.troubleOfTask(id, task);
      if (trouble === null) continue;
      this.problem('record', `task ${task}: ${trouble}`);
      this.wrongRecords.push({ selection: id, task });
    }
  }

  /** The problem of a task's record; null if it is correct. */
  private troubleOfTask(selection: number, task: string): string | null {
    const record = this.store.upkeep.task(selection, task);
    const state = record.state === null ? null : decodeTaskState(record.state);
    const result = readTaskResult(record.result);
    if (state === null) return 'its state is missing or not what was written';
    if (result === null) return 'its result is missing or not what was written';
    if (result.task !== task) return 'its result is that of another task';
    if (
      state.verdict !== verdictOf(result) ||
      state.candidates !== result.candidates.length ||
      state.programs !== result.programs.length
    )
      return 'its state and its result do not agree';
    if (result.candidates.some(({ program }) => program >= result.programs.length))
      return 'its result names a program that it does not have';
    const outputs = this.outputs.get(task);
    const missing = new Set<string>();
    for (const { outcomes } of result.programs) {
      for (const { output } of outcomes) if (output !== '' && !outputs?.has(output)) missing.add(output);
    }
    return missing.size === 0 ? null : `${missing.size} outputs of its result are missing`;
  }

  /** Checks again before it removes anything, because other processes may have written meanwhile. */
  private drop(): void {
    const { upkeep, selections } = this.store;
    for (const { selection, task, run } of this.wrongStandings) upkeep.removeStanding(selection, task, run);
    for (const key of this.wrongShards) upkeep.replacePacks(key, checkShard(key, upkeep.packs(key)).sound);
    for (const { selection, task } of this.wrongRecords) {
      if (task === null) upkeep.removeSelection(selection);
      else selections.removeTask(selection, task);
    }
  }
}

function areReadable(records: () => unknown): boolean {
  try {
    records();
    return true;
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError)
      return false;
    throw error;
  }
}
