/** `battbuild submit`: builds, and writes two attempts for every test input. */
import { resolve } from 'node:path';
import { type SubmitEnd, submit } from '../../search/submission/submit.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { namePath } from '../../workspace/paths.js';
import { Command, Option } from '../clipanion.js';
import { tellDiagnostics, viewOf } from '../live/build-runner.js';
import { unknownTasks } from '../options/unknown-names.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { writeAll } from '../process/write-all.js';
import { JudgingCommand } from './workspace-command.js';

export default class SubmitCommand extends JudgingCommand {
  static override paths = [['submit']];

  static override usage = Command.Usage({
    description: 'build, and write two attempts for every test input',
    details: `
      Builds what is not up to date, and writes the attempts of all selected tasks as JSON: task id -> list, one per test
      input, of attempt_1 and attempt_2.

      Attempts are what the two best programs that differ on the input give for it: the best are those that match most
      demonstrations, then those closest to them by the differs, then the cheapest. Known outputs of tests never choose.
      Where no program gives a grid, the attempt is [[0]].

      \`--score\` compares the attempts with the test outputs that are known: an input counts when one of its two attempts
      is right.

      Exit code: as for build; nothing is written when the build is interrupted.
    `,
    examples: [
      ['Write submission.json in the current folder', '$0 submit'],
      [
        'From combined challenges, with solvers that are elsewhere',
        '$0 submit --tasks tasks --solvers solvers',
      ],
      ['See how good the attempts are, where that is known', '$0 submit --score'],
    ],
  });

  submission = Option.String('--submission', 'submission.json', {
    description: 'the file to write (default: submission.json in the current folder)',
  });
  score = Option.Boolean('--score', false, { description: 'compare the attempts with known test outputs' });
  json = Option.Boolean('--json', false, { description: 'print JSON, one object a task and a summary' });

  override async execute(): Promise<number> {
    const workspace = this.openWorkspace();
    const selection = this.selection();
    const file = resolve(this.context.folder, this.submission);
    const view = await viewOf({ json: false, quiet: false }, this.context);
    const request = { workspace, selection, file, emit: view.read, signal: this.context.interrupt() };
    let ended: SubmitEnd;
    try {
      ended = await submit(request, { files: nodeFileSystem, now: Date.now });
    } finally {
      view.end();
    }
    await tellDiagnostics(ended.report.diagnostics, workspace, this.context);
    return this.tell(ended, file);
  }

  private async tell(ended: SubmitEnd, file: string): Promise<number> {
    const { summary, unknownTasks: unknown, diagnostics } = ended.report;
    switch (ended.kind) {
      case 'unfinished':
        if (!summary.interrupted) throw unknownTasks(unknown);
        this.say('interrupted: no submission was written');
        return EXIT.interrupted;
      case 'unrecorded':
        this.say('error: the results could not be read back, no submission was written', '    run it again');
        return EXIT.inputs;
      case 'unwritten':
        throw new UsageProblem(`${file} cannot be written: ${ended.problem.describe()}`);
      case 'written': {
        const { submissionLines, submissionObjects } = await import('../render/results/submission.js');
        const how = {
          file: namePath(this.context.folder, this.context.folder, file).name,
          score: this.score,
        };
        const lines = this.json
          ? submissionObjects(ended.tasks, how)
          : submissionLines(ended.tasks, how, this.style);
        await writeAll(this.context.stdout, [`${lines.join('\n')}\n`]);
        return diagnostics.some(({ severity }) => severity === 'error') ? EXIT.inputs : EXIT.done;
      }
    }
  }
}
