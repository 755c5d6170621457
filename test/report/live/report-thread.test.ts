/** The thread that serves the report: what a watch learns when it fails. */
import { expect, it, vi } from 'vitest';
import { ALL_TASKS } from '../../../src/build/options.js';
import { serveReport } from '../../../src/report/live/report-thread.js';
import { exampleWorkspace } from '../../build/example.js';
import { workspaceOf } from '../../build/rig.js';

const BREAKING = new URL('./fixtures/breaking.mjs', import.meta.url);

function startOf(port: number) {
  return {
    workspace: workspaceOf(exampleWorkspace()),
    selection: ALL_TASKS,
    port,
    document: '',
    version: '1',
  };
}

it('says so, so that the watch can end, and names the reason', async () => {
  const failed = vi.fn();
  const start = startOf(1);
  const served = await serveReport(start, BREAKING, failed);
  if ('code' in served) throw new Error(served.code);
  served.built(start.workspace);
  await vi.waitFor(() => expect(failed).toHaveBeenCalled());
  await expect(served.end()).rejects.toThrow('broken');
});

it('is an error at once when it does not even begin', async () => {
  await expect(serveReport(startOf(0), BREAKING, () => {})).rejects.toThrow('broken from the beginning');
});
