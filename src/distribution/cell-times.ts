/** Estimates how long cells will take: by earlier cells of their task, else by all earlier cells. */

/**
 * Milliseconds for cells about which nothing is known, whatever their number: so only few of them are sent together.
 */
const UNKNOWN_MS = 100;

interface Sum {
  cells: number;
  ms: number;
}

export class CellTimes {
  private readonly tasks = new Map<string, Sum>();
  private readonly all: Sum = { cells: 0, ms: 0 };

  /** `recorded`: total microseconds of a task's cells in the last build; null if there are none. */
  constructor(private readonly recorded: (task: string) => { cells: number; micros: number } | null) {}

  /** Records that cells of the task took this long in sequence. */
  took(task: string, cells: number, ms: number): void {
    add(this.sumOf(task), cells, ms);
    add(this.all, cells, ms);
  }

  /** Milliseconds. */
  expect(task: string, cells: number): number {
    const known = this.sumOf(task);
    const { cells: count, ms } = known.cells > 0 ? known : this.all;
    return count > 0 ? (cells * ms) / count : UNKNOWN_MS;
  }

  private sumOf(task: string): Sum {
    let sum = this.tasks.get(task);
    if (sum === undefined) {
      const recorded = this.recorded(task);
      sum = { cells: recorded?.cells ?? 0, ms: (recorded?.micros ?? 0) / 1000 };
      this.tasks.set(task, sum);
    }
    return sum;
  }
}

function add(sum: Sum, cells: number, ms: number): void {
  sum.cells += cells;
  sum.ms += ms;
}
