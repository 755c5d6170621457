/** The output of a worker that serves a queue: a live line in a terminal, else one line for each event. */
import type { ServiceEvent } from '../../distribution/worker-service.js';
import { stopwatch } from '../../stopwatch.js';
import { count, duration, plural } from '../../text/amounts.js';
import { jsonText } from '../../text/json-text.js';
import { printable } from '../../text/printable.js';
import { type Context, colorDepthOf } from '../process/context.js';
import { Style } from '../render/style.js';
import { CLEAR } from './live-line.js';

export type WorkerEvent =
  | ServiceEvent
  | {
      readonly type: 'started';
      /** The address of the queue. */
      readonly place: string;
      readonly name: string;
      readonly machine: string;
      readonly version: string;
      readonly slots: number;
      /** Whether it takes programs in Python. */
      readonly python: boolean;
    }
  | { readonly type: 'stopping'; readonly busy: number };

export interface WorkerView {
  read(event: WorkerEvent): void;
  end(): void;
}

/** With `--json` events are data, otherwise messages. */
export function workerView(
  flags: { readonly json: boolean; readonly quiet: boolean },
  context: Context,
): WorkerView {
  const totals = { jobs: 0, cells: 0, dropped: 0 };
  const add = (event: WorkerEvent) => {
    if (event.type === 'dropped') totals.dropped++;
    if (event.type !== 'job') return;
    totals.jobs++;
    totals.cells += event.units;
  };
  const { stdout, stderr, env } = context;
  if (flags.json) {
    const write = (event: object) => void stdout.write(`${jsonText(event)}\n`);
    return {
      read(event) {
        add(event);
        write(event);
      },
      end: () => write({ type: 'stopped', ...totals }),
    };
  }
  const style = new Style(colorDepthOf(stderr, env));
  const isLive = stderr.isTTY === true && !flags.quiet;
  const startedAt = stopwatch.now();
  const say = (line: string) => void stderr.write(`${isLive ? CLEAR : ''}${line}\n`);
  const closing = () => {
    const parts = [plural(totals.jobs, 'job'), plural(totals.cells, 'cell')];
    if (totals.dropped > 0) parts.push(`${count(totals.dropped)} dropped`);
    return `${parts.join(', ')} in ${duration(stopwatch.now() - startedAt)}`;
  };
  return {
    read(event) {
      add(event);
      const isProblem = event.type === 'disconnected' || event.type === 'trouble';
      const isNews = event.type !== 'job' && event.type !== 'dropped';
      if (isProblem || (!flags.quiet && (isNews || !isLive))) say(lineOf(event));
      if (isLive) stderr.write(`${CLEAR}${style.apply('cyan', closing())}\r`);
    },
    end() {
      if (!flags.quiet) say(`ended: ${closing()}`);
    },
  };
}

function lineOf(event: WorkerEvent): string {
  switch (event.type) {
    case 'started':
      return printable(
        `worker ${event.name} at ${event.place}: ${plural(event.slots, 'slot')}${event.python ? ', Python too' : ''}, version ${event.version}`,
      );
    case 'connected':
      return 'connected: serving';
    case 'disconnected':
      return `the queue is gone (${printable(event.why)}): trying again`;
    case 'job':
      return `job ${event.job}: ${plural(event.units, 'cell')} in ${duration(event.ms)}`;
    case 'dropped':
      return `job ${event.job} dropped: ${printable(event.why)}`;
    case 'trouble':
      return printable(event.message);
    case 'stopping':
      if (event.busy === 0) return 'ending';
      return `ending when ${plural(event.busy, 'job')} ${event.busy === 1 ? 'is' : 'are'} done`;
  }
}
