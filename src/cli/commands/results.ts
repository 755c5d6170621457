/** `battbuild results`: what the last build found out. */

import type { LastBuild } from '../../build/last-build.js';
import { SolverLineages } from '../../search/population/solver-lineages.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { Command, Option } from '../clipanion.js';
import { EXIT, UsageProblem } from '../exit.js';
import { RESULT_FORMATS } from '../options/option-words.js';
import { changeNote, openLastBuild } from '../queries/open-last-build.js';
import type { LineageOf } from '../render/results/lineage.js';
import { InputCommand } from '../workspace-command.js';
import { writeAll } from '../write-all.js';

export default class ResultsCommand extends InputCommand {
  static override paths = [['results']];

  static override usage = Command.Usage({
    description: 'print what the last build found out about every solver',
    details: `
      Reads what the last build of the same tasks and solvers recorded; runs nothing. Says on stderr when an input has
      changed since.

      \`--format text\` has a table per task, best program first. \`--format json\` is a list with an object per
      candidate. \`--format jsonl\` has one line per solver source and sample, duplicates included.

      \`--behaviours\` has the behaviour classes instead: what programs of a task do the same on every sample, with all
      solvers that do it.

      A solver that \`card\` or \`evolve\` made is shown with what it descends from: what was done to which parent, in which
      round.

      \`--outputs\` adds the grids that programs returned (json and jsonl).
    `,
    examples: [
      ['Rank the solvers of every task', '$0 results'],
      ['Rank those of one task', '$0 results -i flip-sideways'],
      ['See which of them do the same', '$0 results -i flip-sideways --behaviours'],
      ['One JSON line per solver and sample, with outputs', '$0 results --format jsonl --outputs'],
    ],
  });

  format = Option.String('--format', 'text', { description: 'text (default), json or jsonl' });
  behaviours = Option.Boolean('--behaviours', false, {
    description: 'list behaviour classes with their members, not solvers',
  });
  outputs = Option.Boolean('--outputs', false, { description: 'include the grids that programs returned' });

  override async execute(): Promise<number> {
    const format = RESULT_FORMATS.find((one) => one === this.format);
    if (format === undefined) {
      throw new UsageProblem(`--format: expected text, json or jsonl, found ${JSON.stringify(this.format)}`);
    }
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
      const lineages = new SolverLineages(workspace.root, recorded, nodeFileSystem);
      await writeAll(this.context.stdout, await this.texts(format, recorded, lineages));
    } finally {
      recorded.close();
    }
    return EXIT.done;
  }

  private async texts(
    format: (typeof RESULT_FORMATS)[number],
    recorded: LastBuild,
    lineages: SolverLineages,
  ): Promise<Iterable<string>> {
    const lineageOf: LineageOf = (solver) => lineages.of(solver);
    if (format === 'text') {
      const { taskTexts, behaviourTexts } = await import('../render/results/results-text.js');
      return (this.behaviours ? behaviourTexts : taskTexts)(recorded.tasks(), lineageOf, this.style);
    }
    const { behaviourObjects, candidateObjects, resultLines } = await import(
      '../render/results/results-json.js'
    );
    if (this.behaviours) return behaviourObjects(recorded.tasks(), lineageOf, format);
    const render = format === 'json' ? candidateObjects : resultLines;
    return render(recorded.tasks(), lineageOf, this.outputs ? (task) => recorded.outputsOf(task) : null);
  }
}
