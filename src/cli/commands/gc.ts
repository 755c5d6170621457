/** `battbuild gc`: removes from the store what no build needs. */

import { type Collected, collectGarbage, limitsOf } from '../../build/upkeep/gc.js';
import type { GcLimits } from '../../build/upkeep/gc-plan.js';
import { plural, size } from '../../text/amounts.js';
import { jsonText } from '../../text/json-text.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import { Command, Option } from '../clipanion.js';
import { wholeNumber } from '../options/workspace-options.js';
import { EXIT } from '../process/exit.js';
import { openStore } from '../queries/open-last-build.js';
import { StoreCommand } from './workspace-command.js';

const DAY_MS = 86_400_000;

export default class GcCommand extends StoreCommand {
  static override paths = [['gc']];

  static override usage = Command.Usage({
    description: 'make the store forget what no build needs any more',
    details: `
      Forgets selections of tasks that are gone or were not built for long, the steps that no selection remembers, old
      runs, and files that killed processes left in the output folder. If the store is still too large, what was used
      least recently goes. What a build of the last hour made or used stays, and others may build meanwhile.

      The limits are \`gc.maxAgeDays\` and \`gc.maxMegabytes\` of the config. A build that wrote does the same by itself,
      once a day.
    `,
    examples: [
      ['See what would go', '$0 gc --dry-run'],
      ['Forget what was not used for a week', '$0 gc --max-age 7'],
    ],
  });

  maxAge = Option.String('--max-age', { description: 'forget what was not used for so many days' });
  maxSize = Option.String('--max-size', { description: 'forget the least recently used above so many MB' });
  dryRun = Option.Boolean('-n,--dry-run', false, { description: 'say what would go, and do nothing' });
  json = Option.Boolean('--json', false, { description: 'print JSON' });

  override async execute(): Promise<number> {
    const workspace = this.openWorkspace();
    const limits = this.limits(workspace);
    const store = openStore(workspace);
    try {
      if (store.notice?.kind === 'read-only' && !this.dryRun) {
        const { reason } = store.notice;
        this.say(
          `${this.talkStyle.apply('red', 'error')}: the store can only be read (${reason}): nothing was forgotten`,
        );
        return EXIT.inputs;
      }
      const world = { files: nodeFileSystem, now: Date.now };
      const collected = collectGarbage(store, workspace, world, limits, this.dryRun);
      this.print(collected);
      return store.writeTrouble === null ? EXIT.done : EXIT.inputs;
    } finally {
      store.close();
    }
  }

  private limits(workspace: Workspace): GcLimits {
    const { maxAgeMs, maxBytes } = limitsOf(workspace);
    const { maxAge, maxSize } = this;
    return {
      maxAgeMs: maxAge === undefined ? maxAgeMs : wholeNumber('--max-age', maxAge) * DAY_MS,
      maxBytes: maxSize === undefined ? maxBytes : wholeNumber('--max-size', maxSize) * 1e6,
    };
  }

  private print(collected: Collected): void {
    const { stdout } = this.context;
    if (this.json) {
      stdout.write(`${jsonText(collected)}\n`);
      return;
    }
    const { selections, shards, runs, temporaries, bytesBefore, bytesAfter, stopped, overLimit } = collected;
    const gone = [
      plural(selections, 'selection'),
      plural(shards, 'group of steps', 'groups of steps'),
      plural(runs, 'run'),
      plural(temporaries, 'left-over file'),
    ];
    stdout.write(`${this.dryRun ? 'would forget' : 'forgot'} ${gone.join(', ')}\n`);
    stdout.write(
      `the store ${this.dryRun ? 'takes' : 'took'} ${size(bytesBefore)}, then ${size(bytesAfter)}\n`,
    );
    if (stopped) stdout.write('a build began meanwhile: the rest is left for the next time\n');
    if (overLimit) stdout.write('that is more than the limit, and in use\n');
  }
}
