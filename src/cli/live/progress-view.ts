/** Chooses how progress is shown: a live line in a terminal, a log line from time to time elsewhere. */
import type { BuildEvent } from '../../observe/event.js';
import { stopwatch } from '../../stopwatch.js';
import { type Context, colorDepthOf } from '../process/context.js';
import { Style } from '../render/style.js';
import { LiveLine } from './live-line.js';
import { ProgressLog } from './progress-log.js';

export interface ProgressView {
  read(event: BuildEvent): void;
  end(): void;
}

/** For one build; `label` names it if there are several. */
export function progressView({ stderr, env }: Context, label = ''): ProgressView {
  const now = () => stopwatch.now();
  const inCi = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false';
  if (stderr.isTTY !== true || inCi) return new ProgressLog(stderr, now, label);
  return new LiveLine(stderr, new Style(colorDepthOf(stderr, env)), now, label);
}

/** For several builds, one after another; `label` is called when each of them begins. */
export function progressOfBuilds(context: Context, label: () => string): ProgressView {
  let current: ProgressView | null = null;
  const end = () => {
    current?.end();
    current = null;
  };
  return {
    read(event) {
      if (event.type === 'started') current = progressView(context, label());
      if (event.type === 'summary') end();
      else current?.read(event);
    },
    end,
  };
}
