/** `battbuild results`: what the last build found out. */

import type { Recorded } from '../../build/recorded.js';
import { Command, Option } from '../clipanion.js';
import { EXIT, UsageProblem } from '../exit.js';
import { writeAll } from '../output.js';
import { changeNote, openRecorded } from '../recorded.js';
import { WorkspaceCommand } from '../workspace-command.js';

export default class ResultsCommand extends WorkspaceCommand {
  static override paths = [['results']];

  static override usage = Command.Usage({
    description: 'print what the last build found out about every solver',
    details: `
      Reads what the last build of the same tasks and solvers recorded; runs nothing. Says on stderr when an input has
      changed since.

      \`--format text\` has a table per task, best program first. \`--format json\` is a list with an object per
      candidate. \`--format jsonl\` has one line per solver source and sample, duplicates included.

      \`--outputs\` adds the grids that programs returned (json and jsonl).
    `,
    examples: [
      ['Rank the solvers of every task', '$0 results'],
      ['Rank those of one task', '$0 results -i flip-sideways'],
      ['One JSON line per solver and sample, with outputs', '$0 results --format jsonl --outputs'],
    ],
  });

  format = Option.String('--format', 'text', { description: 'text (default), json or jsonl' });
  outputs = Option.Boolean('--outputs', false, { description: 'include the grids that programs returned' });

  override async execute(): Promise<number> {
    const { format } = this;
    if (format !== 'text' && format !== 'json' && format !== 'jsonl') {
      throw new UsageProblem(`--format: expected text, json or jsonl, found ${JSON.stringify(format)}`);
    }
    if (this.outputs && format === 'text') {
      throw new UsageProblem('--outputs needs --format json or jsonl', 'battbuild show TASK draws the grids');
    }
    const recorded = openRecorded(this.openWorkspace(), this.selection());
    try {
      const note = changeNote(recorded);
      if (note !== null) this.say(this.talkStyle.apply('yellow', note));
      await writeAll(this.context.stdout, await this.texts(format, recorded));
    } finally {
      recorded.close();
    }
    return EXIT.done;
  }

  private async texts(format: 'text' | 'json' | 'jsonl', recorded: Recorded): Promise<Iterable<string>> {
    if (format === 'text') {
      const { taskTexts } = await import('../render/results-text.js');
      return taskTexts(recorded.tasks(), this.style);
    }
    const { candidateObjects, resultLines } = await import('../render/results-json.js');
    const render = format === 'json' ? candidateObjects : resultLines;
    return render(recorded.tasks(), this.outputs ? (task) => recorded.outputsOf(task) : null);
  }
}
