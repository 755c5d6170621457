/**
 * Finds the causes of a build's steps while it runs: emitted task by task, and summed up for the record of the run.
 */
import { type Cause, type CauseItem, Causes, REASONS, type Reason } from '../../observe/cause.js';
import type { EventListener } from '../../observe/event.js';
import { inline } from '../../phases/inline.js';
import { type FileSubject, load } from '../../phases/load.js';
import { publish } from '../../phases/publish.js';
import { score } from '../../phases/score.js';
import type { DifferSet } from '../../phases/subject/differ.js';
import type { Cell, TaskProgram, TaskSubject } from '../../phases/subject/task-subject.js';
import { validate } from '../../phases/validate.js';
import { oScoreOf, type TaskResult } from '../record/task-result.js';
import type { Surroundings } from '../selection/selection.js';
import { type Before, hexOf, StepCauses, united, type Why } from './step-causes.js';

export interface RunCausesOptions {
  readonly force: boolean;
  readonly now: Surroundings;
  /** Record of the last build; null if there was none. */
  readonly before: {
    readonly surroundings: Surroundings | null;
    /** Digest of a file's content, as 32 characters of one byte each. */
    contentOf(file: string): string | undefined;
  } | null;
  readonly emit: EventListener;
}

/** Maximum number of groups of steps in a record. */
const MOST_RECORDED = 24;

const FORCED: Why = new Map([['forced', []]]);
const FIRST: Why = new Map([['first-build', []]]);

export class RunCauses {
  private readonly all = new Causes();
  /** Steps of tasks that are being built, by phase. */
  private readonly underWay = new Map<unknown, Map<string, unknown[]>>();

  constructor(private readonly options: RunCausesOptions) {}

  /** Records that a batch of steps ran. */
  ran(phase: string, subject: unknown, steps: readonly unknown[]): void {
    if (phase === load.name) {
      this.fileLoaded(subject as FileSubject);
      return;
    }
    const phases = this.underWay.get(subject) ?? new Map<string, unknown[]>();
    this.underWay.set(subject, phases);
    const known = phases.get(phase);
    if (known === undefined) phases.set(phase, [...steps]);
    else for (const step of steps) known.push(step);
  }

  /** Records that a task went through all phases; `before` is its former record. */
  taskBuilt(
    subject: TaskSubject,
    result: TaskResult,
    differs: DifferSet,
    before: () => TaskResult | null,
  ): void {
    const phases = this.underWay.get(subject);
    this.underWay.delete(subject);
    if (phases === undefined && subject.publishedChanged === 0) return;
    const old = before();
    const surroundings = this.options.before?.surroundings ?? this.options.now;
    const told = new TaskCauses(subject.task.id);
    const compared = old === null ? null : { result: old, surroundings };
    const steps = compared === null ? null : new StepCauses(subject, differs, this.options.now, compared);
    this.tellSteps(told, phases ?? new Map(), steps);
    if (subject.publishedChanged > 0) {
      const why = this.whyPublished(result, compared);
      // A new ranking results from the steps that ran. It is a reason of its own only if these had several reasons.
      told.add(publish.name, null, why.has('ranking') ? (told.only ?? why) : why);
    }
    this.tell(subject.task.id, told);
  }

  /** The causes for the record of the run; null if no step ran. */
  record(): readonly Cause[] | null {
    return this.all.isEmpty ? null : this.all.sorted().slice(0, MOST_RECORDED);
  }

  private tellSteps(
    told: TaskCauses,
    phases: ReadonlyMap<string, unknown[]>,
    causes: StepCauses | null,
  ): void {
    const always = this.options.force ? FORCED : causes === null ? FIRST : null;
    for (const program of (phases.get(inline.name) ?? []) as TaskProgram[]) {
      told.add(inline.name, program, always ?? (causes as StepCauses).ofProgram(program));
    }
    /** Why the cells of a program ran: changed outcomes have the same reasons. */
    const ofCells = new Map<TaskProgram, Why>();
    for (const { program, sample } of (phases.get(validate.name) ?? []) as Cell[]) {
      const why = always ?? (causes as StepCauses).ofCell(program, sample);
      told.add(validate.name, program, why);
      const known = ofCells.get(program);
      if (known !== why) ofCells.set(program, known === undefined ? why : united(known, why));
    }
    for (const program of (phases.get(score.name) ?? []) as TaskProgram[]) {
      const why = always ?? (causes as StepCauses).ofScore(program);
      const cells = ofCells.get(program);
      told.add(score.name, program, cells === undefined || !why.has('outcomes') ? why : followed(why, cells));
    }
  }

