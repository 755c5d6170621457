/** Causes: the reasons for which steps ran, and groups of steps with the same reasons. */

/** In the order in which they are shown. */
export const REASONS = [
  /** The task or the file was not built before with these options. */
  'first-build',
  /** `--force`. */
  'forced',
  'new-solver',
  /** A solver has another program than before. */
  'solver',
  /** A solver or differ file is new or has other content. */
  'file',
  /** A solver is no longer a candidate. */
  'solver-gone',
  'new-sample',
  'sample-gone',
  /** The input of a sample changed. */
  'sample',
  'expected-output',
  /** Programs or differs read the demonstrations, and these changed. */
  'demonstrations',
  /** Differs were added, removed or changed. */
  'differs',
  'budget',
  /** The code of a primitive that the program can reach changed. */
  'primitive',
  /** The code of the phase itself changed. */
  'code',
  /** Settings changed, other than the budget. */
  'settings',
  /** Another input of the key changed. */
  'input',
  /** Outcomes of cells changed. */
  'outcomes',
  /** The files to publish for the task changed. */
  'ranking',
  /** Published files were edited or removed. */
  'published',
  /** The last build skipped the cell. */
  'skipped',
  /** The last build lost the worker at this cell: such outcomes are not stored. */
  'lost',
  /** No input changed since the last build, but the output is not in the store. */
  'not-stored',
] as const;

export type Reason = (typeof REASONS)[number];

/** One item of a reason: its subject, its former and its new value; null if there was none or if it is unknown. */
export interface CauseItem {
  readonly reason: Reason;
  readonly name: string;
  readonly old: string | null;
  readonly new: string | null;
}

/** Steps that ran for the same reasons. */
export interface Cause {
  readonly reasons: readonly Reason[];
  /** The first few. */
  readonly items: readonly CauseItem[];
  /** The number of further items. */
  readonly moreItems: number;
  /** Steps that ran, by phase. */
  readonly steps: Readonly<Record<string, number>>;
  /** Number of distinct programs of a task among them. */
  readonly programs: number;
  readonly taskCount: number;
  /** The first few of these tasks by id. */
  readonly tasks: readonly string[];
}

const MOST_ITEMS = 8;
const MOST_TASKS = 5;
/** Names come from inputs, and the record of a run must stay small. */
const LONGEST_NAME = 200;

class Group {
  readonly items = new Map<string, CauseItem>();
  readonly steps = new Map<string, number>();
  private readonly tasks = new Set<string>();
  private programs = 0;

  constructor(private readonly reasons: readonly Reason[]) {}

  add(task: string | null, steps: ReadonlyMap<string, number>, programs: number): void {
    if (task !== null) this.tasks.add(task);
    this.programs += programs;
    for (const [phase, count] of steps) this.steps.set(phase, (this.steps.get(phase) ?? 0) + count);
  }

  addItem(item: CauseItem): void {
    const name = item.name.length > LONGEST_NAME ? `${item.name.slice(0, LONGEST_NAME)}...` : item.name;
    this.items.set(JSON.stringify([item.reason, item.name, item.old, item.new]), { ...item, name });
  }

  cause(): Cause {
    const { reasons, programs } = this;
    const items = [...this.items.values()].sort(byName);
    return {
      reasons,
      items: items.slice(0, MOST_ITEMS),
      moreItems: Math.max(0, items.length - MOST_ITEMS),
      steps: Object.fromEntries(this.steps),
      programs,
      taskCount: this.tasks.size,
      tasks: [...this.tasks].sort().slice(0, MOST_TASKS),
    };
  }
}

/** Steps of one task (null: of a file) that ran for the same reasons. */
export interface Told {
  readonly task: string | null;
  readonly reasons: readonly Reason[];
  readonly items: Iterable<CauseItem>;
  readonly steps: ReadonlyMap<string, number>;
  readonly programs: number;
}

/** Sums up steps by reasons. There are as many groups as sets of reasons: few, whatever the size of the build. */
export class Causes {
  private readonly groups = new Map<string, Group>();

  add({ task, reasons, items, steps, programs }: Told): void {
    const key = reasons.join(' ');
    let group = this.groups.get(key);
    if (group === undefined) {
      group = new Group(reasons);
      this.groups.set(key, group);
    }
    group.add(task, steps, programs);
    for (const item of items) group.addItem(item);
  }

  get isEmpty(): boolean {
    return this.groups.size === 0;
  }

  /** In the order in which the groups appeared. */
  list(): Cause[] {
    return [...this.groups.values()].map((group) => group.cause());
  }

  /**
   * Steps of files first, then by reasons. Tasks end in any order: what is said of all of them must not depend on it.
   */
  sorted(): Cause[] {
    return this.list().sort(
      (a, b) => Math.sign(a.taskCount) - Math.sign(b.taskCount) || byReasons(a.reasons, b.reasons),
    );
  }
}

/** -1 for none. */
const rankOf = (reason: Reason | undefined): number =>
  (REASONS as readonly (Reason | undefined)[]).indexOf(reason);

/** As `REASONS`, by the first one that differs; of two lists where one begins the other, the shorter comes first. */
function byReasons(a: readonly Reason[], b: readonly Reason[]): number {
  for (let k = 0; k < Math.max(a.length, b.length); k++) {
    const difference = rankOf(a[k]) - rankOf(b[k]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function byName(a: CauseItem, b: CauseItem): number {
  const [one, other] = [a, b].map((item) => [item.name, item.reason, item.old, item.new].join('\0'));
  return one < other ? -1 : one > other ? 1 : 0;
}
