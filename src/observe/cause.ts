/** Why steps ran: the reasons, and groups of steps that ran for the same ones. */

/** In the order in which they are told. */
export const REASONS = [
  /** The task, or the file, was not built before with these options. */
  'first-build',
  /** `--force`. */
  'forced',
  'new-solver',
  /** A solver is another program than it was. */
  'solver',
  /** A solver or differ file is new, or its content another. */
  'file',
  /** A solver is no candidate any more. */
  'solver-gone',
  'new-sample',
  'sample-gone',
  /** A sample has another input. */
  'sample',
  'expected-output',
  /** Programs or differs read the demonstrations, and they are others. */
  'demonstrations',
  /** Differs were added, removed or changed. */
  'differs',
  'budget',
  /** The code of a primitive that the program reaches. */
  'primitive',
  /** The code of the phase itself. */
  'code',
  /** Settings that are no budget. */
  'settings',
  /** Another input of the key. */
  'input',
  /** Cells come to something else than in the last build. */
  'outcomes',
  /** What is published of the task is to be something else. */
  'ranking',
  /** Published files were edited or removed. */
  'published',
  /** The last build left the cell out. */
  'skipped',
  /** The last build lost the worker at this cell: such outcomes are not kept. */
  'lost',
  /** Nothing differs from the last build, and the output is not in the store. */
  'not-stored',
] as const;

export type Reason = (typeof REASONS)[number];

/** One thing that makes a reason: what it is about, and what it was and is; null where it was not there, or is not known. */
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
  /** How many items there are beyond these. */
  readonly moreItems: number;
  /** Steps that ran, by phase. */
  readonly steps: Readonly<Record<string, number>>;
  /** Distinct programs of a task among them. */
  readonly programs: number;
  readonly taskCount: number;
  /** The first few of these tasks, in the order in which they were built. */
  readonly tasks: readonly string[];
}

const MOST_ITEMS = 8;
const MOST_TASKS = 5;
/** Names come from inputs, and a record of a run is to stay small. */
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
    const items = [...this.items.values()];
    return {
      reasons,
      items: items.slice(0, MOST_ITEMS),
      moreItems: Math.max(0, items.length - MOST_ITEMS),
      steps: Object.fromEntries(this.steps),
      programs,
      taskCount: this.tasks.size,
      tasks: [...this.tasks].slice(0, MOST_TASKS),
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

/** Sums up by reasons: there are as many groups as sets of reasons, and so few, whatever the size of the build. */
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

  /** In the order in which they came up. */
  list(): Cause[] {
    return [...this.groups.values()].map((group) => group.cause());
  }
}
