/** `build --json`: events on stdout, one JSON object a line; the last is the summary of the contract. */
import { describe, expect, it } from 'vitest';
import type { BuildEvent } from '../../../src/observe/event.js';
import { emptyWorkspace, mirrorWorkspace } from '../rig.js';

const CONTRACT = [
  'type',
  'tasks',
  'candidates',
  'programs',
  'behaviours',
  'cells',
  'cellsRun',
  'solved',
  'partly',
  'unsolved',
  'phases',
  'wallMs',
  'diagnostics',
];

describe('build --json', () => {
  it('ends with the summary, its keys in the order of the contract', async () => {
    const events = await mirrorWorkspace().json<Record<string, unknown>>('build', '--json');
    const summary = events.at(-1) ?? {};
    expect(Object.keys(summary).slice(0, CONTRACT.length)).toEqual(CONTRACT);
    expect(summary).toMatchObject({
      type: 'summary',
      tasks: 1,
      candidates: 4,
      programs: 3,
      behaviours: 3,
      cells: 9,
      cellsRun: 9,
      solved: 1,
      partly: 0,
      unsolved: 0,
      diagnostics: 0,
    });
    expect(Object.keys((summary['phases'] as Record<string, object>)['validate'])).toEqual([
      'hits',
      'misses',
      'wallMs',
      'cpuMs',
      'savedMs',
    ]);
    expect(events.filter(({ type }) => type === 'summary')).toHaveLength(1);
  });

  it('says what was selected and that nothing ran, when nothing changed', async () => {
    const workspace = mirrorWorkspace();
    await workspace.build();
    const summary = await workspace.build();
    expect(summary).toMatchObject({ tasks: 1, candidates: 4, programs: 3, cells: 9, cellsRun: 0, solved: 1 });
    expect(summary['phases']).toMatchObject({ validate: { hits: 9, misses: 0 } });
  });

  it('has diagnostics as events, and says nothing on stderr', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('solvers/bad.py', 'def solve_mirror_0(I):\n    return vmiror(I)\n');
    const { code, stdout, stderr } = await workspace.run('build', '--json');
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as BuildEvent);
    expect(events.flatMap((event) => (event.type === 'diagnostic' ? [event.diagnostic.code] : []))).toEqual([
      'LANG012',
    ]);
    expect([code, stderr]).toEqual([1, '']);
  });

  it('ends with a summary for an empty workspace, too', async () => {
    expect(await emptyWorkspace().build()).toMatchObject({ type: 'summary', tasks: 0, cells: 0 });
  });
});
