/** `battbuild evolve`: rounds that generate candidates, judge them and select the best. */

import { isAbsolute, join, relative } from 'node:path';
import { type EvolveEnd, evolve } from '../../search/population/evolve.js';
import type { RoundResult } from '../../search/population/population.js';
import { stopwatch } from '../../stopwatch.js';
import { jsonText } from '../../text/json-text.js';
import { printable } from '../../text/printable.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { type NamedPath, namePath } from '../../workspace/paths.js';
import type { Workspace } from '../../workspace/workspace.js';
import { Command, Option } from '../clipanion.js';
import { progressOfBuilds } from '../live/progress-view.js';
import { unknownTasks } from '../options/unknown-names.js';
import { wholeNumber } from '../options/workspace-options.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { roundLine, workOf } from '../render/results/evolve.js';
import { JudgingCommand } from './workspace-command.js';

export default class EvolveCommand extends JudgingCommand {
  static override paths = [['evolve']];

  static override usage = Command.Usage({
    description: 'breed solvers: rounds of candidates, judgement and selection',
    details: `
      Every round makes candidates from the solvers of the workspace and the population (see "card"), builds, and keeps
      the best for the next round: by demonstrations alone, known outputs of tests are reported and never choose. What
      was judged once is never judged again.

      The population is kept as solver files in "population" in the output folder (--into names another): at most
      --keep programs a task. Ctrl-C ends it; the same command goes on after the last whole round. The same inputs and
      the same seed give the same populations.

      A line a round: tasks with a program that matches all demonstrations; the o_scores (demonstrations only) and
      d_scores of the best programs, summed over the tasks; and how many cells ran, how many were found, and how fast.
    `,
    examples: [
      ['Three rounds for every task', '$0 evolve --rounds 3'],
      [
        'Until every task has a program that matches its demonstrations',
        '$0 evolve --until-solved --rounds 50 --seed 7 --into bred',
      ],
    ],
  });

  rounds = Option.String('--rounds', '5', { description: 'rounds in all (default 5)' });
  seed = Option.String('--seed', '1', { description: 'what all choices follow from (default 1)' });
  perTask = Option.String('--per-task', '64', {
    description: 'candidates that a round makes for a task (default 64)',
  });
  keep = Option.String('--keep', '32', {
    description: 'programs that a task keeps from round to round (default 32)',
  });
  untilSolved = Option.Boolean('--until-solved', false, {
    description: 'leave solved tasks alone, and end when all have a program that matches all demonstrations',
  });
  into = Option.String('--into', { description: 'folder of the population' });
  json = Option.Boolean('--json', false, { description: 'print JSON, one object a round' });

  override async execute(): Promise<number> {
    const workspace = this.openWorkspace();
    const into = this.folder(workspace);
    this.sayWhatIsNotBred(workspace);
    const startedAt = stopwatch.now();
    let rounds = 0;
    const progress = progressOfBuilds(this.context, () => `round ${rounds + 1}`);
    const ended = await evolve({
      workspace,
      selection: this.selection(),
      rounds: wholeNumber('--rounds', this.rounds),
      seed: wholeNumber('--seed', this.seed),
      perTask: wholeNumber('--per-task', this.perTask),
      keep: wholeNumber('--keep', this.keep),
      untilSolved: this.untilSolved,
      into,
      world: { files: nodeFileSystem, now: Date.now },
      emit: (event) => {
        if (!this.json) progress.read(event);
      },
      signal: this.context.interrupt(),
      finished: (round, summary) => {
        rounds = round.round;
        const line = this.json
          ? jsonText({
              type: 'round',
              ...round,
              ...(summary === null ? {} : workOf(summary)),
            })
          : roundLine(round, summary, this.style);
        this.context.stdout.write(`${line}\n`);
      },
    }).finally(() => progress.end());
    return this.tell(ended, workspace, into, stopwatch.now() - startedAt);
  }

  private tell(ended: EvolveEnd, workspace: Workspace, into: NamedPath, tookMs: number): number {
    switch (ended.kind) {
      case 'other-population':
        throw new UsageProblem(
          `${into.name} holds the population of an evolution with other options`,
          'use its options to go on with it, remove it, or choose another folder with --into',
        );
      case 'unknown-tasks':
        throw unknownTasks(ended.unknownTasks);
      case 'failed':
        throw new UsageProblem(`${ended.problem.path} cannot be used: ${ended.problem.describe()}`);
      case 'interrupted':
        this.say(
          `interrupted: ${this.countOf(ended.rounds)} kept in ${into.name}; the same command goes on from there`,
        );
        return EXIT.interrupted;
      case 'done':
        if (!this.json) {
          const took = `${(tookMs / 1000).toFixed(1)} s`;
          this.context.stdout.write(
            `${this.countOf(ended.rounds)} in ${took}; the population is in ${printable(into.name)}\n` +
              `to see it: battbuild results ${this.optionsToSee(workspace, into).join(' ')}\n`,
          );
        }
        return EXIT.done;
    }
  }

  private countOf(rounds: readonly RoundResult[]): string {
    return rounds.length === 1 ? '1 round' : `${rounds.length} rounds`;
  }

  /** Options that select the same tasks and include the population as solvers, for a shell in the current folder. */
  private optionsToSee(workspace: Workspace, into: NamedPath): string[] {
    const { folder } = this.context;
    // The store records absolute names for paths that were given as absolute.
    const typed = ({ path, name }: NamedPath) => (isAbsolute(name) ? name : relative(folder, path));
    const options: Record<string, readonly (string | undefined)[]> = {
      '--config': [this.config],
      '--tasks': this.tasks ?? [],
      '--solvers': [...workspace.solvers, into].map(typed),
      '--differs': this.differs ?? [],
      '--python': this.python ?? [],
      '--cache': [this.cache],
      '--out': [this.out],
      '-i': this.task ?? [],
      '-s': [this.start],
      '-c': [this.count],
    };
    return Object.entries(options).flatMap(([option, values]) =>
      values.flatMap((value) => (value === undefined ? [] : [`${option} ${shellWord(printable(value))}`])),
    );
  }

  private folder(workspace: Workspace): NamedPath {
    const { root, out } = workspace;
    return this.into === undefined
      ? namePath(root, root, join(out.name, 'population'))
      : namePath(root, this.context.folder, this.into);
  }
}

/** The text as one word of a shell, quoted if necessary. */
function shellWord(text: string): string {
  return /^[\w./,:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
