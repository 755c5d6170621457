/**
 * The base of all commands: it has the context, and turns whatever a command throws into a message and an exit code.
 */
import { Command, type CommandContext } from '../clipanion.js';
import { colorDepthOf } from '../process/context.js';
import { Style } from '../render/style.js';
import { guarded } from '../run-guarded.js';

export abstract class BaseCommand extends Command<CommandContext> {
  abstract override execute(): Promise<number>;

  override validateAndExecute(): Promise<number> {
    return guarded(this.context, () => super.validateAndExecute());
  }

  /** Colours of stdout. */
  protected get style(): Style {
    return new Style(this.context.colorDepth);
  }

  /** Prints lines on stderr. */
  protected say(...lines: readonly string[]): void {
    if (lines.length > 0) this.context.stderr.write(`${lines.join('\n')}\n`);
  }

  /** Colours of stderr. */
  protected get talkStyle(): Style {
    return new Style(colorDepthOf(this.context.stderr, this.context.env));
  }
}
