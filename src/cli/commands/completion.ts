/** `battbuild completion`: prints the script that lets a shell complete command lines of battbuild. */

import { Command, Option } from '../clipanion.js';
import { COMPLETION_SCRIPTS } from '../completion/completion-scripts.js';
import { SHELLS } from '../options/option-words.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { BaseCommand } from './base-command.js';

export default class CompletionCommand extends BaseCommand {
  static override paths = [['completion']];

  static override usage = Command.Usage({
    description: 'print what makes a shell complete commands, options and tasks',
    details: `
      Prints a script for the shell, which is bash, zsh or fish. It completes commands, options and their values, ids of
      tasks, names of solvers and codes of errors; it asks battbuild for them, and so need not be renewed.

      - In ~/.bashrc:                      source <(battbuild completion bash)
      - In ~/.zshrc, after compinit:       source <(battbuild completion zsh)
      - In ~/.config/fish/config.fish:     battbuild completion fish | source
    `,
    examples: [
      ['The script for bash', '$0 completion bash'],
      ['The script for fish', '$0 completion fish'],
    ],
  });

  shell = Option.String({ name: 'SHELL' });

  override execute(): Promise<number> {
    const shell = SHELLS.find((one) => one === this.shell);
    if (shell === undefined) {
      throw new UsageProblem(`expected ${SHELLS.join(', ')}, found ${JSON.stringify(this.shell)}`);
    }
    this.context.stdout.write(COMPLETION_SCRIPTS[shell]);
    return Promise.resolve(EXIT.done);
  }
}
