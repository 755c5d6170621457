/**
 * Which steps a build must run, computed from the definition of the phases and from what earlier builds of the same
 * store ran: a step runs exactly if no step with the same inputs has run before.
 */
import type { RecordedTask } from '../rig.js';
import {
  candidatesOf,
  differsOf,
  distinctPrograms,
  filesOf,
  judgedSamples,
  usableTasks,
  type WorkspaceModel,
} from './model.js';
import { identityOf, reads } from './programs.js';

export class LeastSet {
  /** The inputs of all steps that have run, as text. */
  private readonly known = new Set<string>();

  /**
   * The steps that a build of `model` must run, by `phase subject`; records that they have run. `clean` is the record
   * of a clean build, because a score depends on outcomes.
   */
  next(model: WorkspaceModel, clean: readonly RecordedTask[]): Record<string, number> {
    const expected: Record<string, number> = {};
    const run = (step: string, ...inputs: unknown[]) => {
      const identity = JSON.stringify([step.split(' ')[0], ...inputs]);
      if (!this.known.has(identity)) expected[step] = (expected[step] ?? 0) + 1;
      return identity;
    };
    const files = [...filesOf(model)].sort(([a], [b]) => (a < b ? -1 : 1));
    const programs = ['solvers/', 'differs/'].flatMap((root) =>
      files.filter(([path]) => path.startsWith(root)),
    );
    for (const [path, content] of programs) {
      // Files are loaded one after another, so the second of two equal files finds the step of the first.
      this.known.add(run(`load ${path}`, content.toString('latin1')));
    }
    for (const id of usableTasks(model)) {
      const ran = this.stepsOf(model, id, clean, run);
      for (const identity of ran) this.known.add(identity);
    }
    return expected;
  }

  /** The steps of one task are looked up before any of them runs, so equal steps among them all run. */
  private stepsOf(
    model: WorkspaceModel,
    id: string,
    clean: readonly RecordedTask[],
    run: (step: string, ...inputs: unknown[]) => string,
  ): string[] {
    const { train } = model.tasks.get(id)!;
    const { cost, cells } = model.settings;
    const samples = judgedSamples(model, id);
    const result = clean.find(({ task }) => task === id)!;
    const inputs = samples.map(({ input }) => input);
    const differs = differsOf(model);
    const seen = differs.some((differ) => reads(differ, 'S')) ? train : null;
    // The scores of differs also depend on the other things that differs read, and on the budget.
    const compared =
      differs.length === 0 ? null : [differs.map(identityOf).sort(), inputs, seen, cost, cells];
    const ran: string[] = [];
    for (const [identity, { file, name, program }] of distinctPrograms(candidatesOf(model, id))) {
      ran.push(run(`inline ${id}`, id, identity));
      const demonstrations = reads(program, 'S') ? train : null;
      for (const { input } of samples) {
        ran.push(run(`validate ${id}`, id, identityOf(program), input, demonstrations, cost, cells));
      }
      const candidate = result.candidates.find((one) => one.file === file && one.name === name)!;
      const outcomes = result.programs[candidate.program].outcomes.map(({ status, rows }) => [status, rows]);
      ran.push(
        run(
          `score ${id}`,
          id,
          samples.map(({ kind, output }, k) => [kind, output, outcomes[k]]),
          compared,
        ),
      );
    }
    return ran;
  }
}