  private whyPublished(result: TaskResult, before: Before | null): Why {
    if (before === null) return FIRST;
    const { publish: settings } = this.options.now;
    const { publish: old } = before.surroundings;
    const items: CauseItem[] = [];
    for (const name of ['enabled', 'keep'] as const) {
      const [was, is] = [String(old[name]), String(settings[name])];
      if (was !== is) items.push({ reason: 'settings', name: `publish.${name}`, old: was, new: is });
    }
    if (items.length > 0) return new Map([['settings', items]]);
    if (rankingOf(result) === rankingOf(before.result)) return new Map([['published', []]]);
    const gone = goneSolvers(before.result, result);
    return gone.length > 0 ? new Map([['solver-gone', gone]]) : new Map([['ranking', []]]);
  }

  private fileLoaded({ name, content }: FileSubject): void {
    const { before, force, now } = this.options;
    const told = new TaskCauses(null);
    const old = before?.contentOf(name);
    if (force) told.add(load.name, null, FORCED);
    else if (before === null) told.add(load.name, null, FIRST);
    else if (old !== content) {
      const was = old === undefined ? null : hexOf(old);
      told.add(
        load.name,
        null,
        new Map([['file', [{ reason: 'file', name, old: was, new: hexOf(content) }]]]),
      );
    } else {
      const was = before.surroundings?.fingerprints.phases[load.name];
      const is = now.fingerprints.phases[load.name];
      const reason = was === undefined || was === is ? 'not-stored' : 'code';
      told.add(load.name, null, new Map([[reason, []]]));
    }
    this.tell(name, told);
  }

  private tell(subject: string, told: TaskCauses): void {
    const causes = new Causes();
    for (const one of told.list()) {
      causes.add(one);
      this.all.add(one);
    }
    this.options.emit({ type: 'explained', subject, causes: causes.list() });
  }
}

/** Steps with the same reasons. */
interface Group {
  readonly why: Why;
  readonly reasons: readonly Reason[];
  readonly items: Set<CauseItem>;
  readonly steps: Map<string, number>;
  readonly programs: Set<TaskProgram>;
}

/** The steps of one task, grouped by their reasons. */
class TaskCauses {
  /** By the names of the reasons. */
  private readonly groups = new Map<string, Group>();
  /** The same groups by `Why` object: most steps of a task share one, which then is not read again. */
  private readonly groupOf = new Map<Why, Group>();

  constructor(private readonly task: string | null) {}

  add(phase: string, program: TaskProgram | null, why: Why): void {
    const group = this.groupOf.get(why) ?? this.groupFor(why);
    group.steps.set(phase, (group.steps.get(phase) ?? 0) + 1);
    if (program !== null) group.programs.add(program);
  }

  private groupFor(why: Why): Group {
    const reasons = REASONS.filter((reason) => why.has(reason));
    const key = reasons.join(' ');
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { why, reasons, items: new Set(), steps: new Map(), programs: new Set() };
      this.groups.set(key, group);
    }
    for (const items of why.values()) for (const item of items) group.items.add(item);
    this.groupOf.set(why, group);
    return group;
  }

  /** The reasons of all steps; null if they are not the same for all. */
  get only(): Why | null {
    const [first, ...others] = this.groups.values();
    return first === undefined || others.length > 0 ? null : first.why;
  }

  *list() {
    for (const { reasons, items, steps, programs } of this.groups.values()) {
      yield { task: this.task, reasons, items, steps, programs: programs.size };
    }
  }
}

/** Changed outcomes are no reason of their own if the cells ran for other reasons. */
function followed(why: Why, cells: Why): Why {
  const rest = new Map(why);
  rest.delete('outcomes');
  return united(rest, cells);
}

function goneSolvers(before: TaskResult, now: TaskResult): CauseItem[] {
  const nameOf = ({ file, name }: { readonly file: string; readonly name: string }) => `${file} ${name}`;
  const there = new Set(now.candidates.map(nameOf));
  return before.candidates
    .filter((candidate) => !there.has(nameOf(candidate)))
    .map((candidate) => ({ reason: 'solver-gone', name: nameOf(candidate), old: null, new: null }));
}

/** The inputs of a task's published files. */
function rankingOf({ programs, differs }: TaskResult): string {
  return JSON.stringify([
    programs.map((program) => [program.body, program.rank, oScoreOf(program), program.cost]),
    differs.map(({ body, sScore }) => [body, sScore]),
  ]);
}
