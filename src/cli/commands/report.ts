/** `battbuild report`: everything about the last build in one HTML file. */

import { resolve } from 'node:path';
import type { LastBuild } from '../../build/last-build.js';
import type { ChangesReport } from '../../report/data.js';
import type { OpenReport } from '../../report/report.js';
import { plural, size } from '../../text/amounts.js';
import { jsonText } from '../../text/json-text.js';
import { printable } from '../../text/printable.js';
import { writeAtomically } from '../../workspace/atomic-files.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { namePath } from '../../workspace/paths.js';
import type { Workspace } from '../../workspace/workspace.js';
import { Command, Option } from '../clipanion.js';
import { isNarrowed } from '../options/workspace-options.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { writeAll } from '../process/write-all.js';
import { changeNote, openLastBuild } from '../queries/open-last-build.js';
import { version } from '../version.js';
import { InputCommand } from './workspace-command.js';

/** File name, in the output folder. */
const DEFAULT_NAME = 'report.html';

export default class ReportCommand extends InputCommand {
  static override paths = [['report']];

  static override usage = Command.Usage({
    description: 'write what the last build found out as one HTML file',
    details: `
      The file needs nothing else: it can be sent, and opened without a network. It shows what was solved, a map of tasks
      by solvers, and every task with its grids, the ranking of its programs, their sources, scores, costs and lineages;
      and how hit rate and time saved went over the runs. All of it can be reached by keys: ? lists them.

      The overview says what got better and worse since the run before, or since what \`--compare\` names (see \`compare\`).

      Runs nothing. Grids and lineages of inputs that have changed since the build are left out.
    `,
    examples: [
      ['Write report.html in the output folder', '$0 report'],
      ['Write it somewhere else', '$0 report --output results.html'],
      ['Say what changed since run 1', '$0 report --compare 1'],
      ['The same for programs: one JSON object', '$0 report --json'],
    ],
  });

  output = Option.String('--output', {
    description: `the file to write (default: ${DEFAULT_NAME} in --out)`,
  });
  compare = Option.String('--compare', {
    description: 'what to compare with: a run, or the folder of a store (default: the run before)',
  });
  json = Option.Boolean('--json', false, { description: 'print the data as JSON instead' });

  override async execute(): Promise<number> {
    if (this.json && this.output !== undefined) throw new UsageProblem('--json prints: it has no --output');
    const workspace = this.openWorkspace();
    const recorded = openLastBuild(workspace, this.selection());
    try {
      const note = changeNote(recorded);
      if (note !== null) this.say(this.talkStyle.apply('yellow', note));
      const { openReport } = await import('../../report/report.js');
      const changes =
        this.compare === undefined ? {} : { changes: await this.changes(recorded, this.compare) };
      const inputs = {
        recorded,
        workspace,
        files: nodeFileSystem,
        now: Date.now,
        version: version(),
        ...changes,
      };
      const report = openReport(inputs);
      if (this.json) await writeAll(this.context.stdout, jsonTexts(report));
      else await this.write(workspace, report);
    } finally {
      recorded.close();
    }
    return EXIT.done;
  }

  private async changes(build: LastBuild, earlier: string): Promise<ChangesReport> {
    const { comparedResults, sideName } = await import('../queries/compared-results.js');
    const { changesReport } = await import('../../report/changes.js');
    const narrowed = isNarrowed(this.selection());
    const { before, after, tasks } = comparedResults(
      { build, folder: this.context.folder, narrowed },
      earlier,
      undefined,
    );
    return changesReport(sideName(before), sideName(after), tasks);
  }

  private async write(workspace: Workspace, report: OpenReport): Promise<void> {
    const { pageDataOf, reportDocument } = await import('../../report/document/document.js');
    const { pageParts } = await import('../report-assets.js');
    const { root, out } = workspace;
    const file =
      this.output === undefined
        ? namePath(root, out.path, DEFAULT_NAME).path
        : resolve(this.context.folder, this.output);
    const data = pageDataOf(report);
    const bytes = Buffer.from(reportDocument(data, pageParts()));
    const problem = writeAtomically(nodeFileSystem, file, bytes);
    if (problem !== null) throw new UsageProblem(`${file} cannot be written: ${problem.describe()}`);
    const shown = namePath(this.context.folder, this.context.folder, file).name;
    const what = `${plural(data.tasks.length, 'task')}, ${size(bytes.length)}`;
    this.context.stdout.write(`wrote ${printable(shown)} (${what})\n`);
  }
}

/** The report as one JSON object, task by task: only one task is in memory at a time. */
function* jsonTexts({ overview, tasks }: OpenReport): Generator<string> {
  yield `${jsonText(overview).slice(0, -1)},"tasks":[`;
  let separator = '\n';
  for (const task of tasks('all')) {
    yield separator + jsonText(task);
    separator = ',\n';
  }
  yield '\n]}\n';
}
