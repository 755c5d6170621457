/** `battbuild conformance`: replays golden vectors against the primitives. */
import { resolve } from 'node:path';
import { checkVectors } from '../../dsl/conformance.js';
import { arcDsl, dialects } from '../../dsl/dialects.js';
import { printable } from '../../text/printable.js';
import { FileProblem } from '../../workspace/file-system.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { Command, Option } from '../clipanion.js';
import { DIALECTS } from '../options/option-words.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { BaseCommand } from './base-command.js';

/** At most this many failures are printed. */
const MOST_FAILURES = 20;

export default class ConformanceCommand extends BaseCommand {
  static override paths = [['conformance']];

  static override usage = Command.Usage({
    description: 'replay golden vectors against the primitives of the language',
    details: `
      Replays every line of every \`*.jsonl\` file in a folder and the folders in it: a call of a primitive, and the result or error that it
      must have. Prints the failures (at most ${MOST_FAILURES}) and ends with \`N passed, N failed\`.

      Exit code: 0 all passed; 1 some failed; 2 there is no vector.
    `,
    examples: [
      ['Replay a folder of vectors', '$0 conformance vectors'],
      ['Replay those of the other dialect', '$0 conformance vectors --dialect tokpidjin'],
      ['Say only how many passed', '$0 conformance vectors --quiet'],
    ],
  });

  folder = Option.String({ name: 'DIR' });
  dialect = Option.String('--dialect', {
    description: 'the dialect whose vectors they are: arc-dsl (default) or tokpidjin',
  });
  quiet = Option.Boolean('--quiet', false, { description: 'print the last line only' });

  override async execute(): Promise<number> {
    const folder = resolve(this.context.folder, this.folder);
    const dialect = dialects.find(({ name }) => name === (this.dialect ?? arcDsl.name));
    if (dialect === undefined)
      throw new UsageProblem(
        `--dialect: expected ${DIALECTS.join(' or ')}, found ${JSON.stringify(this.dialect)}`,
      );
    let passed = 0;
    const failures: string[] = [];
    for (const name of this.vectorFiles(folder)) {
      const bytes = nodeFileSystem.read(`${folder}/${name}`);
      if (bytes instanceof FileProblem) throw this.unusable(`${name} cannot be read: ${bytes.describe()}`);
      const counts = checkVectors(new TextDecoder().decode(bytes), dialect);
      passed += counts.passed;
      failures.push(...counts.failures.map(({ line, reason }) => printable(`${name}:${line}: ${reason}`)));
    }
    if (passed + failures.length === 0) throw this.unusable('holds no vector: its files *.jsonl are empty');
    const lines = this.quiet ? [] : failures.slice(0, MOST_FAILURES);
    if (!this.quiet && failures.length > MOST_FAILURES)
      lines.push(`... and ${failures.length - MOST_FAILURES} more`);
    lines.push(`${passed} passed, ${failures.length} failed`);
    this.context.stdout.write(`${lines.join('\n')}\n`);
    return failures.length > 0 ? EXIT.inputs : EXIT.done;
  }

  private vectorFiles(folder: string): string[] {
    const names = this.filesBelow(folder, '');
    if (names.length === 0) throw this.unusable('holds no vectors: there is no file *.jsonl');
    return names.sort();
  }

  /** File names relative to the folder, with `/`. */
  private filesBelow(folder: string, prefix: string): string[] {
    const entries = nodeFileSystem.list(`${folder}/${prefix}`);
    if (entries instanceof FileProblem) throw this.unusable(`cannot be read: ${entries.describe()}`);
    return entries.flatMap(({ name, kind }) => {
      if (kind === 'folder') return this.filesBelow(folder, `${prefix}${name}/`);
      return name.endsWith('.jsonl') ? [prefix + name] : [];
    });
  }

  private unusable(why: string): UsageProblem {
    return new UsageProblem(`${this.folder} ${why}`);
  }
}
