/** `battbuild config`: which settings are in force, and where each comes from. */

import { jsonText } from '../../text/json-text.js';
import { Command, Option } from '../clipanion.js';
import { COMMON_OPTIONS } from '../options/common-options.js';
import { EXIT } from '../process/exit.js';
import { configLines, configObject, unknownVariables } from '../render/config.js';
import { StoreCommand } from './workspace-command.js';

export default class ConfigCommand extends StoreCommand {
  static override paths = [['config']];

  static override usage = Command.Usage({
    description: 'print which settings are in force, and where each comes from',
    details: `
      A setting comes from the first of these that gives it: an option; the environment; config/battbuild.json; the
      default. The variable of a key is its name in capitals: BATTBUILD_JOBS, BATTBUILD_BUDGET_WALL_SECONDS. Lists of paths
      are written as in PATH; paths are relative to the current folder, those in the file to the workspace.
    `,
    examples: [
      ['See the settings of this workspace', '$0 config'],
      ['See what an option changes, as JSON', '$0 config --jobs 2 --json'],
    ],
  });

  tasks = COMMON_OPTIONS.tasks();
  solvers = COMMON_OPTIONS.solvers();
  differs = COMMON_OPTIONS.differs();
  python = COMMON_OPTIONS.python();
  remoteCache = COMMON_OPTIONS.remoteCache();
  jobs = COMMON_OPTIONS.jobs();
  timeout = COMMON_OPTIONS.timeout();
  budget = COMMON_OPTIONS.budget();
  json = Option.Boolean('--json', false, { description: 'print JSON' });

  override execute(): Promise<number> {
    const workspace = this.openWorkspace();
    for (const { variable, meant } of unknownVariables(this.context.env)) {
      const hint = meant === null ? '' : `: did you mean ${meant}?`;
      this.say(this.talkStyle.apply('yellow', `${variable} gives no setting${hint}`));
    }
    const text = this.json
      ? jsonText(configObject(workspace))
      : configLines(workspace, this.style).join('\n');
    this.context.stdout.write(`${text}\n`);
    return Promise.resolve(EXIT.done);
  }
}
