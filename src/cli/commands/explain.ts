/** `battbuild explain`: why steps are hits or misses, what the last run did and why, and what a code means. */

import { hasStore } from '../../store/database.js';
import { Store } from '../../store/store.js';
import { jsonText } from '../../text/json-text.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { Command, Option } from '../clipanion.js';
import { asCode, errorEntry } from '../error-entries.js';
import { COMMON_OPTIONS } from '../options/common-options.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { writeAll } from '../process/write-all.js';
import { openStore } from '../queries/open-last-build.js';
import { InputCommand } from './workspace-command.js';

export default class ExplainCommand extends InputCommand {
  static override paths = [['explain']];

  static override usage = Command.Usage({
    description: 'say which input changed, so that what runs, or what a code means',
    details: `
      Of a task, or of one solver of it: looks up every step as a build would now. A hit is in the store; for a miss, the
      inputs that differ from the last build are named, with their old and new values. Nothing is run.

      \`--phase\` (load, inline, validate, score or publish) and \`--sample\` (demo1, test0, or its number in the lines of
      \`results --format jsonl\`) narrow it down to single steps; \`--inputs\` adds the key of each, and all that is in it.

      \`--last\`: what the last run that had something to do did, and why, grouped by causes.

      Of a code, such as LANG012: prints its entry of docs/errors.md. Where a task is named like a code, capitals mean the
      code; \`-i ID\` always means the task.
    `,
    examples: [
      ['Why is this task built again?', '$0 explain flip-sideways'],
      ['The steps of one solver, for programs', '$0 explain flip-sideways/flip_turned --json'],
      [
        'All that a cell depends on',
        '$0 explain flip-sideways/flip_turned --phase validate --sample test0 --inputs',
      ],
      ['What did the last build do, and why?', '$0 explain --last'],
      ['What does this error mean?', '$0 explain LANG012'],
    ],
  });

  budget = COMMON_OPTIONS.budget();
  subject = Option.String({ required: false, name: 'TASK[/SOLVER] or CODE' });
  last = Option.Boolean('--last', false, { description: 'what the last run did, and why' });
  phase = Option.String('--phase', { description: 'only the steps of this phase' });
  sample = Option.String('--sample', { description: 'only the steps on this sample' });
  inputs = Option.Boolean('--inputs', false, {
    description: 'show the key of each step and all of its inputs',
  });
  json = Option.Boolean('--json', false, { description: 'print JSON' });

  override async execute(): Promise<number> {
    const { subject } = this;
    if (this.last) {
      if (subject !== undefined) throw new UsageProblem('--last explains a run, and no task or code');
      await this.explainLast();
      return EXIT.done;
    }
    const code = subject === undefined ? null : asCode(subject);
    // A word that is not in capitals may be a task.
    if (code !== null && (code === subject || !(await this.isTask(subject as string)))) {
      await this.explainCode(code);
      return EXIT.done;
    }
    const task = subject ?? (this.task?.length === 1 ? this.task[0] : undefined);
    if (task === undefined) {
      throw new UsageProblem(
        'explain needs a task, a code or --last',
        'battbuild explain --help has examples',
      );
    }
    await this.explainTask(task);
    return EXIT.done;
  }

  private async explainCode(code: string): Promise<void> {
    const entry = errorEntry(code);
    if (this.json) this.print([jsonText(entry)]);
    else {
      const { errorEntryLines } = await import('../render/error-entry.js');
      this.print(errorEntryLines(entry, this.style));
    }
  }

  /** A code is explained in any folder, even if the workspace is broken. */
  private async isTask(id: string): Promise<boolean> {
    const { folder, env, cores } = this.context;
    const { workspace } = openWorkspace({ folder, flags: this, env, cores: cores() }, nodeFileSystem);
    if (workspace === null || !hasStore(workspace.cache.path)) return false;
    const { hasTask } = await import('../queries/explain-task.js');
    const store = Store.openIfThere(workspace.cache.path, () => new Date());
    try {
      return await hasTask(store, workspace, id);
    } finally {
      store.close();
    }
  }

  private async explainTask(subject: string): Promise<void> {
    const workspace = this.openWorkspace();
    const { explainedTask } = await import('../queries/explain-task.js');
    const store = openStore(workspace);
    try {
      const explanation = await explainedTask(store, workspace, this.selection(), subject, this);
      const { explanationJson, explanationLines } = await import('../render/build/explanation.js');
      if (this.json) await writeAll(this.context.stdout, explanationJson(explanation));
      else this.print(explanationLines(explanation, this.inputs, this.style));
    } finally {
      store.close();
    }
  }

  private async explainLast(): Promise<void> {
    const workspace = this.openWorkspace();
    const { lastRunOf } = await import('../../build/explain/last-run.js');
    const store = openStore(workspace);
    const last = lastRunOf(store, workspace);
    store.close();
    if (last === null) {
      throw new UsageProblem(
        'no run of this workspace is recorded in which a step ran',
        'run "battbuild build" first',
      );
    }
    if (this.json) this.print([JSON.stringify(last)]);
    else {
      const { lastRunLines } = await import('../render/build/last-run.js');
      this.print(lastRunLines(last, this.style));
    }
  }

  private print(lines: readonly string[]): void {
    this.context.stdout.write(`${lines.join('\n')}\n`);
  }
}
