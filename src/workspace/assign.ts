/** Which tasks a solver function is a candidate for: what its name, its file or a folder around it says. */
import type { Diagnostic } from '../diagnostic.js';
import { closest } from '../lang/suggest.js';
import type { TaskId } from '../task/task.js';

export type Assignment = (
  | { readonly kind: 'task'; readonly task: TaskId }
  /** Nothing names a task: a candidate for every selected one. */
  | { readonly kind: 'every' }
  /** The function names a task that does not exist: a candidate for none. */
  | { readonly kind: 'none' }
) & { readonly diagnostic: Diagnostic | null };

const PREFIX = 'solve_';

/** `<task>_<suffix>`, the suffix being what tells solvers of one task apart. */
const SUFFIXED = /^(.+)_[0-9a-fA-F]{8}$/;

/** What ids of the field's own tasks look like. */
const TYPICAL_ID = /^[0-9a-fA-F]{8}$/;

/** So many ids are compared for suggestions and no more: many solvers of many missing tasks must not take minutes. */
const COMPARISONS = 200_000;

export class Assigner {
  private comparisonsLeft = COMPARISONS;
  private readonly suggestions = new Map<string, string | null>();
  private file = '';
  private taskOfFile: TaskId | null = null;

  /**
   * `known` are the ids of all tasks there are, be they selected and usable or not. With the pairing "all" every solver
   * is a candidate for every task, and no name is wrong.
   */
  constructor(
    private readonly known: ReadonlySet<TaskId>,
    private readonly pairing: 'own' | 'all',
  ) {}

  /** `file` is the name that is shown (see NamedPath), `line` that of the function. */
  assign(file: string, functionName: string, line: number | null): Assignment {
    if (this.pairing === 'all') return { kind: 'every', diagnostic: null };
    if (!functionName.startsWith(PREFIX)) return this.byFile(file, null);
    const rest = functionName.slice(PREFIX.length);
    const prefix = SUFFIXED.exec(rest)?.[1];
    // Ids may contain "_", so that both can be one: the longer is meant.
    const task = this.lookUp(rest) ?? (prefix === undefined ? null : this.lookUp(prefix));
    if (task !== null) return { kind: 'task', task, diagnostic: null };
    const named = prefix ?? rest;
    const suggestion = this.suggest(named);
    const hint = suggestion === null ? null : `did you mean "${PREFIX}${suggestion}"?`;
    const place = { code: 'TASK013', file, line, column: null, hint } as const;
    if (prefix !== undefined || TYPICAL_ID.test(rest)) {
      const message = `${functionName} belongs to the task ${named}, which does not exist`;
      return { kind: 'none', diagnostic: { ...place, severity: 'error', message } };
    }
    if (suggestion === null) return this.byFile(file, null);
    const message = `${functionName} looks like a solver of one task, but there is no task ${named}`;
    return this.byFile(file, { ...place, severity: 'warning', message });
  }

  /** By the stem of the file, else by the nearest folder that is a task id. */
  private byFile(file: string, diagnostic: Diagnostic | null): Assignment {
    if (file !== this.file) {
      this.file = file;
      this.taskOfFile = this.findTaskOf(file);
    }
    const task = this.taskOfFile;
    return task === null ? { kind: 'every', diagnostic } : { kind: 'task', task, diagnostic };
  }

  private findTaskOf(file: string): TaskId | null {
    const parts = file.split('/');
    const stem = parts.pop()?.replace(/\.[^.]*$/, '') ?? '';
    for (const part of [stem, ...parts.reverse()]) {
      const task = this.lookUp(part);
      if (task !== null) return task;
    }
    return null;
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
