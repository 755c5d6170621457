/** `battbuild watch`: builds, and builds again whenever an input changes. */
import { Command, Option } from '../clipanion.js';
import { DEFAULT_PORT, showWatch } from '../live/watch/watch-runner.js';
import { JudgingCommand } from './workspace-command.js';

export default class WatchCommand extends JudgingCommand {
  static override paths = [['watch']];

  static override usage = Command.Usage({
    description: 'build, and again whenever an input changes; Ctrl-C ends it',
    details: `
      After each build it says which inputs changed, what ran, and what that changed in the results: tasks that are solved
      now or not any more, best scores that went up or down, and the scores of the edited solvers.

      In a terminal, keys: \`q\` quits, Enter builds again, \`f\` shows only what is not solved, \`p\` only tasks or solvers whose
      names hold a text, \`l\` the last problems in full, \`r\` opens the report, \`?\` lists these. Filters change what is shown,
      and nothing that is built.

      A burst of changes is one build. A build whose inputs change is stopped, keeps what it finished, and begins again.
      The config is watched too: as long as it cannot be used, the last good one stays in force.

      \`--json\` prints one event a line on stdout: those of \`build --json\`, and \`changed\` before and \`results\` after each
      build, \`config\`, \`unseen\`, \`serving\` and \`waiting\`. \`--quiet\` prints what changed in the results only.

      What the system tells of files is not relied on: while all is quiet it looks by itself, the rarer the longer nothing
      happens, ten seconds apart at most. Where the system cannot tell of changes (too many folders, a folder that is not
      there) it looks once a second; with \`--poll\` it does nothing else, for network and container file systems.

      \`--serve\` shows the page of \`report\` to browsers of this machine, and nobody else, and keeps it up to date: it
      prints the address. Where the port is taken, \`--port N\` names another; 0 is any free one.

      Exit code: 0 ended by Ctrl-C; 2 usage or config.
    `,
    examples: [
      ['Watch the workspace around the current folder', '$0 watch'],
      ['Watch one task and its solvers', '$0 watch -i flip-sideways'],
      ['Watch, and show the report in a browser, at any free port', '$0 watch --serve --port 0'],
      ['Feed an editor', '$0 watch --json'],
    ],
  });

  json = Option.Boolean('--json', false, { description: 'events as JSON, one a line, on stdout' });
  quiet = Option.Boolean('--quiet', false, { description: 'print changed results and errors only' });
  poll = Option.Boolean('--poll', {
    description: 'look once a second instead of listening for changes',
  });
  serve = Option.Boolean('--serve', false, {
    description: 'show the report in a browser, always up to date',
  });
  port = Option.String('--port', { description: `where (default: ${DEFAULT_PORT}; 0: any that is free)` });

  override execute(): Promise<number> {
    return showWatch(this, this.context);
  }
}
