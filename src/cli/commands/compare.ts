/** `battbuild compare`: what got better and worse between two runs, or two stores. */
import { jsonText } from '../../text/json-text.js';
import { Command, Option } from '../clipanion.js';
import { isNarrowed } from '../options/workspace-options.js';
import { EXIT } from '../process/exit.js';
import { comparedResults } from '../queries/compared-results.js';
import { openLastBuild } from '../queries/open-last-build.js';
import { comparedLines, comparedObject } from '../render/results/compared.js';
import { TaskCommand } from './workspace-command.js';

export default class CompareCommand extends TaskCommand {
  static override paths = [['compare']];

  static override usage = Command.Usage({
    description: 'say what got better and worse between two runs or stores',
    details: `
      Without arguments: what the last run that changed a result changed. With one, what changed since then; with two, what
      changed from the first to the second.

      An argument is the number of a run, as \`stats\` lists them, or the folder of a store, which stands for its newest run:
      that of another branch, or one that a CI restored. The store remembers the last 64 runs in which a result changed.

      Tasks come in this order: lost (solved before), worse, gone, solved, better, new, changed. Scores are samples that the
      best solver matches.
    `,
    examples: [
      ['What changed since the first run', '$0 compare 1'],
      ['The same for programs', '$0 compare 1 --json'],
      ['This store against another', '$0 compare cache'],
    ],
  });

  earlier = Option.String({ required: false, name: 'RUN' });
  later = Option.String({ required: false, name: 'RUN' });
  json = Option.Boolean('--json', false, { description: 'print JSON' });

  override async execute(): Promise<number> {
    const selection = this.selection();
    const build = openLastBuild(this.openWorkspace(), selection);
    try {
      const request = { build, folder: this.context.folder, narrowed: isNarrowed(selection) };
      const compared = comparedResults(request, this.earlier, this.later);
      const lines = this.json ? [jsonText(comparedObject(compared))] : comparedLines(compared, this.style);
      this.context.stdout.write(`${lines.join('\n')}\n`);
    } finally {
      build.close();
    }
    return EXIT.done;
  }
}
