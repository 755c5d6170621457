/** `battbuild verify`: checks the store, the published files, and the results of steps by running them again. */

import { storeNotice } from '../../build/session/store-diagnostics.js';
import { recompute, type Sample } from '../../build/upkeep/recompute.js';
import { type Verified, type VerifyProblem, verifyStore } from '../../build/upkeep/verify.js';
import { Store } from '../../store/store.js';
import { count, plural } from '../../text/amounts.js';
import { jsonText } from '../../text/json-text.js';
import { printable } from '../../text/printable.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { Command, Option } from '../clipanion.js';
import { COMMON_OPTIONS } from '../options/common-options.js';
import { wholeNumber } from '../options/workspace-options.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { requireStore, unusable } from '../queries/open-last-build.js';
import { filesAndLinks } from '../render/build/summary.js';
import { StoreCommand } from './workspace-command.js';

interface Outcome extends Verified {
  /** Number of steps that run again. */
  readonly recomputed: number;
}

export default class VerifyCommand extends StoreCommand {
  static override paths = [['verify']];

  static override usage = Command.Usage({
    description: 'check that the store is what was written, and drop what is not',
    details: `
      Checks the structure of the store, that everything in it can be read and is what its digests say, that results
      have their outputs, and that published files are there and unchanged. Others may build meanwhile.

      \`--recompute 5%\` also runs so many of the stored steps of this workspace again, and compares.

      \`--repair\` drops what is wrong, and only that: the next build makes it again.

      Exit code: 0 nothing is wrong; 1 something is, or was.
    `,
    examples: [
      ['Check the store', '$0 verify'],
      ['Run every twentieth stored step again', '$0 verify --recompute 5%'],
      ['Drop what is wrong', '$0 verify --repair'],
    ],
  });

  tasks = COMMON_OPTIONS.tasks();
  solvers = COMMON_OPTIONS.solvers();
  differs = COMMON_OPTIONS.differs();
  python = COMMON_OPTIONS.python();
  jobs = COMMON_OPTIONS.jobs();
  timeout = COMMON_OPTIONS.timeout();
  budget = COMMON_OPTIONS.budget();
  recompute = Option.String('--recompute', { description: 'run so many percent of the stored steps again' });
  seed = Option.String('--seed', '1', { description: 'which of them: another number, another sample' });
  repair = Option.Boolean('--repair', false, { description: 'drop what is wrong' });
  json = Option.Boolean('--json', false, { description: 'print JSON' });

  override async execute(): Promise<number> {
    const sample = this.sample();
    const workspace = this.openWorkspace();
    requireStore(workspace);
    const store = Store.open(workspace.cache.path);
    try {
      const problems: VerifyProblem[] = [];
      const repair = this.repair && !store.isReadOnly;
      if (store.notice?.kind === 'in-memory') throw unusable(store.notice);
      if (store.notice !== null && !store.isReadOnly)
        problems.push({ kind: 'structure', message: storeNotice(store.notice).message });
      const verified = verifyStore(store, workspace, nodeFileSystem, repair);
      problems.push(...verified.problems);
      let recomputed = 0;
      if (sample !== null && !problems.some(({ kind }) => kind === 'structure')) {
        const world = { files: nodeFileSystem, now: Date.now };
        const again = await recompute(store, workspace, world, sample, repair);
        for (const message of again.problems) problems.push({ kind: 'recompute', message });
        recomputed = again.steps;
      }
      const repaired =
        repair &&
        problems.length > 0 &&
        (verified.problems.length === 0 || verified.repaired) &&
        (store.damaged || store.writeTrouble === null);
      this.print({ ...verified, problems, recomputed, repaired }, sample !== null);
      if (this.repair && problems.length > 0 && store.notice?.kind === 'read-only')
        this.say(
          `${this.talkStyle.apply('red', 'error')}: the store can only be read (${store.notice.reason}): nothing was dropped`,
        );
      return problems.length === 0 ? EXIT.done : EXIT.inputs;
    } finally {
      const isNew = this.repair && store.damaged && !store.isReadOnly;
      store.close();
      // A store that was damaged as a whole is set aside. Begin a new one at once: it is as good as a store can be.
      if (isNew) Store.open(workspace.cache.path).close();
    }
  }

  private sample(): Sample | null {
    const text = this.recompute;
    const seed = wholeNumber('--seed', this.seed);
    if (text === undefined) return null;
    const percent = /^(\d+\.?\d*|\.\d+)%?$/.test(text) ? Number.parseFloat(text) : 0;
    if (percent > 0 && percent <= 100) return { share: percent / 100, seed };
    const found = JSON.stringify(text);
    throw new UsageProblem(`--recompute: expected a percentage above 0, at most 100, found ${found}`);
  }

  private print(outcome: Outcome, ranSteps: boolean): void {
    const { stdout } = this.context;
    if (this.json) {
      stdout.write(`${jsonText(outcome)}\n`);
      return;
    }
    for (const { message } of outcome.problems)
      stdout.write(`${this.style.apply('red', 'wrong')}: ${printable(message)}\n`);
    const {
      packs,
      steps,
      outputs,
      selections,
      tasks,
      published,
      publishedLinks,
      pending,
      recomputed,
      problems,
    } = outcome;
    const checked = [
      `${plural(steps, 'step')} in ${plural(packs, 'pack')}`,
      plural(outputs, 'output'),
      `${plural(tasks, 'task')} of ${plural(selections, 'selection')}`,
      filesAndLinks(published, publishedLinks, 'published file'),
    ];
    if (ranSteps) checked.push(`${plural(recomputed, 'step')} run again`);
    stdout.write(`checked ${checked.join(', ')}\n`);
    if (pending > 0)
      stdout.write(
        `${plural(pending, 'published file or link', 'published files or links')} not there yet: the next build sees to it\n`,
      );
    if (problems.length === 0) stdout.write('nothing is wrong\n');
    else if (outcome.repaired)
      stdout.write(`${count(problems.length)} wrong: dropped, and the next build makes it again\n`);
    else stdout.write(`${count(problems.length)} wrong; --repair drops it\n`);
  }
}
