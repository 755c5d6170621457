/** Records finished tasks: their states and results in the store, and the totals of all selected tasks. */
import type { Diagnostic } from '../../diagnostic.js';
import { STATUSES, type Status } from '../../engine/outcome.js';
import { failPoint } from '../../fail-points.js';
import type { TaskSubject } from '../../phases/subject/task-subject.js';
import { arePython } from '../../python/python-program.js';
import { standingOf } from '../compare/standing.js';
import { encodeStanding } from '../compare/standing-codec.js';
import { PublishedState } from '../record/published-state.js';
import { type CountedStates, type PublishedTotal, publishedTotal } from '../record/published-total.js';
import { behaviourCount, type TaskResult, verdictOf } from '../record/task-result.js';
import { encodeTaskResult, readTaskResult } from '../record/task-result-codec.js';
import { decodeTaskState, encodeTaskState, type PhaseWork, type TaskState } from '../record/task-state.js';
import { listTasks } from '../record/task-state-head.js';
import { type Totals, totalsOf } from '../record/totals.js';
import type { TaskChanged } from '../session/warm-state.js';
import type { Run } from './run-phases.js';

/** A task with a cell of such a status is built again. */
const NOT_KEPT: readonly Status[] = ['timeout', 'crashed'];

export class TaskRecorder {
  /** States of the selected tasks after the build, including those that were skipped. */
  private readonly built = new Map<string, TaskState>();

  constructor(
    private readonly run: Run,
    /** Number of the selection in the store. */
    readonly selection: number,
    private readonly taskChanged: TaskChanged | null,
  ) {}

  get states(): ReadonlyMap<string, TaskState> {
    return this.built;
  }

  /** The published files of the selected tasks; `before` has those of the last build. */
  published(before: CountedStates | null): PublishedTotal {
    return publishedTotal(publishedIn(this.built), before);
  }

  /** Whether every selected task was built and the next build may skip all of them. */
  get complete(): boolean {
    return [...this.built.values()].every((state) => state.complete);
  }

  /** What the results of all selected tasks depend on. */
  get list(): Uint8Array {
    return listTasks(this.built);
  }

  totals(): Totals {
    return totalsOf(this.built);
  }

  /** A task that is up to date: its record stays. */
  skip(id: string, state: TaskState): void {
    const { counters } = this.run;
    // Without an iterator, which makes three objects for each phase of each task.
    state.work.forEach(({ steps, micros }, phase) => void counters.skipped(phase, steps, micros));
    this.built.set(id, state);
  }

  /** The state of a task that went through all phases. */
  finished(
    subject: TaskSubject,
    result: TaskResult,
    digest: string,
    work: ReadonlyMap<string, PhaseWork>,
  ): TaskState {
    const statuses = STATUSES.map((_, k) =>
      result.programs.reduce((sum, program) => sum + program.statuses[k], 0),
    );
    const lost = STATUSES.some((status, k) => NOT_KEPT.includes(status) && statuses[k] > 0);
    const refused = subject.publishedCount < subject.publishedWanted;
    const built = {
      digest,
      samples: subject.digests.samples,
      complete: !lost && !refused,
      verdict: verdictOf(result),
      candidates: result.candidates.length,
      programs: result.programs.length,
      pythonPrograms: result.programs.filter(({ facts }) => arePython(facts)).length,
      behaviours: behaviourCount(result),
      cells: statuses.reduce((sum, cells) => sum + cells, 0),
      statuses,
      work,
      differFailures: failuresOf(result),
      published: PublishedState.of(subject.published, subject.publishedCount),
    };
    this.built.set(subject.task.id, built);
    return built;
  }

  /**
   * Further files of a task are being published. The records of other selections that publish it become outdated: they
   * could not tell that there are more files than theirs.
   */
  outdateElsewhere(id: string, isConcerned: (selection: string) => boolean): void {
    const { selections } = this.run.store;
    for (const other of selections.list()) {
      if (other.id === this.selection || !isConcerned(other.name)) continue;
      const bytes = selections.taskState(other.id, id);
      const state = bytes === null ? null : decodeTaskState(bytes);
      const published = state?.published.outdated;
      if (state === null || published === undefined || published === state.published) continue;
      selections.saveTaskState(other.id, id, encodeTaskState({ ...state, published }));
    }
  }

  /**
   * Stores a finished task, with others that finish now; `meanwhile` runs in the same transaction. `before` has the result
   * that is replaced.
   */
  async save(
    id: string,
    built: TaskState,
    result: TaskResult,
    before: () => TaskResult | null,
    meanwhile: () => void,
  ): Promise<void> {
    const { store } = this.run;
    this.taskChanged?.(id, before(), result);
    // Encoded now, so that others need not wait for that.
    const [state, results, standing] = [
      encodeTaskState(built),
      encodeTaskResult(result),
      encodeStanding(standingOf(result)),
    ];
    const save = () => {
      this.run.shared?.storePending();
      store.selections.saveTask(this.selection, id, state, results);
      store.standings.save(this.selection, id, this.run.id, standing);
      meanwhile();
      failPoint('task in transaction');
    };
    await store.writeTogether(recordOf(id), save);
    failPoint('task stored');
  }

  /** A task that left the selection: its record is removed. */
  remove(id: string): void {
    const { store } = this.run;
    // The result is only read if there is a listener.
    this.taskChanged?.(id, this.lastResult(id), null);
    store.write(() => {
      store.selections.removeTask(this.selection, id);
      store.standings.save(this.selection, id, this.run.id, null);
    });
  }

  /** The result that the last build recorded; null if there is none. */
  lastResult(id: string): TaskResult | null {
    this.run.store.settle(recordOf(id));
    return readTaskResult(this.run.store.selections.taskResult(this.selection, id));
  }

  /** Differs that gave no score for some comparisons, over all selected tasks. */
  differDiagnostics(): Diagnostic[] {
    const failures = new Map<string, { comparisons: number; tasks: number }>();
    for (const state of this.built.values()) {
      for (const [differ, count] of state.differFailures) {
        const sum = failures.get(differ) ?? { comparisons: 0, tasks: 0 };
        failures.set(differ, { comparisons: sum.comparisons + count, tasks: sum.tasks + 1 });
      }
    }
    return [...failures]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([differ, { comparisons, tasks }]) => {
        // A file name may contain line breaks.
        const parts = differ.split('\n');
        const [line, name] = parts.splice(-2);
        const message = `the differ ${name} gave no score for ${comparisons} comparisons of ${tasks} tasks: they count as 0`;
        const place = { file: parts.join('\n'), line: Number(line), column: null };
        return { code: 'DIFF001', severity: 'warning', ...place, message, hint: null };
      });
  }
}

export function publishedIn(states: ReadonlyMap<string, TaskState>): PublishedState[] {
  return [...states.values()].map(({ published }) => published);
}

/** What the store calls the record of a task. */
function recordOf(task: string): string {
  return `record ${task}`;
}

function failuresOf(result: TaskResult): Map<string, number> {
  const failures = new Map<string, number>();
  for (const { file, line, name, failures: count } of result.differs) {
    if (count > 0) failures.set(`${file}\n${line}\n${name}`, count);
  }
  return failures;
}
