/**
 * What commands that work on a workspace have in common: options that say which one, and what of it. A class adds a set
 * of options to those of the class above it, so that no command accepts what it does not use.
 */
import type { Selection } from '../build/options.js';
import type { Workspace } from '../workspace/workspace.js';
import { BaseCommand } from './base-command.js';
import { COMMON_OPTIONS } from './options/common-options.js';
import { type CommonFlags, selectionOf, workspaceOf } from './options/workspace-options.js';

/** Works on what battbuild wrote itself: the store and the published files. */
export abstract class StoreCommand extends BaseCommand implements CommonFlags {
  config = COMMON_OPTIONS.config();
  cache = COMMON_OPTIONS.cache();
  out = COMMON_OPTIONS.out();

  protected openWorkspace(): Workspace {
    return workspaceOf(this, this.context);
  }
}

/** Reads what builds of tasks recorded. */
export abstract class TaskCommand extends StoreCommand implements CommonFlags {
  tasks = COMMON_OPTIONS.tasks();
  task = COMMON_OPTIONS.task();
  start = COMMON_OPTIONS.start();
  count = COMMON_OPTIONS.count();

  protected selection(): Selection {
    return selectionOf(this);
  }
}

/** Looks at the inputs of tasks, too. */
export abstract class InputCommand extends TaskCommand implements CommonFlags {
  solvers = COMMON_OPTIONS.solvers();
  differs = COMMON_OPTIONS.differs();
}

/** Judges programs. */
export abstract class JudgingCommand extends InputCommand implements CommonFlags {
  remoteCache = COMMON_OPTIONS.remoteCache();
  jobs = COMMON_OPTIONS.jobs();
  timeout = COMMON_OPTIONS.timeout();
  budget = COMMON_OPTIONS.budget();
}
