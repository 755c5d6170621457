/**
 * Base classes of commands that work on a workspace: the options that select the workspace and its tasks. Each class
 * adds options to those of the class above it, so that no command accepts an option that it does not use.
 */
import type { Selection } from '../../build/options.js';
import type { Workspace } from '../../workspace/workspace.js';
import { COMMON_OPTIONS } from '../options/common-options.js';
import { type CommonFlags, selectionOf, workspaceOf } from '../options/workspace-options.js';
import { BaseCommand } from './base-command.js';

/** Works on files that battbuild wrote: the store and the published files. */
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

/** Also reads the inputs of tasks. */
export abstract class InputCommand extends TaskCommand implements CommonFlags {
  solvers = COMMON_OPTIONS.solvers();
  differs = COMMON_OPTIONS.differs();
  python = COMMON_OPTIONS.python();

  /** For commands that make candidates from existing ones. */
  protected sayWhatIsNotBred({ python }: Workspace): void {
    if (python.length > 0) this.say('programs in Python are not bred; they are judged beside what is bred');
  }
}

/** Also runs programs. */
export abstract class JudgingCommand extends InputCommand implements CommonFlags {
  remoteCache = COMMON_OPTIONS.remoteCache();
  jobs = COMMON_OPTIONS.jobs();
  timeout = COMMON_OPTIONS.timeout();
  budget = COMMON_OPTIONS.budget();
  queue = COMMON_OPTIONS.queue();
  verifyRemote = COMMON_OPTIONS.verifyRemote();
}
