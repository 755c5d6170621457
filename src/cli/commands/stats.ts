/** `battbuild stats`: what the cache saved, in the last run and over time, and which tasks take the most work. */

import { basename, resolve } from 'node:path';
import { LastBuild } from '../../build/last-build.js';
import { type Stats, statsOf } from '../../observe/stats.js';
import { type HotSpots, hotSpotsOf } from '../../report/hot-spots.js';
import { plural, size } from '../../text/amounts.js';
import { jsonText } from '../../text/json-text.js';
import { printable } from '../../text/printable.js';
import { writeAtomically } from '../../workspace/atomic-files.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { namePath } from '../../workspace/paths.js';
import type { Workspace } from '../../workspace/workspace.js';
import { Command, Option } from '../clipanion.js';
import { wholeNumber } from '../options/workspace-options.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { openStore } from '../queries/open-last-build.js';
import { TaskCommand } from './workspace-command.js';

export default class StatsCommand extends TaskCommand {
  static override paths = [['stats']];

  static override usage = Command.Usage({
    description: 'say what was saved over the runs, and where the work is',
    details: `
      Of the last runs of the store: hits, misses, time saved, cells a second and the growth of the store. Of the last
      build of the tasks that are selected: the biggest tasks, the slowest programs and the duplicates.

      Time saved is what the steps that were found in the store took when they ran: measured, not guessed. Cost is in
      units, which are the same on every machine.
    `,
    examples: [
      ['See what the last runs saved', '$0 stats'],
      ['The same for programs, of 50 runs', '$0 stats --json --runs 50'],
      ['As a page to send, of 100 runs', '$0 stats --html stats.html --runs 100'],
    ],
  });

  json = Option.Boolean('--json', false, { description: 'print JSON' });
  runs = Option.String('--runs', '10', { description: 'look back so many runs (default 10)' });
  html = Option.String('--html', { description: 'write an HTML file that needs nothing else' });

  override async execute(): Promise<number> {
    const runs = wholeNumber('--runs', this.runs);
    if (runs === 0) throw new UsageProblem('--runs: expected at least one run, found 0');
    if (this.json && this.html !== undefined) throw new UsageProblem('--json prints: it has no --html');
    const workspace = this.openWorkspace();
    const { stats, hotSpots } = this.read(workspace, runs);
    if (this.html !== undefined)
      await this.write(resolve(this.context.folder, this.html), workspace, stats, hotSpots);
    else if (this.json) this.context.stdout.write(`${jsonText({ ...stats, build: hotSpots })}\n`);
    else {
      const { statsLines } = await import('../render/stats.js');
      const { Charts, showsUnicode } = await import('../render/chart.js');
      const how = { style: this.style, charts: new Charts(showsUnicode(this.context.env)) };
      this.context.stdout.write(`${statsLines(stats, hotSpots, how).join('\n')}\n`);
    }
    return EXIT.done;
  }

  /** `hotSpots` is null if these tasks were never built. */
  private read(workspace: Workspace, runs: number): { stats: Stats; hotSpots: HotSpots | null } {
    const store = openStore(workspace);
    try {
      const recorded = LastBuild.in(store, workspace, this.selection());
      return { stats: statsOf(store, runs), hotSpots: recorded === null ? null : hotSpotsOf(recorded) };
    } finally {
      store.close();
    }
  }

  private async write(
    file: string,
    workspace: Workspace,
    stats: Stats,
    hotSpots: HotSpots | null,
  ): Promise<void> {
    const { statsDocument } = await import('../../report/document/stats-page.js');
    const { pageParts } = await import('../report-assets.js');
    const { version } = await import('../version.js');
    const page = { stats, hotSpots, workspace: basename(workspace.root), version: version() };
    const bytes = Buffer.from(statsDocument({ ...page, style: pageParts().style }));
    const problem = writeAtomically(nodeFileSystem, file, bytes);
    if (problem !== null) throw new UsageProblem(`${file} cannot be written: ${problem.describe()}`);
    const { folder } = this.context;
    const shown = printable(namePath(folder, folder, file).name);
    this.context.stdout.write(
      `wrote ${shown} (${plural(stats.runs.length, 'run')}, ${size(bytes.length)})\n`,
    );
  }
}
