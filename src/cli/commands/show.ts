/** `battbuild show`: draws a task, and the outputs of a solver. */

import { SolverSources } from '../../report/task/solver-sources.js';
import { SolverLineages } from '../../search/population/solver-lineages.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { Command, Option } from '../clipanion.js';
import { isNarrowed } from '../options/workspace-options.js';
import { EXIT } from '../process/exit.js';
import type { LineageOf } from '../queries/lineage.js';
import { changeNote, openLastBuild } from '../queries/open-last-build.js';
import { pictureOf } from '../queries/sample-pictures.js';
import { pictureLines } from '../render/results/picture.js';
import { InputCommand } from './workspace-command.js';

/** Width in columns if stdout is no terminal. */
const DEFAULT_WIDTH = 100;

export default class ShowCommand extends InputCommand {
  static override paths = [['show']];

  static override usage = Command.Usage({
    description: 'draw a task: input, expected and produced grids side by side',
    details: `
      Draws what the last build recorded, for the best solver of the task or the one that \`--solver\` names. Cells that
      are not as expected are marked. Without colours, cells are digits.

      \`--diff\` leaves out what is as expected: samples that match, and cells that agree, which are drawn as dots.

      Below the grids stands the program, as its author wrote it. Above the grids stands which other solvers do the same on every sample and, of a solver that was generated, what it
      descends from.
    `,
    examples: [
      ['See what the best solver does', '$0 show flip-sideways'],
      ['See what another one does', '$0 show flip-sideways --solver flip_turned'],
      ['See only what is wrong', '$0 show flip-sideways --diff'],
    ],
  });

  id = Option.String({ name: 'TASK' });
  diff = Option.Boolean('--diff', false, {
    description: 'only what is not as expected: samples, and cells of them',
  });
  solver = Option.String('--solver', { description: 'the name of the solver; default: the best one' });

  override async execute(): Promise<number> {
    const workspace = this.openWorkspace();
    const asked = this.selection();
    // The options that select tasks say which build is meant, if the task belongs to a build of some tasks only.
    const recorded = openLastBuild(
      workspace,
      isNarrowed(asked) ? asked : { ids: [this.id], start: 0, count: null },
    );
    try {
      const lineages = new SolverLineages(workspace.root, recorded, nodeFileSystem);
      const lineageOf: LineageOf = (solver) => lineages.of(solver);
      const sources = new SolverSources(workspace.root, recorded, nodeFileSystem);
      const picture = pictureOf({ workspace, recorded, lineageOf, sources }, this.id, this.solver ?? null);
      const note = changeNote(recorded);
      if (note !== null) this.say(this.talkStyle.apply('yellow', note));
      const width = this.context.stdout.columns ?? DEFAULT_WIDTH;
      this.context.stdout.write(
        `${pictureLines(picture, { width, diff: this.diff }, this.style).join('\n')}\n`,
      );
    } finally {
      recorded.close();
    }
    return EXIT.done;
  }
}
