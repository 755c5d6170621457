/** `battbuild init`: creates a workspace with a task and a solver that solves it. */
import { dirname, relative, resolve } from 'node:path';
import { printable } from '../../text/printable.js';
import { FileProblem } from '../../workspace/file-system.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { Command, Option } from '../clipanion.js';
import { invocationIn, schemaFrom } from '../invocation.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { BaseCommand } from './base-command.js';

const CONFIG = { tasks: 'tasks', solvers: 'solvers', cache: 'cache', out: 'out' };

/** The config, which names its schema for editors. */
function configText(folder: string): string {
  const schema = schemaFrom(folder);
  return `${JSON.stringify({ ...(schema === null ? {} : { $schema: schema }), ...CONFIG }, null, 2)}\n`;
}

const TASK = `{
  "train": [
    { "input": [[1, 0, 0], [2, 2, 0]], "output": [[0, 0, 1], [0, 2, 2]] },
    { "input": [[3, 0], [0, 0], [4, 5]], "output": [[0, 3], [0, 0], [5, 4]] }
  ],
  "test": [{ "input": [[6, 0, 0, 7]], "output": [[7, 0, 0, 6]] }]
}
`;

const SOLVER = `# A solver belongs to the task that its file, its folder or its function names.


def flip_sideways(I):
    O = vmirror(I)
    return O


# The same, turned: battbuild finds that it does what the first one does.
def flip_turned(I):
    x1 = rot180(I)
    O = hmirror(x1)
    return O
`;

/** File names relative to the workspace, each with a function that gives its text; in the order of writing. */
const FILES: readonly (readonly [name: string, text: (folder: string) => string])[] = [
  ['config/battbuild.json', configText],
  ['tasks/flip-sideways.json', () => TASK],
  ['solvers/flip-sideways.py', () => SOLVER],
];

export default class InitCommand extends BaseCommand {
  static override paths = [['init']];

  static override usage = Command.Usage({
    description: 'begin a workspace, with an example',
    details: `
      Writes a config, a task and two solvers that solve it. Files that are there already are left as they are.
    `,
    examples: [
      ['Begin a workspace in the current folder', '$0 init'],
      ['Begin one in a new folder', '$0 init my-solvers'],
    ],
  });

  folder = Option.String({ name: 'DIR', required: false });

  override async execute(): Promise<number> {
    const root = resolve(this.context.folder, this.folder ?? '.');
    const lines: string[] = [];
    for (const [name, text] of FILES) {
      const path = resolve(root, name);
      const written = writeNew(path, text(dirname(path)));
      if (written instanceof FileProblem) throw new UsageProblem(`${written.path}: ${written.describe()}`);
      const shown = printable(relative(this.context.folder, path));
      lines.push(written ? `wrote ${shown}` : `${shown} was there already; it is left as it is`);
    }
    const where = relative(this.context.folder, root);
    const change = where === '' ? '' : `cd ${printable(where)} && `;
    const program = printable(invocationIn(root, this.context));
    this.context.stdout.write(`${lines.join('\n')}\n\nnext: ${change}${program} build\n`);
    return EXIT.done;
  }
}

/** Writes a file unless it exists; returns false if it does. */
function writeNew(path: string, text: string): boolean | FileProblem {
  const made = nodeFileSystem.makeFolder(resolve(path, '..'));
  if (made !== null) return made;
  const problem = nodeFileSystem.create(path, new TextEncoder().encode(text));
  if (problem === null) return true;
  return problem.code === 'EEXIST' ? false : problem;
}
