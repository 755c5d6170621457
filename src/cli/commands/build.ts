/** `battbuild build`: brings everything up to date. */

import { Command, Option } from '../clipanion.js';
import { runBuild } from '../live/build-runner.js';
import { JudgingCommand } from './workspace-command.js';

export default class BuildCommand extends JudgingCommand {
  static override paths = [['build']];

  static override usage = Command.Usage({
    description: 'judge all solvers on their tasks; do again only what changed',
    details: `
      Loads the solvers, folds equal ones, runs every distinct program on the samples of its tasks, scores and ranks
      them, and publishes the best. What the store knows is not done again.

      \`--timing\` prints wall time and CPU time per phase and their ratio. \`--trace\` writes what ran when, and on which
      worker, for chrome://tracing or Perfetto.

      \`--early-stop\` and \`--until-solved\` leave out what cannot matter to who only looks for programs that match all
      demonstrations: cells after a failed demonstration, or other programs once one has solved the task. What solves is
      judged in full. What was left out is shown as skipped, and a build without the option catches up on it.

      \`--json\` prints one event a line on stdout; the last is the summary. \`--quiet\` prints errors only.

      \`--problems\` lists all that went wrong, and the solvers that belong to no task here, instead of summing up: a build
      shows the first 20.

      \`--explain\` says on stderr why steps ran, task by task, and which inputs changed; with \`--json\`, events say it.

      \`--dry-run\` says which steps would run. \`--force\` runs all of them, whatever the store knows.

      Exit code: 0 built; 1 some input was meant and could not be built, all else was; 2 usage or config; 130 interrupted.
    `,
    examples: [
      ['Build the workspace around the current folder', '$0 build'],
      [
        'Build tasks and solvers that are elsewhere',
        '$0 build --tasks tasks --solvers solvers --out published',
      ],
      ['See where the time goes', '$0 build --timing'],
      ['Judge the solvers of one task only', '$0 build -i flip-sideways'],
      ['Sift many candidates for those that match all demonstrations', '$0 build --early-stop'],
    ],
  });

  timing = Option.Boolean('--timing', false, { description: 'wall and CPU time of each phase' });
  json = Option.Boolean('--json', false, { description: 'events as JSON, one a line, on stdout' });
  dryRun = Option.Boolean('-n,--dry-run', false, { description: 'say what would run, and run nothing' });
  force = Option.Boolean('--force', false, { description: 'run every step, whatever the store knows' });
  explain = Option.Boolean('--explain', false, { description: 'say why steps run, as they do' });
  trace = Option.String('--trace', { description: 'write a Chrome trace to this file' });
  earlyStop = Option.Boolean('--early-stop', false, {
    description: 'end a program at the first demonstration that it fails',
  });
  untilSolved = Option.Boolean('--until-solved', false, {
    description: 'end a task when a program matches all of its demonstrations',
  });
  problems = Option.Boolean('--problems', false, { description: 'list all that went wrong' });
  quiet = Option.Boolean('--quiet', false, { description: 'print errors only' });

  override execute(): Promise<number> {
    return runBuild(this, this.context);
  }
}
