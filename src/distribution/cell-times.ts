/** How long cells will take, as far as can be told: by what those of their task took, else by what cells took so far. */

/** Milliseconds of cells of which nothing is known, however many: so that few of them go out together. */
const UNKNOWN_MS = 100;

interface Sum {
  cells: number;
  ms: number;
}

export class CellTimes {
  private readonly tasks = new Map<string, Sum>();
  private readonly all: Sum = { cells: 0, ms: 0 };

  /** `recorded`: microseconds of a task's cells, all together, as the last build recorded them; null where none did. */
  constructor(private readonly recorded: (task: string) => { cells: number; micros: number } | null) {}

  /** Cells of the task took so long, on the clock, one after another. */
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
