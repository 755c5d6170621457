/** `battbuild card`: generates candidates from existing solvers. */

import { sep } from 'node:path';
import { type CardReport, card } from '../../search/population/card.js';
import { FileProblem } from '../../workspace/file-system.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { type NamedPath, namePath } from '../../workspace/paths.js';
import type { Workspace } from '../../workspace/workspace.js';
import { Command, Option } from '../clipanion.js';
import { unknownTasks } from '../options/unknown-names.js';
import { wholeNumber } from '../options/workspace-options.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { briefLines } from '../render/diagnostics.js';
import type { HowGenerated } from '../render/results/card.js';
import { InputCommand } from './workspace-command.js';

/** Candidates per task if neither `--per-task` nor `--count` is given. */
const PER_TASK = 32;

/** At most this many diagnostics are printed; the others are only counted. */
const MOST_DIAGNOSTICS = 20;

export default class CardCommand extends InputCommand {
  static override paths = [['card']];

  static override usage = Command.Usage({
    description: 'generate candidates: mutants and crossovers of the solvers',
    details: `
      Changes solvers of the workspace in one to three places, so that kinds fit: constants, primitives, arguments,
      insertions, deletions, and parts of other solvers. What did better on the demonstrations when it was last built
      is a parent more often; outputs of tests are never looked at. A task without solvers gets changed solvers of
      other tasks.

      Writes one solver file a task and call, beside those of earlier calls, with the lineage of each candidate in a
      comment. No program is written that its task has already. The same seed and inputs give the same bytes.
    `,
    examples: [
      ['Make 32 candidates for every task, and judge them with the next build', '$0 card'],
      ['Make 200 for one task, from another seed', '$0 card -i flip-sideways --per-task 200 --seed 2'],
      ['Make 1000 in all, in a folder of their own', '$0 card --count 1000 --into candidates'],
    ],
  });

  override count = Option.String('--count', { description: 'at most so many candidates in all' });
  perTask = Option.String('--per-task', {
    description: `at most so many candidates for a task (default ${PER_TASK}, unless --count is given)`,
  });
  seed = Option.String('--seed', '1', { description: 'what all choices follow from (default 1)' });
  round = Option.String('--round', '0', { description: 'number of the round that lineages say (default 0)' });
  into = Option.String('--into', {
    description: 'folder for the files (default: "card" in the first folder of solvers)',
  });
  json = Option.Boolean('--json', false, { description: 'print JSON, one object a task and a summary' });

  override async execute(): Promise<number> {
    const count = this.count === undefined ? null : wholeNumber('--count', this.count);
    const perTask = this.perTask === undefined ? null : wholeNumber('--per-task', this.perTask);
    const seed = wholeNumber('--seed', this.seed);
    const round = wholeNumber('--round', this.round);
    // In this command, --count is the number of candidates.
    const selection = { ids: this.task ?? [], start: wholeNumber('--start', this.start ?? '0'), count: null };
    const workspace = this.openWorkspace();
    const into = this.folder(workspace);
    const report = await card({
      workspace,
      selection,
      perTask: perTask ?? (count === null ? PER_TASK : null),
      count,
      seed,
      round,
      into,
      files: nodeFileSystem,
      now: Date.now,
    });
    if (report.unknownTasks.length > 0) throw unknownTasks(report.unknownTasks);
    this.sayWhatIsNotBred(workspace);
    this.say(...briefLines(report.diagnostics, MOST_DIAGNOSTICS, this.talkStyle));
    const built = workspace.solvers.some(
      ({ path }) => into.path === path || into.path.startsWith(`${path}${sep}`),
    );
    await this.print(report, { seed, round, into: into.name, built });
    if (report.problem !== null) {
      throw new UsageProblem(`${report.problem.path} cannot be written: ${report.problem.describe()}`);
    }
    return report.diagnostics.some(({ severity }) => severity === 'error') ? EXIT.inputs : EXIT.done;
  }

  private async print(report: CardReport, how: HowGenerated): Promise<void> {
    const { cardJson, cardLines } = await import('../render/results/card.js');
    const lines = this.json ? cardJson(report, how) : cardLines(report, how, this.style);
    this.context.stdout.write(`${lines.join('\n')}\n`);
  }

  private folder(workspace: Workspace): NamedPath {
    const { root } = workspace;
    if (this.into !== undefined) {
      const into = namePath(root, this.context.folder, this.into);
      const stat = nodeFileSystem.stat(into.path);
      if (stat instanceof FileProblem ? !stat.absent || stat.code === 'ENOTDIR' : stat.kind !== 'folder') {
        throw new UsageProblem(`--into: ${JSON.stringify(this.into)} is not a folder`);
      }
      return into;
    }
    const folder = workspace.solvers.find(({ path }) => {
      const stat = nodeFileSystem.stat(path);
      return stat instanceof FileProblem || stat.kind === 'folder';
    });
    if (folder === undefined) throw new UsageProblem('there is no folder of solvers', 'name one with --into');
    return namePath(root, folder.path, 'card');
  }
}
