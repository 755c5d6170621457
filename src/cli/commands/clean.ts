/** `battbuild clean`: removes what battbuild wrote, and nothing else. */

import { type Cleaned, cleanPublished, cleanStore } from '../../build/upkeep/clean.js';
import { plural, size } from '../../text/amounts.js';
import { printable } from '../../text/printable.js';
import { Command, Option } from '../clipanion.js';
import { EXIT } from '../process/exit.js';
import { filesAndLinks } from '../render/build/summary.js';
import { StoreCommand } from './workspace-command.js';

export default class CleanCommand extends StoreCommand {
  static override paths = [['clean']];

  static override usage = Command.Usage({
    description: 'remove the store and the published files',
    details: `
      Removes what battbuild wrote and nothing else: the store in the cache folder, and the published files that the
      store knows to be ours. With \`--store\` or \`--published\`, only that. The next build begins from nothing.
    `,
    examples: [
      ['See what would go', '$0 clean --dry-run'],
      ['Remove the published files only', '$0 clean --published'],
      ['Remove everything that battbuild wrote', '$0 clean'],
    ],
  });

  dryRun = Option.Boolean('-n,--dry-run', false, { description: 'say what would go, and remove nothing' });
  store = Option.Boolean('--store', false, { description: 'the store only' });
  published = Option.Boolean('--published', false, { description: 'the published files only' });

  override async execute(): Promise<number> {
    const { cache, out } = this.openWorkspace();
    const both = this.store === this.published;
    // The published files first: only the store knows which they are.
    const cleaned: Cleaned[] = [];
    if (both || this.published) cleaned.push(cleanPublished(cache.path, out.path, this.dryRun));
    // Without the store, published files could never be removed.
    const isUnknown = both && cleaned.some(({ unknown }) => unknown);
    if ((both && !isUnknown) || this.store) cleaned.push(cleanStore(cache.path, this.dryRun));
    const done = this.dryRun ? 'would remove' : 'removed';
    const lines = cleaned.flatMap(({ what, folder, files, links, bytes }) => {
      if (files === 0) return [];
      const all =
        what === 'store' ? plural(files, 'store file') : filesAndLinks(files, links, 'published file');
      return [`${done} ${all} (${size(bytes)}) in ${printable(folder)}`];
    });
    const problems = cleaned.flatMap((one) => one.problems);
    if (lines.length === 0 && problems.length === 0) lines.push('nothing to remove');
    if (lines.length > 0) this.context.stdout.write(`${lines.join('\n')}\n`);
    this.say(...problems.map((problem) => `${this.talkStyle.apply('red', 'error')}: ${printable(problem)}`));
    return problems.length > 0 ? EXIT.inputs : EXIT.done;
  }
}
