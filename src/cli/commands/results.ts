/** `battbuild results`: shows the results of the last build. */

import type { LastBuild } from '../../build/last-build.js';
import { TaskSamples } from '../../report/task/task-samples.js';
import { SolverLineages } from '../../search/population/solver-lineages.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { Command, Option } from '../clipanion.js';
import { RESULT_FORMATS, RESULT_ORDERS } from '../options/option-words.js';
import { wholeNumber } from '../options/workspace-options.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { writeAll } from '../process/write-all.js';
import type { LineageOf } from '../queries/lineage.js';
import { changeNote, openLastBuild } from '../queries/open-last-build.js';
import { type ListedResult, listedResults, type ResultSelection } from '../queries/result-selection.js';
import { InputCommand } from './workspace-command.js';

export default class ResultsCommand extends InputCommand {
  static override paths = [['results']];

  static override usage = Command.Usage({
    description: 'print what the last build found out about every solver',
    details: `
      Reads what the last build of the same tasks and solvers recorded; runs nothing. Says on stderr when an input has
      changed since.

      \`--format text\` has a table per task, best program first. \`--format json\` is a list with an object per
      candidate. \`--format jsonl\` has one line per solver source and sample, duplicates included.

      A cell is \`ok\` where the program returned a grid: one or more rows of one length,
      which is not 0, of integers. All else is \`not-a-grid\`, an empty tuple and rows of
      different lengths among it.

      \`--behaviours\` has the behaviour classes instead: what programs of a task do the same on every sample, with all
      solvers that do it.

      \`--unsolved\` has the tasks only that are not solved, \`--errors\` programs that gave no grid on some sample, with what
      went wrong and on which line, \`--top N\` the best N programs of each task. \`--sort\` has the tasks in another order than
      that of their ids: \`score\`, \`cost\`, \`candidates\` or \`bytes\`, the highest first, or \`near\`. \`bytes\` is for golf
      in Python: of a task's programs, those that match most with the shortest source come first. \`--near\` is \`--unsolved --sort near\`:
      the best misses first, by samples matched and then by cells that are wrong. All of them go with every format.

      A solver that \`card\` or \`evolve\` made is shown with what it descends from: what was done to which parent, in which
      round.

      \`--outputs\` adds the grids that programs returned (json and jsonl).
    `,
    examples: [
      ['The nearest misses, one line each', '$0 results --near --top 1'],
      ['What goes wrong, and where', '$0 results --errors'],
      ['Rank the solvers of every task', '$0 results'],
      ['Rank those of one task', '$0 results -i flip-sideways'],
      ['See which of them do the same', '$0 results -i flip-sideways --behaviours'],
      ['One JSON line per solver and sample, with outputs', '$0 results --format jsonl --outputs'],
    ],
  });

  format = Option.String('--format', 'text', { description: 'text (default), json or jsonl' });
  json = Option.Boolean('--json', false, { description: 'the same as --format json' });
  unsolved = Option.Boolean('--unsolved', false, { description: 'only tasks that are not solved' });
  near = Option.Boolean('--near', false, {
    description: 'only tasks that are not solved, the best misses first',
  });
  errors = Option.Boolean('--errors', false, {
    description: 'only programs that gave no grid on some sample',
  });
  top = Option.String('--top', { description: 'only the best N programs of each task' });
  sort = Option.String('--sort', { description: `order of the tasks: ${RESULT_ORDERS.join(', ')}` });
  behaviours = Option.Boolean('--behaviours', false, {
    description: 'list behaviour classes with their members, not solvers',
  });
  outputs = Option.Boolean('--outputs', false, { description: 'include the grids that programs returned' });

  override async execute(): Promise<number> {
    const format = this.json ? 'json' : RESULT_FORMATS.find((one) => one === this.format);
    if (format === undefined) {
      throw new UsageProblem(`--format: expected text, json or jsonl, found ${JSON.stringify(this.format)}`);
    }
    const selection = this.resultSelection();
    if (this.outputs && format === 'text') {
      throw new UsageProblem('--outputs needs --format json or jsonl', 'battbuild show TASK draws the grids');
    }
    if (this.outputs && this.behaviours) {
      throw new UsageProblem('--outputs does not go with --behaviours', 'leave one of them out');
    }
    const workspace = this.openWorkspace();
    const recorded = openLastBuild(workspace, this.selection());
    try {
      const note = changeNote(recorded);
      if (note !== null) this.say(this.talkStyle.apply('yellow', note));
      const listed = listedResults(recorded, selection, () => new TaskSamples(workspace, nodeFileSystem));
      const lineages = new SolverLineages(workspace.root, recorded, nodeFileSystem);
      await writeAll(this.context.stdout, await this.texts(format, recorded, lineages, listed));
    } finally {
      recorded.close();
    }
    return EXIT.done;
  }

  private resultSelection(): ResultSelection {
    const order = this.near ? 'near' : RESULT_ORDERS.find((one) => one === (this.sort ?? 'task'));
    if (order === undefined) {
      throw new UsageProblem(
        `--sort: expected ${RESULT_ORDERS.join(', ')}, found ${JSON.stringify(this.sort)}`,
      );
    }
    if (this.near && this.sort !== undefined && this.sort !== 'near') {
      throw new UsageProblem('--near does not go with another order', 'leave --sort out');
    }
    const top = this.top === undefined ? null : wholeNumber('--top', this.top);
    return { unsolved: this.unsolved || this.near, errors: this.errors, top, order };
  }

  private async texts(
    format: (typeof RESULT_FORMATS)[number],
    recorded: LastBuild,
    lineages: SolverLineages,
    listed: Iterable<ListedResult>,
  ): Promise<Iterable<string>> {
    const lineageOf: LineageOf = (solver) => lineages.of(solver);
    if (format === 'text') {
      const { taskTexts, behaviourTexts } = await import('../render/results/results-text.js');
      return (this.behaviours ? behaviourTexts : taskTexts)(listed, lineageOf, this.style);
    }
    const { behaviourObjects, candidateObjects, resultLines } = await import(
      '../render/results/results-json.js'
    );
    if (this.behaviours) return behaviourObjects(listed, lineageOf, format);
    const render = format === 'json' ? candidateObjects : resultLines;
    return render(listed, lineageOf, this.outputs ? recorded : null);
  }
}
