/** `battbuild explain`: why steps are hits or misses. */

import { type Explanation, explainTask } from '../../build/explain.js';
import type { Selection } from '../../build/options.js';
import { readTaskInputs } from '../../build/task-inputs.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import { Command, Option } from '../clipanion.js';
import { EXIT } from '../exit.js';
import { requireStore } from '../recorded.js';
import { unknownSolver, unknownTasks } from '../unknown-names.js';
import { WorkspaceCommand } from '../workspace-command.js';

export default class ExplainCommand extends WorkspaceCommand {
  static override paths = [['explain']];

  static override usage = Command.Usage({
    description: 'say step by step what is up to date, and which input changed',
    details: `
      Looks up every step of a task, or of one solver of it, as a build would now: a hit is in the store; for a miss, the
      inputs that differ from the last build are named, with their old and new values. Nothing is run.
    `,
    examples: [
      ['Why is this task built again?', '$0 explain flip-sideways'],
      ['The steps of one solver, for programs', '$0 explain flip-sideways/flip_turned --json'],
    ],
  });

  subject = Option.String({ name: 'TASK[/SOLVER]' });
  json = Option.Boolean('--json', false, { description: 'print JSON' });

  override async execute(): Promise<number> {
    const workspace = this.openWorkspace();
    requireStore(workspace);
    const slash = this.subject.indexOf('/');
    const task = slash < 0 ? this.subject : this.subject.slice(0, slash);
    const solver = slash < 0 ? null : this.subject.slice(slash + 1);
    const explanation = await explained(workspace, this.selection(), task, solver);
    if (this.json) {
      this.context.stdout.write(`${JSON.stringify(explanation)}\n`);
    } else {
      const { explanationLines } = await import('../render/explanation.js');
      this.context.stdout.write(`${explanationLines(explanation, this.style).join('\n')}\n`);
    }
    return EXIT.done;
  }
}

/** Compares with the last build of the selection, or with one of this task alone. Throws UsageProblem. */
async function explained(
  workspace: Workspace,
  selection: Selection,
  task: string,
  solver: string | null,
): Promise<Explanation> {
  let explanation: Explanation | null = null;
  for (const asked of [selection, { ids: [task], start: 0, count: null }]) {
    const inputs = await readTaskInputs(workspace, asked, task, nodeFileSystem, Date.now);
    if ('unknown' in inputs) throw unknownTasks([{ id: task, suggestion: inputs.suggestion }]);
    try {
      const names = inputs.candidates.map(({ name }) => name);
      if (solver !== null && !names.includes(solver)) throw unknownSolver(task, solver, names);
      explanation = explainTask(inputs, solver, nodeFileSystem);
    } finally {
      inputs.store.close();
    }
    if (explanation.comparedWith !== null) break;
  }
  return explanation as Explanation;
}
