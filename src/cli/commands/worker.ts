/** `battbuild worker`: evaluates for builds of other machines, until it is told to end. */
import { placeOf } from '../../distribution/redis/redis-url.js';
import { serveQueue } from '../../distribution/serve-queue.js';
import { Command, Option } from '../clipanion.js';
import { workerView } from '../live/worker-view.js';
import { COMMON_OPTIONS } from '../options/common-options.js';
import { type CommonFlags, workspaceOf } from '../options/workspace-options.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { BaseCommand } from './base-command.js';

export default class WorkerCommand extends BaseCommand implements CommonFlags {
  static override paths = [['worker']];

  static override usage = Command.Usage({
    description: 'evaluate for builds of other machines, until Ctrl-C or SIGTERM',
    details: `
      Takes what \`build\`, \`watch\` and \`evolve\` with the same \`--queue\` have more of than their own workers can do, and
      answers it. It needs no workspace and runs no code but the programs of the language, under their budget. Builds send
      to workers of their own version only. With \`--with-python\` it runs programs in Python, too, in the sandbox that a
      build has for them.

      The URL, with its password, is best given by \`BATTBUILD_QUEUE\`: arguments are seen by everybody on a machine.

      With a shared cache (\`--remote-cache\`, or what a config says), it looks there before it evaluates, and fills it where
      \`cache.remote.mode\` is \`readwrite\`: for builds that use one, too.

      When told to end, it finishes what it has. When Redis is gone, it waits until it is back. What a worker that was
      killed had goes to another, or is done by the build itself.

      \`--json\` prints one event a line: \`started\`, \`connected\`, \`disconnected\`, \`job\`, \`dropped\`, \`trouble\`, \`stopped\`.

      Exit code: 0 ended as it was told to; 2 usage or config.
    `,
    examples: [
      ['Serve the builds of a group', '$0 worker --queue redis://build-host:6379'],
      ['Use four cores, and write a log', '$0 worker --queue redis://build-host:6379 -j 4 --json'],
    ],
  });

  config = COMMON_OPTIONS.config();
  jobs = COMMON_OPTIONS.jobs();
  timeout = COMMON_OPTIONS.timeout();
  queue = COMMON_OPTIONS.queue();
  remoteCache = COMMON_OPTIONS.remoteCache();
  withPython = Option.Boolean('--with-python', false, { description: 'take programs in Python, too' });
  json = Option.Boolean('--json', false, { description: 'events as JSON, one a line, on stdout' });
  quiet = Option.Boolean('--quiet', false, { description: 'print problems only' });

  override async execute(): Promise<number> {
    const { settings, remote: address } = workspaceOf(this, this.context);
    const url = settings.queue.value;
    if (url === '')
      throw new UsageProblem(
        'a worker needs a queue to serve',
        'name it with --queue redis://HOST:6379, with BATTBUILD_QUEUE, or as "queue" in the config',
      );
    const signal = this.context.interrupt();
    const view = workerView(this, this.context);
    const service = await serveQueue({
      url,
      // A worker does nothing but evaluate, so by default it uses every core.
      jobs: settings.jobs.origin.kind === 'default' ? this.context.cores() : settings.jobs.value,
      wallSeconds: settings['budget.wallSeconds'].value,
      python: this.withPython,
      shared:
        address === null
          ? null
          : {
              address,
              mode: settings['cache.remote.mode'].value,
              maxBytes: settings['cache.remote.maxMegabytes'].value * 1_000_000,
            },
      emit: (event) => view.read(event),
    });
    view.read({ type: 'started', place: placeOf(url), ...service.entry, python: this.withPython });
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    view.read({ type: 'stopping', busy: service.busy });
    await service.close();
    view.end();
    return EXIT.done;
  }
}
