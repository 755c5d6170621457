/** Assigns a solver function to its task, by its name, its file's name or a folder's name. */
import type { Diagnostic } from '../../diagnostic.js';
import { closest } from '../../lang/suggest.js';
import { pathPartOf } from '../../task/path-part.js';
import type { TaskId } from '../../task/task.js';

export type Assignment = (
  | { readonly kind: 'task'; readonly task: TaskId }
  /** Nothing names a task: a candidate for every selected one. */
  | { readonly kind: 'every' }
  /**
   * A stray: it names a task in the usual form, but that task does not exist here. It is a candidate for none, and no
   * mistake.
   */
  | { readonly kind: 'none' }
) & { readonly diagnostic: Diagnostic | null };

/** Names and files in the usual form, with the id of the task. */
const TYPICAL = /^(?:.*_)?[0-9a-fA-F]{8}$/;

/** The usual names of solvers of a single task. */
const OF_ONE_TASK = /^(?:solve|verify)_(.+)$/;

/**
 * An id with more parts is only searched for in file and folder names: searching function names for it could be slow.
 */
const MOST_PARTS = 64;

/** At most this many ids are compared for suggestions: many solvers of missing tasks must not take minutes. */
const COMPARISONS = 200_000;

export class Assigner {
  private comparisonsLeft = COMPARISONS;
  private readonly suggestions = new Map<string, string | null>();
  /** The maximum number of parts, separated by `_`, of an id that function names are searched for. */
  private readonly mostParts: number;
  /** Shorter names contain no id. */
  readonly shortest: number;
  /** Ids by their form in paths, if that is different. */
  private readonly escaped = new Map<string, TaskId>();
  private file = '';
  private taskOfFile: TaskId | null = null;

  /**
   * `known` are the ids of all existing tasks, including those that are not selected or not usable. With the pairing
   * "all" every solver is a candidate for every task, and no name is wrong.
   */
  constructor(
    private readonly known: ReadonlySet<TaskId>,
    private readonly pairing: 'own' | 'all',
  ) {
    let most = 1;
    let shortest = Number.MAX_SAFE_INTEGER;
    for (const id of known) {
      shortest = Math.min(shortest, id.length);
      most = Math.max(most, id.split('_').length);
      const part = pathPartOf(id);
      if (part !== id) this.escaped.set(part, id);
    }
    this.mostParts = Math.min(most, MOST_PARTS);
    this.shortest = shortest;
  }

  /** `file` is the displayed name (see NamedPath), `line` the function's line. */
  assign(file: string, functionName: string, line: number | null): Assignment {
    if (this.pairing === 'all') return { kind: 'every', diagnostic: null };
    const task = this.partOf(functionName);
    if (task !== null) return { kind: 'task', task, diagnostic: null };
    this.findTaskOf(file);
    const diagnostic = TYPICAL.test(functionName) ? null : this.doubt(file, functionName, line);
    if (this.taskOfFile !== null) return { kind: 'task', task: this.taskOfFile, diagnostic };
    const isStray = TYPICAL.test(functionName) || TYPICAL.test(stemOf(file));
    return { kind: isStray ? 'none' : 'every', diagnostic };
  }

  /** The task that a file is named after; null if there is none, and where names do not matter. */
  taskOf(file: string): TaskId | null {
    if (this.pairing === 'all') return null;
    this.findTaskOf(file);
    return this.taskOfFile;
  }

  /** Whether a function with this name, in a file named after `task`, belongs to that task. */
  leavesTo(task: TaskId, functionName: string): boolean {
    const named = this.partOf(functionName);
    return named === null || named === task;
  }

  /** Whether a function's name marks it as the solver of a task, existing or not. */
  isNamedForTask(functionName: string): boolean {
    return TYPICAL.test(functionName) || this.partOf(functionName) !== null;
  }

  /**
   * The id that is a whole part of a name, as in `verify_<id>` and `<id>_v2`; the longest, then the first, of
   * several.
   */
  private partOf(name: string): TaskId | null {
    if (!name.includes('_')) return this.lookUp(name);
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

  /**
   * The task of a file: its stem, else the nearest folder whose name is a task id, plain, in the form for paths, or
   * after `solve_`.
   */
  private findTaskOf(file: string): void {
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

  /** A name similar to the name of a task's solver may be a typing error. */
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
