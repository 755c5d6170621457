/** `battbuild stats`: what the cache saved, in the last run and over time. */

import { statsOf } from '../../observe/stats.js';
import { Store } from '../../store/store.js';
import { jsonText } from '../../text/json-text.js';
import { Command, Option } from '../clipanion.js';
import { EXIT, UsageProblem } from '../exit.js';
import { requireStore } from '../recorded.js';
import { wholeNumber } from '../workspace.js';
import { WorkspaceCommand } from '../workspace-command.js';

export default class StatsCommand extends WorkspaceCommand {
  static override paths = [['stats']];

  static override usage = Command.Usage({
    description: 'print hits, misses and time saved, of the last run and over time',
    details: `
      Time saved is what the steps that were found in the store took when they ran: measured, not guessed.
    `,
    examples: [
      ['See what the last runs saved', '$0 stats'],
      ['The same for programs, of 50 runs', '$0 stats --json --runs 50'],
    ],
  });

  json = Option.Boolean('--json', false, { description: 'print JSON' });
  runs = Option.String('--runs', '10', { description: 'look back so many runs (default 10)' });

  override async execute(): Promise<number> {
    const runs = wholeNumber('--runs', this.runs);
    if (runs === 0) throw new UsageProblem('--runs: expected at least one run, found 0');
    const workspace = this.openWorkspace();
    requireStore(workspace);
    const store = Store.open(workspace.cache.path);
    try {
      const stats = statsOf(store, runs);
      if (this.json) {
        this.context.stdout.write(`${jsonText(stats)}\n`);
      } else {
        const { statsLines } = await import('../render/stats.js');
        this.context.stdout.write(`${statsLines(stats, this.style).join('\n')}\n`);
      }
    } finally {
      store.close();
    }
    return EXIT.done;
  }
}
