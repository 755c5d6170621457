/** Where progress is shown, and how. */
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { viewOf } from '../../../src/cli/live/build-runner.js';
import { LiveLine } from '../../../src/cli/live/live-line.js';
import { ProgressLog } from '../../../src/cli/live/progress-log.js';
import { progressOfBuilds, progressView } from '../../../src/cli/live/progress-view.js';
import type { Context } from '../../../src/cli/process/context.js';
import type { BuildEvent } from '../../../src/observe/event.js';

function terminal({ isTTY = true, env = {} }: { isTTY?: boolean; env?: Record<string, string> } = {}) {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const context = { env, stdout, stderr, colorDepth: 1 } as unknown as Context;
  return { context, stderr, written: () => String(stderr.read() ?? '') };
}

const STARTED: BuildEvent = { type: 'started', workspace: '/work', jobs: 2 };
const LOADING: BuildEvent = { type: 'loading', files: 3 };
const FLAGS = { json: false, quiet: false };

describe('progress', () => {
  it('is a live line in a terminal, and a log elsewhere or in CI', () => {
    const kindOf = (how: Parameters<typeof terminal>[0]) => {
      const view = progressView(terminal(how).context);
      onTestFinished(() => view.end());
      return view;
    };
    expect(kindOf({})).toBeInstanceOf(LiveLine);
    expect(kindOf({ env: { CI: 'false' } })).toBeInstanceOf(LiveLine);
    expect(kindOf({ env: { CI: 'true' } })).toBeInstanceOf(ProgressLog);
    expect(kindOf({ isTTY: false })).toBeInstanceOf(ProgressLog);
  });

  it('of a build that has something to do begins with what was told before it was loaded', async () => {
    const { context, written } = terminal();
    const view = await viewOf(FLAGS, context);
    onTestFinished(() => view.end());
    // Called as a function, as builds do.
    const { read } = view;
    read(STARTED);
    read(LOADING);
    await vi.waitFor(() => expect(written()).toContain('0/3 files'));
  });

  it('is not shown of a build that is over at once, nor with --quiet or --json', async () => {
    for (const flags of [FLAGS, { ...FLAGS, quiet: true }, { ...FLAGS, json: true }]) {
      const { context, stderr, written } = terminal();
      const view = await viewOf(flags, context);
      view.read(STARTED);
      view.read(LOADING);
      view.end();
      await vi.dynamicImportSettled();
      expect(written()).toBe('');
      expect(stderr.listenerCount('resize')).toBe(0);
    }
  });

  it('of builds one after another is that of one of them at a time', () => {
    const { context, stderr } = terminal();
    const labels: string[] = [];
    const view = progressOfBuilds(context, () => {
      labels.push('asked');
      return '';
    });
    for (const round of [1, 2]) {
      view.read(STARTED);
      expect(stderr.listenerCount('resize')).toBe(1);
      view.read({ type: 'summary' } as BuildEvent);
      expect(stderr.listenerCount('resize')).toBe(0);
      expect(labels).toHaveLength(round);
    }
    view.read(STARTED);
    view.end();
    expect(stderr.listenerCount('resize')).toBe(0);
  });
});
