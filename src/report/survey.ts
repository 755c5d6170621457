/** A first pass over the results of all tasks: what several of them share, and the most expensive programs. */
import type { ProgramResult, TaskResult } from '../build/record/task-result.js';
import type { BodyHash } from '../lang/program/program.js';
import { compareNames } from '../workspace/paths.js';
import type { CostlyProgram, ProgramLocation, SourceLocation } from './data.js';
import { inReportOrder, type OrderedResult } from './result-order.js';

/** At most this many expensive programs are named. */
const MOST_COSTLY = 12;

/** Number of digits of a body hash in a lineage. */
const LINEAGE_DIGITS = 8;

/** Not the whole result, which contains all cells of its task. */
type SharedProgram = Pick<ProgramResult, 'body' | 'facts'>;

export class Survey {
  private readonly bodies = new Map<
    BodyHash,
    { readonly task: string; readonly program: SharedProgram; tasks: number }
  >();
  private readonly origins = new Map<string, ProgramLocation>();
  private readonly solvers = new Map<string, { readonly location: SourceLocation; tasks: number }>();
  private readonly costly: CostlyProgram[] = [];

  constructor(results: Iterable<TaskResult>) {
    for (const result of results) this.add(inReportOrder(result));
  }

  /** Solver sources that are candidates of several tasks, sorted by file and line. */
  sharedSolvers(): SourceLocation[] {
    const shared = [...this.solvers.values()]
      .filter(({ tasks }) => tasks > 1)
      .map(({ location }) => location);
    return shared.sort((a, b) => compareNames(a.file, b.file) || a.line - b.line);
  }

  /** Programs that several tasks have, each with a task that has it. */
  sharedBodies(): Map<string, SharedProgram[]> {
    const shared = new Map<string, SharedProgram[]>();
    for (const { task, program, tasks } of this.bodies.values()) {
      if (tasks < 2) continue;
      const programs = shared.get(task);
      if (programs === undefined) shared.set(task, [program]);
      else programs.push(program);
    }
    return shared;
  }

  /** The most expensive first. */
  costliest(): CostlyProgram[] {
    return this.costly;
  }

  /** The program whose body hash begins with the digits of a lineage; the first one if there are several. */
  originOf(parent: string): ProgramLocation | null {
    return this.origins.get(parent) ?? null;
  }

  private add(result: OrderedResult): void {
    result.programs.forEach(({ body, facts }, program) => {
      const known = this.bodies.get(body);
      if (known !== undefined) known.tasks++;
      else this.bodies.set(body, { task: result.task, program: { body, facts }, tasks: 1 });
      const digits = body.slice(0, LINEAGE_DIGITS);
      if (!this.origins.has(digits)) this.origins.set(digits, { task: result.task, program });
    });
    for (const { name, file, line } of result.solvers) {
      const key = solverKey({ name, file, line });
      const known = this.solvers.get(key);
      if (known !== undefined) known.tasks++;
      else this.solvers.set(key, { location: { name, file, line }, tasks: 1 });
    }
    this.addCosts(result);
  }

  private addCosts({ task, programs, solvers }: OrderedResult): void {
    programs.forEach(({ cost }, program) => {
      const last = this.costly[MOST_COSTLY - 1];
      if (last !== undefined && last.cost >= cost) return;
      const name = solvers.find((solver) => solver.program === program)?.name ?? '';
      this.costly.push({ task, program, name, cost });
      this.costly.sort((a, b) => b.cost - a.cost);
      this.costly.length = Math.min(this.costly.length, MOST_COSTLY);
    });
  }
}

/** A key that is equal for the same solver source in several tasks. */
export function solverKey({ name, file, line }: SourceLocation): string {
  return `${line}\n${name}\n${file}`;
}
