/** Which tasks a solver function is a candidate for: what its name, its file or a folder around it says. */
import type { Diagnostic } from '../diagnostic.js';
import { closest } from '../lang/suggest.js';
import { pathPartOf } from '../task/path-part.js';
import type { TaskId } from '../task/task.js';

export type Assignment = (
  | { readonly kind: 'task'; readonly task: TaskId }
  /** Nothing names a task: a candidate for every selected one. */
  | { readonly kind: 'every' }
  /** A stray: it names a task as the field does, and that is not here. A candidate for none, and no mistake. */
  | { readonly kind: 'none' }
) & { readonly diagnostic: Diagnostic | null };

/** A name or a file of the field, by the ids that its tasks have. */
const TYPICAL = /^(?:.*_)?[0-9a-fA-F]{8}$/;

/** What solvers of one task are called. */
const OF_ONE_TASK = /^(?:solve|verify)_(.+)$/;

/** An id with more parts is found by file and folder only: searching names for it could take long. */
const MOST_PARTS = 64;

/** So many ids are compared for suggestions and no more: many solvers of many missing tasks must not take minutes. */
const COMPARISONS = 200_000;

export class Assigner {
  private comparisonsLeft = COMPARISONS;
  private readonly suggestions = new Map<string, string | null>();
  /** As many parts, separated by `_`, as an id has at most (of those that names are searched for). */
  private readonly mostParts: number;
  /** Ids by how they are written in paths, where that is different. */
  private readonly escaped = new Map<string, TaskId>();
  private file = '';
  private taskOfFile: TaskId | null = null;

  /**
   * `known` are the ids of all tasks there are, be they selected and usable or not. With the pairing "all" every solver
   * is a candidate for every task, and no name is wrong.
   */
  constructor(
    private readonly known: ReadonlySet<TaskId>,
    private readonly pairing: 'own' | 'all',
  ) {
    let most = 1;
    for (const id of known) {
      most = Math.max(most, id.split('_').length);
      const part = pathPartOf(id);
      if (part !== id) this.escaped.set(part, id);
    }
    this.mostParts = Math.min(most, MOST_PARTS);
  }

  /** `file` is the name that is shown (see NamedPath), `line` that of the function. */
  assign(file: string, functionName: string, line: number | null): Assignment {
    if (this.pairing === 'all') return { kind: 'every', diagnostic: null };
    const task = this.partOf(functionName);
    if (task !== null) return { kind: 'task', task, diagnostic: null };
    this.lookAt(file);
    const diagnostic = TYPICAL.test(functionName) ? null : this.doubt(file, functionName, line);
    if (this.taskOfFile !== null) return { kind: 'task', task: this.taskOfFile, diagnostic };
    const isStray = TYPICAL.test(functionName) || TYPICAL.test(stemOf(file));
    return { kind: isStray ? 'none' : 'every', diagnostic };
  }

  /** Whether a function's name says that it is the solver of a task, be it here or not. */
  isNamedForTask(functionName: string): boolean {
    return TYPICAL.test(functionName) || this.partOf(functionName) !== null;
  }

  /** The id that is a whole part of a name, as in `verify_<id>` and `<id>_v2`; of several the longest, then the first. */
  private partOf(name: string): TaskId | null {
    const parts = name.split('_');
    let found: TaskId | null = null;
    for (let from = 0; from < parts.length; from++) {
      let text = '';
      for (let to = from; to < parts.length && to - from < this.mostParts; to++) {
        text = to === from ? parts[to] : `${text}_${parts[to]}`;
        const task = this.lookUp(text);
        if (task !== null && task.length > (found?.length ?? 0)) found = task;
      }
    }
    return found;
  }

  /** Finds the task of a file: its stem, else the nearest folder that is a task id, as it is or as paths have it, or after `solve_`. */
  private lookAt(file: string): void {
    if (file === this.file) return;
    this.file = file;
    const folders = file.split('/').slice(0, -1);
    this.taskOfFile = null;
    for (const part of [stemOf(file), ...folders.reverse()]) {
      const named = part.replace(/^solve_/, '');
      this.taskOfFile = this.lookUp(part) ?? this.escaped.get(part) ?? this.lookUp(named) ?? null;
      if (this.taskOfFile !== null) return;
    }
  }

  /** A name that is close to that of a task's solver may be a slip. */
  private doubt(file: string, functionName: string, line: number | null): Diagnostic | null {
    const named = OF_ONE_TASK.exec(functionName)?.[1];
    const suggestion = named === undefined ? null : this.suggest(named);
    if (named === undefined || suggestion === null) return null;
    const message = `${functionName} looks like a solver of one task, but there is no task ${named}`;
    const hint = `did you mean "${functionName.slice(0, -named.length)}${suggestion}"?`;
    return { code: 'TASK013', severity: 'warning', file, line, column: null, message, hint };
  }

  private lookUp(text: string): TaskId | null {
    return this.known.has(text as TaskId) ? (text as TaskId) : null;
  }

  private suggest(unknown: string): string | null {
    const earlier = this.suggestions.get(unknown);
    if (earlier !== undefined) return earlier;
    if (this.comparisonsLeft <= 0) return null;
    this.comparisonsLeft -= this.known.size;
    const suggestion = closest(unknown, this.known);
    this.suggestions.set(unknown, suggestion);
    return suggestion;
  }
}

function stemOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}
