/** Where a build does most of its work. */
import { expect, it } from 'vitest';
import { LastBuild } from '../../src/build/last-build.js';
import { ALL_TASKS } from '../../src/build/options.js';
import { hotSpotsOf } from '../../src/report/hot-spots.js';
import { buildIn, workspaceOf } from '../build/rig.js';
import { workspaceWith } from './rig.js';

const WIDE = [Array.from({ length: 30 }, () => 1)];

it('names the programs with the most expensive cells, and says which of them were cut at the budget', async () => {
  const sample = { input: WIDE, output: WIDE };
  const root = workspaceWith({
    'config/battbuild.json': '{"budget": {"cost": 5000}}',
    'tasks/t.json': JSON.stringify({ train: [sample], test: [sample] }),
    'solvers/t.py': [
      'def cheap(I):\n    return vmirror(I)\n',
      'def dear(I):\n    return vmirror(vmirror(rot180(I)))\n',
      'def endless(I):\n    return upscale(I, 30)\n',
      'def dear_too(I):\n    x = rot180(I)\n    return vmirror(vmirror(x))\n',
    ].join('\n'),
  });
  await buildIn(root);
  const recorded = LastBuild.open(workspaceOf(root), ALL_TASKS) as LastBuild;
  try {
    const { slowestPrograms, overBudget, duplicates, biggestTasks } = hotSpotsOf(recorded);
    expect(slowestPrograms.map(({ solver, overBudget }) => [solver, overBudget])).toEqual([
      ['endless', true],
      ['dear', false],
      ['cheap', false],
    ]);
    const costs = slowestPrograms.map(({ cost }) => cost);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    expect(costs[0]).toBe(5000);
    expect(overBudget).toBe(1);
    expect(duplicates).toMatchObject({ candidates: 4, programs: 3, duplicates: 1 });
    expect(biggestTasks).toMatchObject([{ task: 't', candidates: 4, programs: 3, cells: 6 }]);
  } finally {
    recorded.close();
  }
});
